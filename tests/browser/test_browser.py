"""The browser and the judge themselves: a good page passes, and each fault is found."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

GOOD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Good</title>{head}</head>'
    "<body><main><h1>Good</h1>{body}</main></body></html>"
)


@pytest.fixture
def page_of(tmp_path, show):
    """Open a page with something added to it."""

    def write(head="", body="", **options):
        path = tmp_path / "page.html"
        path.write_text(GOOD.format(head=head, body=body))
        return show(path, **options)

    return write


def test_a_good_page_has_no_fault(page_of, axe):
    page = page_of()
    assert (axe(page), page.asked) == ([], [])


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p style='color: #999; background: #aaa'>pale</p>", "color-contrast"),
        ("<img src='data:,'>", "image-alt"),
        ("<h4>deep</h4>", "heading-order"),
    ],
)
def test_a_fault_is_found(page_of, axe, body, rule):
    assert [fault.split(":")[0] for fault in axe(page_of(body=body))] == [rule]


def test_a_request_to_elsewhere_is_seen(page_of):
    page = page_of(head="<script src='http://localhost:9/elsewhere.js'></script>")
    assert page.asked == ["http://localhost:9/elsewhere.js"]


def test_dark_mode_and_no_scripts_are_so(page_of):
    style = "<style>@media (prefers-color-scheme: dark) { h1 { color: rgb(1, 2, 3) } }</style>"
    page = page_of(head=style, body="<script>document.title = 'ran'</script>", dark=True, scripts=False)
    assert page.title() == "Good"
    assert page.locator("h1").evaluate("it => getComputedStyle(it).color") == "rgb(1, 2, 3)"
