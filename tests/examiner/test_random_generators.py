"""A random generator that a test hands over is drawn from by the answer, by what it calls, and by the test again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Trust, Verdict

REFERENCE = """
import numpy as np


def init_centers(X, k, rng):
    ### BEGIN SOLUTION
    return X[rng.choice(len(X), k, replace=False)]
    ### END SOLUTION


def kmeans(X, k, rng):
    ### BEGIN SOLUTION
    centers = init_centers(X, k, rng)
    return centers + rng.normal()
    ### END SOLUTION


def double(x, rng):
    ### BEGIN SOLUTION
    rng.spawn(2) if hasattr(rng, "spawn") else rng.random_sample()
    return 2.0 * x
    ### END SOLUTION


def named(box):
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION
"""
RIGHT = {
    "init_centers": "def init_centers(X, k, rng):\n    return X[rng.choice(len(X), k, replace=False)]",
    "kmeans": "def kmeans(X, k, rng):\n    centers = init_centers(X, k, rng)\n    return centers + rng.normal()",
    "double": (
        'def double(x, rng):\n    rng.spawn(2) if hasattr(rng, "spawn") else rng.random_sample()\n    return 2.0 * x'
    ),
    "named": "def named(box):\n    return 1",
}
SETUP = """
import numpy as np
from autograder import checks
from reference import hw as reference
X = np.arange(20.0).reshape(10, 2)
mine, right = np.random.{0}, np.random.{0}
"""
DEFAULT, LEGACY = SETUP.format("default_rng(4)"), SETUP.format("RandomState(4)")
BOTH_SAME = "checks.close({0}(X, 3, mine), reference.{0}(X, 3, right))\nassert mine.normal() == right.normal()"
TESTS = {
    "init_centers": {
        "drawn": DEFAULT + BOTH_SAME.format("init_centers"),
        "legacy": LEGACY + BOTH_SAME.format("init_centers"),
        "untouched": DEFAULT + "kept = checks.untouched(init_centers, X, 3, mine)",
    },
    "kmeans": {
        "lent": DEFAULT + BOTH_SAME.format("kmeans"),
        "twice": DEFAULT
        + "for _ in range(2):\n    checks.close(kmeans(X, 3, rng=mine), reference.kmeans(X, 3, rng=right))",
    },
    "double": {
        "spawned": DEFAULT
        + "assert double(1.0, mine) == reference.double(1.0, right)\n"
        + "assert mine.spawn(1)[0].random() == right.spawn(1)[0].random()",
        "next": LEGACY
        + "double(0.0, mine)\nfor _ in range(3):\n    x = mine.randn()\n    checks.close(double(x, mine), 2.0 * x)",
    },
    "named": {"unfit": "class Box:\n    size = 1\n\n\nassert named(Box()) == 1"},
}


@pytest.fixture(scope="module", name="grade", params=["definitions", "full"])
def _grade(tmp_path_factory, request) -> Callable[..., dict[str, CheckResult]]:
    root = tmp_path_factory.mktemp("drawing")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").touch()
    (root / "reference" / "hw.py").write_text(REFERENCE)
    (root / "course.toml").write_text(f'execution = "{request.param}"\n')

    def write(path, answers) -> None:
        cells = [("given", "imports", "import numpy as np")]
        for name, tests in TESTS.items():
            cells.append(("answer", name, answers[name]))
            cells += [("test", f"{name} {test}", text) for test, text in tests.items()]
        bridge.write_source(path, cells)

    write(root / "source" / "hw" / "hw.ipynb", RIGHT)
    with Grader(root) as grader:

        def grade(**functions: str) -> dict[str, CheckResult]:
            write(root / "mine.ipynb", {**RIGHT, **functions})
            result = grader.score(root / "mine.ipynb", "hw")
            return {check.grade_id: check for one in result.functions for check in one.checks}

        yield grade


DRAWING = [f"{name} {test}" for name in ("init_centers", "kmeans", "double") for test in TESTS[name]]


def test_right_answers_pass(grade) -> None:
    checks = grade()
    assert {name: checks[name].message for name in DRAWING} == dict.fromkeys(DRAWING, "")


def test_an_answer_that_draws_once_too_often_fails(grade) -> None:
    checks = grade(init_centers=RIGHT["init_centers"].replace("return", "rng.normal()\n    return"))
    assert checks["init_centers drawn"].verdict is Verdict.FAILED


def test_an_answer_does_not_choose_what_the_test_draws_next(grade) -> None:
    chosen = "rng.set_state({**rng.get_state(legacy=False), 'has_gauss': 1, 'gauss': 2.0})"
    checks = grade(double=f"def double(x, rng):\n    {chosen}\n    return x ** 2")
    assert checks["double next"].verdict is Verdict.FAILED


def test_an_argument_that_does_not_cross_is_charged_to_the_test(grade) -> None:
    check = grade(named="def named(box):\n    return box.size")["named unfit"]
    # Among the student's own code it is there; see `full`.
    assert check.score is None or check.trust is Trust.IN_CANDIDATE
    assert check.score or "calls named with a Box as argument 1 (box)" in check.message
