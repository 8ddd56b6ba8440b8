"""From marks to what the audit says of the tests, on records made by hand."""

from __future__ import annotations

import dataclasses
import json

import pytest

from autograder import course
from autograder.audit import document, page
from autograder.audit.conclude import cells, concluded, missed_bars
from autograder.audit.exams import exams
from autograder.audit.marks import Marked
from autograder.audit.records import Audit
from autograder.audit.spread import Nearest, Spread
from autograder.audit.variants import Variant, difference
from autograder.course import Bars, Function
from autograder.results import CheckResult, Verdict

BARS = Bars()
MESSAGES = {"failed": "no"}


def variant(name: str, function: str = "f") -> Variant:
    return Variant(function, name, f"def {function}(): return '{name}'", "-return 1\n+return 2")


def marked(name: str, *verdicts: str, undecided: bool = False) -> Marked:
    """Give a variant with the verdicts of the cells ``t0``, ``t1`` and so on."""
    checks = [
        CheckResult(
            f"t{number}",
            None if undecided else float(verdict == "passed"),
            1,
            Verdict(verdict),
            MESSAGES.get(verdict, ""),
        )
        for number, verdict in enumerate(verdicts)
    ]
    return Marked(variant(name), tuple(checks))


RIGHT = [marked("reference", "passed", "passed")]
KILLED = marked("killed", "failed", "passed")
PASSED = marked("passed", "passed", "passed")


def function(mutants, right=RIGHT, separated="seed 3: result differs", **given):
    others = {"confirmed": {}, "misconceptions": {}, "spreads": [], "nearest": None} | given
    others = {"asked": True, "dropped": {}} | others
    return concluded("f", mutants, right, separated={one.variant: separated for one in mutants}, **others)


def test_a_mutant_with_full_marks_that_differs_has_survived():
    found = function([KILLED, PASSED])
    assert [one.variant for one in found.survived] == ["passed"]
    assert found.survived[0].why == "seed 3: result differs"
    assert found.kill_rate == 0.5


def test_a_mutant_that_never_differs_is_equivalent_and_no_mistake():
    found = function([KILLED, PASSED], separated="")
    assert [one.variant for one in found.equivalent] == ["passed"]
    assert (found.wrong, found.kill_rate) == (1, 1.0)


def test_a_mutant_that_no_question_was_asked_about_is_unasked():
    found = function([KILLED, PASSED], separated="", asked=False)
    assert (found.equivalent, [one.variant for one in found.unasked]) == ((), ["passed"])
    (fault,) = missed_bars(found, BARS, "toy", {})
    assert 'QUESTIONS["f"]' in fault
    assert "reference/toy.py" in fault


def test_a_mutant_that_an_edge_case_separates_needs_no_question():
    found = function([KILLED, PASSED], asked=False)
    assert ([one.variant for one in found.survived], found.unasked) == (["passed"], ())


def test_an_unasked_mutant_can_be_confirmed():
    found = function([KILLED, PASSED], separated="", asked=False, confirmed={"passed": "Either side is right."})
    assert (len(found.confirmed), found.unasked) == (1, ())


def test_a_confirmed_mutant_is_no_mistake():
    found = function([KILLED, PASSED], confirmed={"passed": "Either side is right."})
    assert found.survived == ()
    assert found.confirmed[0].why == "Either side is right."
    assert missed_bars(found, BARS, "toy", {"passed": "Either side is right."}) == []


def test_a_confirmation_of_nothing_is_a_fault():
    found = function([KILLED], confirmed={"gone": "It was there."})
    (fault,) = missed_bars(found, BARS, "toy", {"gone": "It was there."})
    assert "gone is confirmed as no mistake" in fault


def test_a_mutant_that_waits_for_a_person_is_killed_and_listed():
    found = function([marked("close", "failed", "passed", undecided=True)])
    assert (found.killed, [one.why for one in found.undecided]) == (1, ["t0"])


def test_a_right_answer_that_loses_marks_is_refused():
    found = function([KILLED], [*RIGHT, marked("einsum", "passed", "failed")])
    assert [(one.variant, one.why) for one in found.refused] == [("einsum", "t1: no")]
    (fault,) = missed_bars(found, BARS, "toy", {})
    assert "1 of 2 right answers lose marks, 50.0%" in fault


def test_a_survivor_misses_the_bar_and_a_lower_bar_allows_it():
    found = function([KILLED, PASSED])
    (fault,) = missed_bars(found, BARS, "toy", {})
    assert "50.0% of the mistakes lose marks, wanted 100.0%" in fault
    assert missed_bars(found, Bars(least_kill_rate=0.5), "toy", {}) == []


def test_a_known_mistake_with_full_marks_is_a_fault():
    found = function([KILLED], misconceptions={"caught": True, "missed": False})
    assert (found.misconceptions, found.missed) == (2, ("missed",))
    assert any("the known mistake missed" in fault for fault in missed_bars(found, BARS, "toy", {}))


@pytest.fixture
def of_cells():
    tests = tuple(course.TestCell(f"t{number}", "f()", 1) for number in range(2))
    wrong = [KILLED, KILLED, marked("both", "error", "failed")]
    right = [*RIGHT, marked("einsum", "passed", "failed")]
    graded = Function("f", tests)
    return cells(graded, function(wrong, right), wrong, right, {"t0": 0.1, "t1": 0.2})


def test_a_cell_counts_what_it_refuses_and_what_it_alone(of_cells):
    assert [(one.kills, one.alone) for one in of_cells] == [(3, 2), (1, 0)]


def test_a_cell_counts_its_false_fails(of_cells):
    assert [one.false_fail_rate for one in of_cells] == [0, 0.5]


def test_a_cell_that_refuses_nothing_decides_nothing(of_cells):
    assert of_cells[0].decides
    assert not dataclasses.replace(of_cells[0], kills=0, false_fails=0).decides


def test_no_wrong_answer_is_no_survivor():
    found = function([], [])
    assert (found.kill_rate, found.false_fail_rate) == (1, 0)


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PASSED])
def test_only_passed_is_full_marks(verdict):
    one = marked("one", "passed", verdict)
    assert not one.passed
    assert one.refused_by == ("t1",)


def test_an_error_of_ours_is_told_from_a_refusal():
    assert marked("one", "internal_error").internal_error
    assert not KILLED.internal_error


def test_variants_are_dealt_out_one_of_each_function():
    dealt = exams([variant("a"), variant("b"), variant("c", "g")])
    assert [sorted(one.name for one in exam.sits.values()) for exam in dealt] == [["a", "c"], ["b"]]
    assert [len(exam.notebook.cells) for exam in dealt] == [2, 1]


def test_a_change_is_shown_without_headers():
    assert difference("a\nb\nc", "a\nx\nc") == " a\n-b\n+x\n c"


@pytest.fixture
def whole(of_cells):
    spreads, nearest = [Spread("<W1>", 1e-9, 0, 0)], Nearest("far", float("inf"))
    found = function([KILLED, PASSED], spreads=spreads, nearest=nearest)
    return Audit("toy", "toy", ("f: <faulty>.",), (found,), tuple(of_cells), 1.5)


def test_an_audit_is_json_without_infinities(whole):
    plain = json.loads(json.dumps(document(whole), allow_nan=False))
    assert plain["passed"] is False
    assert plain["functions"][0]["kill_rate"] == 0.5
    assert plain["functions"][0]["spreads"][0]["margin"] is None
    assert plain["cells"][0]["decides"] is True


def test_the_page_escapes_what_it_shows(whole):
    html = page([whole])
    assert "&lt;faulty&gt;" in html
    assert "&lt;W1&gt;" in html
    assert "∞" in html


def test_the_page_shows_a_change_line_by_line(whole):
    assert '<span class="minus">-return 1</span>' in page([whole])


def test_the_page_never_rounds_up_to_all(whole):
    found = dataclasses.replace(whole.functions[0], mutants=10001, killed=10000)
    html = page([dataclasses.replace(whole, functions=(found,))])
    assert "99.9 %" in html
