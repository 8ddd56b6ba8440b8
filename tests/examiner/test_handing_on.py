"""Functions that an answer hands on to other functions, and Python's own random generator, where only copies cross."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Verdict

REFERENCE = """
import random


def slope(f, x):
    ### BEGIN SOLUTION
    return (f(x + 1e-4) - f(x - 1e-4)) / 2e-4
    ### END SOLUTION


def newton(f, x):
    ### BEGIN SOLUTION
    for _ in range(20):
        x = x - f(x) / slope(f, x)
    return x
    ### END SOLUTION


def deal(cards):
    ### BEGIN SOLUTION
    cards = list(cards)
    random.shuffle(cards)
    return cards
    ### END SOLUTION
"""
RIGHT = {
    "slope": "def slope(f, x):\n    return (f(x + 1e-4) - f(x - 1e-4)) / 2e-4",
    "newton": "def newton(f, x):\n    for _ in range(20):\n        x = x - f(x) / slope(f, x)\n    return x",
    "deal": "def deal(cards):\n    cards = list(cards)\n    random.shuffle(cards)\n    return cards",
}
IMPORTS = "from autograder import checks\nfrom reference import hw as reference\n"
TESTS = {
    "slope": IMPORTS + "checks.close(slope(lambda t: t ** 2, 3.0), 6.0)",
    "newton": IMPORTS + "checks.close(newton(lambda t: t ** 2 - 2, 1.0), 2 ** 0.5)",
    "deal": IMPORTS + "{0}(1)\nmine = deal(range(10))\n{0}(1)\nassert mine == reference.deal(range(10))",
}
WRAPPED = RIGHT["newton"].replace("slope(f, x)", "slope(lambda t: f(t), x)")


class Course:
    """A course whose functions take functions, or draw; its candidates run definitions only."""

    def __init__(self, root, seed: str, given: str) -> None:
        self.root, self.seed, self.given = root, seed, given
        (root / "source" / "hw").mkdir(parents=True)
        (root / "reference").mkdir()
        (root / "reference" / "__init__.py").touch()
        (root / "reference" / "hw.py").write_text(REFERENCE)
        (root / "source" / "hw" / "seeding.py").write_text("import random\n\n\ndef sow(n):\n    random.seed(n)\n")
        (root / "course.toml").touch()
        self.write(root / "source" / "hw" / "hw.ipynb", RIGHT)

    def write(self, path, answers: dict[str, str]) -> None:
        cells = [("given", "imports", self.given)]
        for name, text in TESTS.items():
            cells += [("answer", name, answers[name]), ("test", f"{name} test", text.format(self.seed))]
        bridge.write_source(path, cells)

    def grade(self, **functions: str) -> dict[str, CheckResult]:
        self.write(self.root / "mine.ipynb", {**RIGHT, **functions})
        with Grader(self.root) as grader:
            result = grader.score(self.root / "mine.ipynb", "hw")
        return {one.name: check for one in result.functions for check in one.checks}


@pytest.fixture(scope="module", name="grade")
def _grade(tmp_path_factory) -> Callable[..., dict[str, CheckResult]]:
    return Course(tmp_path_factory.mktemp("handing"), "random.seed", "import random").grade


def test_a_function_of_the_tests_can_be_handed_on_to_another_graded_function(grade) -> None:
    assert {name: check.verdict for name, check in grade().items()} == dict.fromkeys(TESTS, Verdict.PASSED)


def test_a_function_of_the_answers_own_can_be_handed_on_too(grade) -> None:
    assert grade(newton=WRAPPED)["newton"].verdict is Verdict.PASSED


def test_functions_that_hand_each_other_on_for_ever_cost_only_themselves(grade) -> None:
    endless = "def newton(f, x):\n    return slope(lambda t: newton(f, t), x)"
    checks = grade(newton=endless)
    assert (checks["newton"].score, checks["deal"].verdict) == (0.0, Verdict.PASSED)


def test_pythons_own_seed_seeds_the_answer_too(grade) -> None:
    wrong = RIGHT["deal"].replace("shuffle(cards)", "shuffle(cards)\n    random.shuffle(cards)")
    assert (grade()["deal"].verdict, grade(deal=wrong)["deal"].verdict) == (Verdict.PASSED, Verdict.FAILED)


def test_a_seed_that_does_not_reach_the_answer_is_the_tests_fault(tmp_path) -> None:
    # Only a helper module imports Python's generator: of that the text of the notebook says nothing.
    check = Course(tmp_path, "sow", "from seeding import sow\nimport reference").grade()["deal"]
    assert check.score is None
    assert "deal draws from Python's own random generator" in check.message
