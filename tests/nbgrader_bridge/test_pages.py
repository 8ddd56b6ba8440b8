"""Markdown on nbgrader's pages: shown, not run."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from autograder.nbgrader_bridge.pages import harmless_markdown

PNG = {"p.png": {"image/png": "aGFsbG8="}}


@pytest.fixture
def html():
    environment = Environment(autoescape=False)  # noqa: S701 - as nbconvert's own
    environment.filters["markdown2html"] = harmless_markdown
    template = environment.from_string("{{ source | markdown2html }}")
    return lambda source: template.render(source=source, cell={"attachments": PNG})


@pytest.mark.parametrize(
    "source",
    [
        "<script>run()</script>",
        "<img src=x onerror=run()>",
        "<svg onload=run()></svg>",
        "[x](javascript:run())",
        "<a href='javascript:run()'>x</a>",
        "<a href='data:text/html,run()'>x</a>",
        "<iframe src='https://x'></iframe>",
        "<form action='https://x'><input></form>",
        "<style>@import 'https://x'</style>",
    ],
)
def test_nothing_is_left_to_run(html, source):
    text = html(source)
    live = ("<script", "onerror", "<svg", "javascript:", "data:text", "<iframe", "<form", "<style")
    assert not [word for word in live if word in text]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("# Title", "<h1"),
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("| a |\n|---|\n| 1 |", "<td>1</td>"),
        ("$x_1$ and $$y^2$$", "$x_1$ and $$y^2$$"),
        ("[x](https://example.org)", 'href="https://example.org"'),
        ("![p](attachment:p.png)", "data:image/png;base64,aGFsbG8="),
    ],
)
def test_ordinary_text_is_shown(html, source, wanted):
    assert wanted in html(source)
