"""A student's page in a real browser: for everybody, everywhere, and with nothing of a student's running in it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from graded_notebook import ABOUT, graded_notebook

from autograder.language import LANGUAGES, speaker
from autograder.nbgrader_bridge.student_page import page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("student page")]

ROOT = Path(__file__).parents[2]


def write(folder, language):
    path = folder / f"{language}.html"
    path.write_text(page(nbformat.from_dict(graded_notebook()), ABOUT, speaker(language, ROOT)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {language: write(folder, language) for language in LANGUAGES}


@pytest.mark.parametrize(
    ("language", "width", "dark"), [("en", 1280, False), ("en", 320, True), ("zh", 1280, True)], ids=str
)
def test_axe_finds_nothing(pages, show, axe, language, width, dark):
    assert axe(show(pages[language], width=width, dark=dark)) == []


def test_a_narrow_screen_needs_no_scrolling_sideways(pages, show):
    opened = show(pages["en"], width=320)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_formula_is_set_and_has_its_number(pages, show):
    formula = show(pages["en"], scripts=False).locator("math[display=block]")
    assert formula.text_content().endswith("(2)")
    assert formula.locator("mfrac").first.bounding_box()["height"] > 20


def test_what_is_wider_than_a_telephone_scrolls_by_the_keyboard(pages, show):
    opened = show(pages["en"], width=320)
    some = opened.locator(".scroll").all()[1:]
    assert some
    for wide in some:
        wide.focus()
        opened.keyboard.press("ArrowRight")
        opened.wait_for_function("it => it.scrollLeft > 0", arg=wide.element_handle())


def test_nothing_is_asked_of_elsewhere_and_nothing_runs(pages, show):
    opened = show(pages["en"])
    assert opened.asked == []
    assert opened.title() == "regularization: feedback"
    assert opened.locator("script").count() == 0


def test_the_smallest_example_stands_with_both_values(pages, show):
    text = show(pages["en"]).locator(".example").inner_text()
    assert ("lambd = 1.0" in text, "cost is 3.0; right is 2.0" in text) == (True, True)


def test_all_is_readable_without_scripts(pages, show):
    text = show(pages["en"], scripts=False).locator("main").inner_text()
    assert "The second term is twice too large" in text
    assert "the cost has a wrong value." in text
    assert "def cost(A3, Y):" in text


def test_the_cause_stands_before_its_symptoms_and_what_passed_is_named(pages, show):
    text = show(pages["en"]).locator("article").first.inner_text()
    order = [
        "The cause:",
        "Think about:",
        "The smallest example",
        "What did not pass",
        "other networks.",
        "What passed",
        "The form.",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_fault_of_ours_tells_the_student_nothing_of_it(pages):
    text = pages["en"].read_text(encoding="utf-8")
    assert "SECRET" not in text
    assert "waits for your instructor" in text


def test_markup_of_a_student_is_text_and_control_characters_are_gone(pages):
    text = pages["en"].read_text(encoding="utf-8")
    assert "<script>document" not in text
    assert "onerror=alert(1)&gt;" in text
    assert "\x1b" not in text


def test_chinese_is_chinese(pages, show):
    text = show(pages["zh"]).locator("article").first.inner_text()
    assert "第二项大了一倍" in text
    assert "The " not in text.replace("The form.", "")


def test_ink_is_dark_in_print_whatever_the_screen(pages, show):
    opened = show(pages["en"], dark=True)
    opened.emulate_media(media="print", color_scheme="dark")
    assert opened.evaluate("getComputedStyle(document.body).color") == "rgb(27, 31, 36)"
