"""Markdown on nbgrader's pages: shown, not run."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from jinja2 import Environment
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from autograder.nbgrader_bridge.formulas import Formulas
from autograder.nbgrader_bridge.pages import (
    MOST_A_CELL,
    MOST_A_PAGE,
    Headings,
    harmless_code,
    harmless_markdown,
    still_markdown,
)
from autograder.nbgrader_bridge.settings import configure

PNG = {"p.png": {"image/png": "aGFsbG8="}}


@pytest.fixture
def html():
    environment = Environment(autoescape=False)  # noqa: S701 - as nbconvert's own
    environment.filters |= {"markdown2html": harmless_markdown, "highlight_code": harmless_code}
    markdown = environment.from_string("{{ source | markdown2html }}")
    code = environment.from_string("{{ source | highlight_code(metadata={}) }}")

    def render(source, kind="markdown", resources=None, attachments=PNG):
        template = markdown if kind == "markdown" else code
        return template.render(source=source, cell={"attachments": attachments}, resources=resources)

    return render


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


def test_code_is_coloured(html):
    assert '<span class="k">def</span>' in html("def f(): pass", "code")


NOT_THERE = [
    {},
    None,
    [],
    {"a.png": {}},
    {"a.png": None},
    {"a.png": {"image/png": 1}},
    {"b.png": {"image/png": "a"}},
    {"a.png": {"image/png": "aGFs\x1b[2J"}},
    {"a.png": {"text/html": "aGFsbG8="}},
    {"a.png": {'image/png"': "aGFsbG8="}},
]


def on_a_students_page(source, attachments=PNG):
    return still_markdown(source, attachments, Headings(above=2), Formulas())


@pytest.mark.parametrize("attachments", NOT_THERE)
def test_of_a_picture_that_is_not_attached_the_text_in_its_place_is_shown(html, attachments):
    source = "before ![a *plot*](attachment:a.png) after"
    for text in (html(source, attachments=attachments), on_a_students_page(source, attachments)):
        assert "before a <em>plot</em> after" in text
        assert "<img" not in text


def test_of_a_picture_that_is_not_attached_and_has_no_text_the_name_is_shown(html):
    for text in (html("![](attachment:a<b.png)"), on_a_students_page("![](attachment:a<b.png)")):
        assert "<p>a&lt;b.png</p>" in text


@pytest.mark.parametrize("name", ["图.png", "my plot.png", "a&b.png", "100%.png"])
def test_a_picture_is_found_under_a_name_that_an_address_writes_otherwise(html, name):
    attachments = {name: {"image/png": "aGFsbG8="}}
    for address in (f"<attachment:{name}>", f"attachment:{quote(name)}"):
        for text in (
            html(f"![p]({address})", attachments=attachments),
            on_a_students_page(f"![p]({address})", attachments),
        ):
            assert 'src="data:image/png;base64,aGFsbG8="' in text


def test_a_picture_that_stands_in_a_cell_often_is_shown_once(html):
    source = "![a](attachment:p.png) ![b](attachment:p.png)\n\n![c](attachment:p.png)"
    for text in (html(source), on_a_students_page(source)):
        assert text.count("aGFsbG8=") == text.count("<img") == 1
        assert "b</p>" in text


def test_a_place_for_a_picture_that_a_student_writes_multiplies_none(html):
    source = "![a](attachment:p.png)" + ' <img src="data:image/png;base64,place-1">' * 3
    for text in (html(source), on_a_students_page(source)):
        assert text.count("aGFsbG8=") == 1
        assert "place-" not in text


def test_a_picture_in_lines_is_shown_as_one(html):
    attachments = {"a.png": {"image/png": ["aGFs\n", "bG8="]}}
    for text in (
        html("![p](attachment:a.png)", attachments=attachments),
        on_a_students_page("![p](attachment:a.png)", attachments),
    ):
        assert 'src="data:image/png;base64,aGFsbG8="' in text


def test_what_cannot_be_set_stands_there_as_it_was_written(html, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("generator raised StopIteration")

    monkeypatch.setattr("autograder.nbgrader_bridge.pages.MarkdownWithMath.render", fail)
    for text in (html("**a** <b>"), on_a_students_page("**a** <b>")):
        assert text == "<pre>**a** &lt;b&gt;</pre>"


@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_a_long_cell_is_shown_as_it_is(html, kind):
    text = html("def **f**: <script>run()</script>\n" + "x" * MOST_A_CELL[kind], kind)
    assert "def **f**: &lt;script&gt;run()&lt;/script&gt;\n" + "x" * MOST_A_CELL[kind] in text


@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_many_cells_are_shown_as_they_are_from_some_cell_on(html, kind):
    resources = {}
    source = "def **f**: pass\n" + "x" * 5000
    shown = [html(source, kind, resources) for _ in range(MOST_A_PAGE // len(source) + 1)]
    assert [source in text for text in (shown[0], shown[-2], shown[-1])] == [False, False, True]


def test_another_notebook_begins_anew(html):
    source = "**a** " + "x" * 5000
    for _ in range(MOST_A_PAGE // len(source) + 1):
        html(source, resources={})
    assert "<strong>a</strong>" in html(source, resources={})


def test_blanks_at_the_ends_of_lines_are_left_out_of_code(html):
    """With a blank in each of many empty lines, Pygments takes a time that grows with their square."""
    assert not [line for line in html("a = 1  \n \n\t\nb = 2", "code").splitlines() if line != line.rstrip()]


def test_code_in_markdown_is_shown_in_one_colour(html):
    """A student chooses its language, so the lexer that reads it."""
    assert "<pre><code>def f(): &lt;b&gt;\n</code></pre>" in html("```html\ndef f(): <b>\n```")


def test_nbconvert_takes_both_for_its_own_and_counts_a_notebook_at_a_time():
    config = Config()
    configure(config)
    exporter = HTMLExporter(config=config)
    cells = [
        new_markdown_cell("**a**"),
        new_code_cell("def f(): pass"),
        new_code_cell(" \n" * 200_000 + "def g(): pass"),
    ]
    for _ in range(2):
        text, _ = exporter.from_notebook_node(new_notebook(cells=cells, metadata={"language_info": {"name": "html"}}))
        assert "<strong>a</strong>" in text
        assert '<span class="k">def</span>' in text
        assert "def g(): pass" in text
