"""The time of a whole notebook: what counts, and what becomes of tests when it is used up."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from toy_course import answers, by_name, code, make_course

from autograder.api import Grader
from autograder.api.notebooks import AGENT
from autograder.errors import NotebookTimeoutError
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.patience import Budget, Deadline, Patience
from autograder.limits import FULL_LIMITS, Limits
from autograder.notebook import parse_document
from autograder.results import FunctionResult, Verdict
from autograder.sandbox import Sandbox
from autograder.wire import Cell, Load

USED_UP = "The time for the whole notebook was used up"
SLOW = "def fourfold(x):\n    import time\n    time.sleep({})\n    return double(double(x))"
ENDLESS = "def double(x):\n    while True:\n        pass"


class Busy(Patience):
    """One that has waited so many seconds when it is looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._coming = seconds

    def look(self) -> float:
        self.waited = self._coming
        return self.waited


def test_a_clock_that_stands_still_counts_nothing():
    budget = Budget(60)
    time.sleep(0.01)
    assert budget.left() == 60


def test_a_clock_that_runs_counts():
    budget = Budget(60)
    budget.begin(Patience())
    time.sleep(0.01)
    budget.end()
    assert budget.left() <= 60 - 0.01


def test_what_an_answer_waits_for_the_machine_does_not_count():
    budget = Budget(0.01)
    budget.begin(Busy(30))
    time.sleep(0.02)
    assert budget.left() > 20


def test_what_was_waited_is_not_saved_up_for_later():
    budget = Budget(60)
    budget.begin(Busy(0))
    budget.end()
    assert budget.left() <= 60


def test_a_clock_that_runs_is_not_started_again():
    budget = Budget(60)
    assert (budget.begin(Patience()), budget.begin(Patience())) == (True, False)


def test_a_deadline_within_one_that_is_used_up_says_so():
    with pytest.raises(NotebookTimeoutError):
        Deadline(60, Patience(), Budget(0)).left()


@pytest.fixture(scope="module")
def grade(tmp_path_factory) -> Iterator[Callable[[str], dict[str, FunctionResult]]]:
    root: Path = tmp_path_factory.mktemp("hasty")
    make_course(root)
    with (root / "course.toml").open("a") as settings:
        settings.write("seconds_per_notebook = 3\n")
    with Grader(root) as grader:

        def run(source: str) -> dict[str, FunctionResult]:
            notebook = nbformat.v4.new_notebook(cells=[code(source)])
            return by_name(grader.grade(parse_document(nbformat.writes(notebook).encode()), "x", "student", "toy"))

        yield run


@pytest.fixture(scope="module")
def endless(grade) -> dict[str, FunctionResult]:
    """Three cells of one function, each of which takes a second."""
    return grade(answers(double=ENDLESS, noise="def noise(n):\n    return 1 / 0"))


def test_a_test_for_which_no_time_is_left_has_not_come_back_in_time(endless):
    checks = endless["fourfold"].checks
    assert [check.verdict for check in checks] == [Verdict.TIMEOUT, Verdict.TIMEOUT]


def test_it_says_that_the_whole_notebook_took_too_long(endless):
    assert all(check.message.startswith(USED_UP) for check in endless["fourfold"].checks)


def test_a_loop_that_never_ends_is_told_as_one_while_there_is_time(endless):
    assert endless["double"].checks[0].message.endswith("Is there a loop that never ends?")


def test_no_mistake_is_explained_any_more(endless):
    assert endless["noise"].diagnosis is None


@pytest.mark.usefixtures("endless")
def test_the_next_notebook_has_a_time_of_its_own(grade):
    assert all(function.verdict is Verdict.PASSED for function in grade(answers()).values())


def test_where_half_is_spent_no_candidate_is_begun_only_to_tell_more(grade):
    found = grade(answers(fourfold=SLOW.format(0.8), noise="def noise(n):\n    return np.zeros(n)"))
    assert found["fourfold"].verdict is Verdict.PASSED
    assert found["noise"].checks[0].message == "A test did not hold."


CAREFUL = (
    "def fourfold(x):\n    try:\n        double('a' * 2_200_000)\n"
    "    except ValueError:\n        return double(double(x))"
)
GREEDY = (
    "def fourfold(x):\n    while True:\n        try:\n            double('a' * 2_200_000)\n"
    "        except BaseException:\n            pass"
)


def test_a_lent_function_that_gives_too_much_raises_there(grade):
    found = grade(answers(fourfold=CAREFUL))
    assert found["fourfold"].checks[0].verdict is Verdict.PASSED


def test_an_answer_that_asks_for_too_much_for_ever_costs_only_itself(grade):
    found = grade(answers(fourfold=GREEDY))
    verdicts = found["double"].verdict, found["fourfold"].checks[0].verdict, found["noise"].verdict
    assert verdicts == (Verdict.PASSED, Verdict.TIMEOUT, Verdict.PASSED)


def broken_off(seconds: float) -> bool:
    """Call a function that ends its process after some time; tell whether it may be tried again."""
    limits = Limits(seconds_per_call=2)
    text = f"import os, time\ndef f():\n    time.sleep({seconds})\n    os._exit(1)\n"
    load = Load([Cell(text, given=False)], ["f"], "", 10)
    with Sandbox(AGENT, limits) as sandbox, contextlib.closing(Dialogue(sandbox, limits, load)) as dialogue:
        dialogue.begin_cell("f", hidden=False)
        with contextlib.suppress(Exception):
            dialogue.call("f", (), {}, {})
        return dialogue.broke_off


def test_what_breaks_off_may_be_tried_again():
    assert broken_off(0)


def test_what_breaks_off_when_its_time_is_used_is_not_tried_again():
    assert not broken_off(1.5)


def test_the_usual_time_is_at_least_twice_any_other():
    for limits in (Limits(), FULL_LIMITS):
        longest = max(limits.seconds_per_call, limits.seconds_per_cell, limits.seconds_to_define)
        assert limits.seconds_per_notebook >= 2 * longest
