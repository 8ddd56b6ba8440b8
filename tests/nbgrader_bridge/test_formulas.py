"""Formulas on a student's page: set without scripts, and nothing that a student writes is obeyed."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.nbgrader_bridge.formulas import MOST_A_FORMULA, MOST_A_PAGE, Formulas, mathml
from autograder.nbgrader_bridge.pages import Headings, still_markdown

ROOT = Path(__file__).parents[2]
ELEMENTS = {
    "math", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup",
    "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "p", "span",
}  # fmt: skip


def shown(source, formulas=None):
    return still_markdown(source, {}, Headings(above=2), formulas or Formulas())


class Elements(HTMLParser):
    """Lists the elements and attributes that a page has for a browser."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def elements_of(page):
    found = Elements()
    found.feed(page)
    return found


def test_a_formula_is_mathml():
    assert "<math><mrow><msup><mi>a</mi><mn>2</mn></msup></mrow></math>" in shown("See $a^2$.")


def test_a_formula_with_a_line_of_its_own_can_be_scrolled():
    page = shown("$$\\frac{1}{m}$$")
    assert '<span class="scroll" tabindex="0"><math display="block"><mrow><mfrac>' in page


@pytest.mark.parametrize("assignment", ["gradient_checking", "initialization", "regularization"])
def test_every_formula_of_the_course_is_set(assignment):
    notebook = json.loads((ROOT / "source" / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8"))
    prose = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    formulas = Formulas()
    assert [source for source in prose if re.search(r"\$|\\[a-z]+\{", shown(source, formulas))] == []


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"J = 1. \tag{2}", '<mspace width="2em"></mspace><mtext>(2)</mtext>'),
        (r"\text{keep\_prob}", "<mtext>keep_prob</mtext>"),
        (r"y \log a", '<mo lspace="0.167em" rspace="0.167em">log</mo>'),
        (r"\mathcal N(0, 1)", "<mi>𝒩</mi>"),  # noqa: RUF001 - as it is shown
        (r"\mathbb{1} \in \mathbb R", "<mn>𝟙</mn></mrow><mo>∈</mo><mi>ℝ</mi>"),  # noqa: RUF001
        (r"W \sim P", "<mo>∼</mo>"),  # noqa: RUF001
        (r"\lim_{x \to 0}", "<munder><mo"),
        (r"\begin{aligned}a &= b\\ c &= d\end{aligned}", '<mtd columnalign="right"><mi>c</mi></mtd>'),
    ],
)
def test_it_reads_as_in_the_notebook(tex, wanted):
    assert wanted in mathml(tex, block=True)


def test_an_environment_is_a_formula_too():
    assert "<mtext>(3)</mtext>" in shown("\\begin{equation}x = 1 \\tag{3}\\end{equation}")


@pytest.mark.parametrize(
    "tex",
    [
        r"\nosuchcommand{x}",
        r"x_1_2",
        r"\frac{1}",
        r"\left(",
        r"\sum\limits",
        "a & b",
        r"a \\ b",
        r"\left( \middle\foo x\right)",
        r"\phantom{x}\raise{9em}{x}",
        r"\def\a{\b\b}\def\b{xx}\a",
        r"\newcommand{\a}{xx}\a",
        "x" * (MOST_A_FORMULA + 1),
        "{" * 400 + "x" + "}" * 400,
        r"\sqrt" * 150 + "x",
    ],
    ids=range(14),
)
def test_what_cannot_be_set_stays_as_it_is_written(tex):
    page = shown(f"${tex}$")
    assert "<math" not in page
    assert tex.replace("&", "&amp;") in page


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>run()</script>}",
        r"\text{&lt;img src=x onerror=run()&gt;}",
        r"\text{</math><img src=x onerror=run()>}",
        r"\href{javascript:run()}{x}",
        r"\style{position:fixed}{x}",
        r"\class{scroll}{x}",
        r'\color{red" onload="run()}{x}',
        r"\textcolor{white}{x}",
        r"\hspace{999em}x",
        r"\rule{999em}{999em}",
        r"\unicode{x3c}script\unicode{x3e}",
        r"\operatorname{a}<b onclick=run()>x</b>",
        r"\verb|<script>|",
    ],
)
def test_nothing_in_a_formula_is_obeyed(tex):
    for block in (True, False):
        found = elements_of(mathml(tex, block=block) or "")
        assert found.names <= ELEMENTS
        assert found.attributes <= {"class", "tabindex", "display", "stretchy", "mathvariant", "displaystyle"}
        assert "999em" not in (mathml(tex, block=block) or "")


def test_control_characters_are_gone():
    assert mathml("\\text{a\x1b[0mb&#27;c}", block=False).endswith("<mtext>abc</mtext></mrow></math>")


@pytest.mark.parametrize(
    "source",
    [
        "![$x$](p.png)",
        '[a](https://example.org "$x$")',
        '<b title="$x$">a</b>',
        '<b title="\n\n$x$\n\n">a</b>',
        "`$x$`",
    ],
)
def test_a_formula_stands_in_no_attribute_and_no_code(source):
    assert not re.search(r'="[^"]*<|<code>[^<]*<math', shown(source))


def test_mathml_of_a_students_own_is_text():
    assert "&lt;math&gt;" in shown("<math><mtext><style>x</style></mtext></math>")


def test_a_place_that_a_student_writes_makes_no_formula_more():
    page = shown('<span title="formula 1"></span> <span title="formula 9"></span> $x$')
    assert page.count("<math>") == 1


def test_of_many_formulas_the_last_stay_as_they_are_written():
    formulas = Formulas()
    pages = [shown("$" + "x" * MOST_A_FORMULA + "$", formulas) for _ in range(MOST_A_PAGE // MOST_A_FORMULA + 1)]
    assert ["<math>" in page for page in pages] == [True] * (len(pages) - 1) + [False]


def test_a_table_can_be_scrolled():
    page = shown("| a |\n| - |\n| 1 |")
    assert re.search(r'<div class="scroll" tabindex="0"><table>.*</table></div>', page, re.DOTALL)
