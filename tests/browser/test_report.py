"""The class's page and a student's page, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sample_outcome import PROJECT, outcome_of

from autograder.api import Grader
from autograder.demo import sample_class
from autograder.reports import class_page, student_page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]

SOME = {"ada", "emil", "farid", "zoë", "mei", "hugo", "nadia"}


@pytest.fixture(scope="module")
def outcome():
    with Grader(PROJECT) as grader:
        return outcome_of(grader, [one for one in sample_class() if one.student.id in SOME], "gradient_checking")


@pytest.fixture(scope="module")
def report(outcome, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(class_page(outcome, datetime(2026, 3, 7, 9, 0, tzinfo=UTC)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def emils(outcome, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "emil.html"
    (emil,) = (one for one in outcome.outcomes if one.person.id == "emil")
    path.write_text(student_page(emil, "gradient_checking"), encoding="utf-8")
    return path


@pytest.mark.parametrize("view", [{}, {"width": 320}, {"dark": True}], ids=["wide", "narrow", "dark"])
@pytest.mark.parametrize("page", ["report", "emils"])
def test_axe_finds_nothing_and_nothing_is_fetched(request, show, axe, page, view):
    shown = show(request.getfixturevalue(page), **view)
    shown.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    assert (axe(shown), shown.asked) == ([], [])


@pytest.mark.parametrize("page", ["report", "emils"])
def test_no_page_is_wider_than_a_telephone(request, show, page):
    assert show(request.getfixturevalue(page), width=320).evaluate("document.documentElement.scrollWidth") == 320


def test_the_table_of_tests_is_whole_on_a_telephone(show, report):
    table = show(report, width=375).locator("#tests ~ .scroll").first
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") == 0


def test_a_plot_that_goes_on_has_a_shadow_where_it_is_cut(show, report):
    plot = show(report, width=375).locator("#marks ~ figure .scroll")
    assert plot.evaluate("it => it.scrollWidth > it.clientWidth")
    assert "scroll" in plot.evaluate("it => getComputedStyle(it).backgroundAttachment").split(", ")
    assert plot.evaluate("it => getComputedStyle(it).backgroundImage").count("linear-gradient") == 4


def test_there_is_no_script(report):
    assert "<script" not in report.read_text(encoding="utf-8")


def test_without_scripts_a_link_leads_to_what_a_student_did(show, report):
    page = show(report, scripts=False)
    page.locator("a", has_text="emil").first.click()
    assert page.get_by_text("A person must look at this function").first.is_visible()


def test_on_paper_every_student_can_be_read(show, report):
    page = show(report, scripts=False)
    told = page.locator("#students ~ details p").last
    assert not told.is_visible()
    page.emulate_media(media="print")
    assert told.is_visible()


def test_the_thresholds_are_drawn(show, report):
    drawn = show(report).locator("#differences ~ figure svg").text_content()
    assert {"1e-07", "2e-07"} <= set(drawn.split())


def test_a_students_page_tells_nothing_of_others(emils):
    text = emils.read_text(encoding="utf-8")
    assert not [name for name in SOME - {"emil"} if name in text.lower()]
