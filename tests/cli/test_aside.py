"""Who has no mark, and why: a reason that many have is told once, and what can be done about it."""

from __future__ import annotations

import pytest

from autograder.api.runs import Aside
from autograder.cli.aside import show_aside
from autograder.language import speaker

SAY = speaker("en")
NO_NOTEBOOK = "hw.ipynb is no notebook: Expecting value"
OF_OURS = "It could not be graded, for a reason of ours: the worker process that graded it died, each time it was tried"
BROKEN = "The test cell test_hidden does not pass with the reference solution itself (AssertionError)."
AGAIN = "What has no mark for a reason of ours is tried again by the same command with --resume."


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]):
    def tell(reason: str, *names: str, ours: bool = True, of_test: bool = False, resumes: bool = True) -> str:
        aside = [Aside(name, "hw", reason, ours=ours, of_test=of_test) for name in names]
        show_aside(aside, SAY, resumes=resumes)
        return " ".join(capsys.readouterr().err.split())

    return tell


def test_a_reason_that_many_have_is_told_once(told) -> None:
    assert told(NO_NOTEBOOK, "ada", "bo", ours=False) == f"ada, bo: not graded: {NO_NOTEBOOK}"


def test_many_are_counted(told) -> None:
    assert "s9, … (14): not graded: " in told(NO_NOTEBOOK, *(f"s{number}" for number in range(14)), ours=False)


def test_who_has_the_same_reason_twice_is_named_once(told) -> None:
    assert told(NO_NOTEBOOK, "ada", "ada", ours=False) == f"ada: not graded: {NO_NOTEBOOK}"


def test_what_may_pass_is_to_be_tried_again(told) -> None:
    assert told(OF_OURS, "ada") == f"ada: not graded: {OF_OURS} {AGAIN}"


def test_where_nothing_can_be_resumed_nothing_is_said_of_it(told) -> None:
    assert told(OF_OURS, "ada", resumes=False) == f"ada: not graded: {OF_OURS}"


def test_a_test_that_is_at_fault_is_to_be_mended_and_not_tried_again(told) -> None:
    assert told(BROKEN, "ada", "bo", of_test=True) == f"ada, bo: not graded by all tests: {BROKEN}"


def test_more_reasons_than_can_be_read_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    show_aside([Aside(f"s{number}", "hw", f"reason {number}", ours=False) for number in range(63)], SAY, resumes=True)
    assert "And 3 more: the log has them all." in capsys.readouterr().err
