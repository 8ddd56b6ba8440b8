"""Markdown on nbgrader's pages: shown, not run."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from autograder.nbgrader_bridge.pages import MOST_A_CELL, MOST_A_PAGE, harmless_code, harmless_markdown
from autograder.nbgrader_bridge.settings import configure

PNG = {"p.png": {"image/png": "aGFsbG8="}}


@pytest.fixture
def html():
    environment = Environment(autoescape=False)  # noqa: S701 - as nbconvert's own
    environment.filters |= {"markdown2html": harmless_markdown, "highlight_code": harmless_code}
    markdown = environment.from_string("{{ source | markdown2html }}")
    code = environment.from_string("{{ source | highlight_code(metadata={}) }}")

    def render(source, kind="markdown", resources=None):
        template = markdown if kind == "markdown" else code
        return template.render(source=source, cell={"attachments": PNG}, resources=resources)

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
