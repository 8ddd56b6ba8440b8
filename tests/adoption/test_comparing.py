"""What is told of each test cell, from the marks that plain nbgrader and we give the source's own solution."""

from __future__ import annotations

from pathlib import Path

from autograder.adoption.comparing import compared
from autograder.adoption.folders import Found
from autograder.results import CheckResult, FunctionResult, Isolation, NotebookResult, Trust, Verdict

FOUND = Found(Path("/somewhere/course/source/hw/week.ipynb"), "source/hw/week.ipynb")


def told(check: CheckResult, plain: float | None, why: tuple[str, str] = ("", "")):
    function = FunctionResult("f", check.verdict, check.score or 0.0, 1.0, (check,))
    result = NotebookResult(
        "week",
        "adopted",
        1.0,
        1.0,
        seconds=0.1,
        needs_manual_grade=False,
        isolation=Isolation("full", ()),
        functions=(function,),
        notices=(),
    )
    (cell,) = compared(FOUND, {"t": plain}, 1.0, result, {"t": why}, 0.1, ()).cells
    return cell


def test_a_cell_that_its_own_solution_fails_is_named_where_the_marks_are_equal() -> None:
    cell = told(CheckResult("t", 0.0, 1.0, Verdict.FAILED, "A visible test did not hold: assert f(2) == 3"), 0.0)
    assert (cell.equal, cell.passes) == (True, False)
    assert "A visible test did not hold: assert f(2) == 3" in cell.reason


def test_a_cell_that_its_own_solution_passes_has_no_reason() -> None:
    cell = told(CheckResult("t", 1.0, 1.0, Verdict.PASSED), 1.0)
    assert (cell.equal, cell.passes, cell.reason) == (True, True, "")


def test_a_cell_that_nobody_gives_a_score_is_named_too() -> None:
    cell = told(CheckResult("t", None, 1.0, Verdict.INTERNAL_ERROR, "A test is still to be written."), None)
    assert cell.reason == "no score of 1 points. A test is still to be written."


def test_the_notebook_to_mend_is_the_courses_own() -> None:
    message = "It does not pass. Mend one or the other in source/adopted and grade again."
    cell = told(CheckResult("t", None, 1.0, Verdict.INTERNAL_ERROR, message), 0.0)
    assert "Mend one or the other in source/hw/week.ipynb and grade again." in cell.reason
    assert "source/adopted" not in cell.reason


def test_a_cell_that_is_not_examined_has_its_reason_and_advice() -> None:
    check = CheckResult("t", 1.0, 1.0, Verdict.PASSED, trust=Trust.IN_CANDIDATE)
    cell = told(check, 1.0, ("NameError: x", "Write y."))
    assert (cell.reason, cell.rewrite) == ("NameError: x", "Write y.")


def test_no_cell_that_is_not_examined_is_left_without_advice() -> None:
    check = CheckResult("t", 1.0, 1.0, Verdict.PASSED, trust=Trust.IN_CANDIDATE)
    assert "a cell of its own" in told(check, 1.0, ("NameError: x", "")).rewrite
