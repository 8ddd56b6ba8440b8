"""Courses with one graded function, small enough to be audited by the command in seconds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from command import Done, typed
from toy_course import CHECKS, HIDDEN, code

ANSWER = '''def mean(x):
    """Give the mean of a vector."""
    ### BEGIN SOLUTION
    return np.sum(x) / x.shape[0]
    ### END SOLUTION
'''
# The questions are none of the tests' own.
REFERENCE = f"""import numpy as np

{ANSWER}

QUESTIONS = {{"mean": lambda seed: (np.random.RandomState(seed).uniform(1, 2, 3 + seed % 5),)}}
"""
MISCONCEPTIONS = """import numpy as np

from autograder.diagnosis import Misconception

CATALOGUE = (Misconception("median-for-mean", "mean", lambda x: np.median(x), "It gives the median.", "Add them up."),)
"""
SHOWN = "assert mean(np.array([1.0, 3.0])) == 2"
FAIR = HIDDEN.format(
    CHECKS + "x = np.array([1.5, -7.25, 3.0, 0.5, 2.5])\n"
    "checks.untouched(mean, x)\nchecks.close(mean(x), reference.mean(x))"
)
# What a wrong answer gives as well.
WEAK = HIDDEN.format(CHECKS + "checks.close(mean(np.array([1.0, 1.0])), 1.0)")
# To the last digit, which another order of the same sum does not keep.
STRICT = HIDDEN.format(
    CHECKS + "x = np.random.RandomState(1).randn(999)\nassert float(mean(x)) == float(np.sum(x) / x.shape[0])"
)


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Callable[..., Path]:
    """Write a course folder whose one assignment has the given hidden test."""

    def make(hidden: str) -> Path:
        root: Path = tmp_path_factory.mktemp("audited")
        for name, text in (("toy.py", REFERENCE), ("misconceptions/toy.py", MISCONCEPTIONS)):
            path = root / "reference" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / "__init__.py").write_text("")
            path.write_text(text)
        (root / "course.toml").write_text("[limits]\nmemory_mb = 600\n")
        write(root / "source", ANSWER, hidden)
        write(root / "release", "def mean(x):\n    pass", SHOWN)
        return root

    return make


def write(folder: Path, answer: str, hidden: str) -> None:
    locked = {"solution": False, "locked": True}
    cells = [
        code("import numpy as np", grade=False, grade_id="given", **locked),
        code(answer, grade=False, solution=True, locked=False, grade_id="mean"),
        code(SHOWN, grade=True, points=1, grade_id="test_mean_shown", **locked),
        code(hidden, grade=True, points=2, grade_id="test_mean_values", **locked),
    ]
    (folder / "toy").mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "toy" / "toy.ipynb")


@pytest.fixture(scope="session")
def audit() -> Callable[..., Done]:
    """Give the command."""

    def run(root: Path, *arguments: object) -> Done:
        return typed(root, "audit", *arguments, "--course", root)

    return run


@pytest.fixture(scope="session")
def audited(course, audit) -> Callable[[str], tuple[Done, dict[str, Any], str]]:
    """Audit a course with the given hidden test; give what the command said, its JSON and its page."""
    done: dict[str, tuple[Done, dict[str, Any], str]] = {}

    def of(hidden: str) -> tuple[Done, dict[str, Any], str]:
        if hidden not in done:
            root = course(hidden)
            ended = audit(root, "toy", "--json", root / "audit.json", "--html", root / "audit.html", "--jobs", "1")
            assert ended.returncode in {0, 1}, ended.stderr
            found = json.loads((root / "audit.json").read_text())
            done[hidden] = ended, found, (root / "audit.html").read_text()
        return done[hidden]

    return of


@pytest.fixture(scope="session")
def fair(audited):
    return audited(FAIR)


@pytest.fixture(scope="session")
def weak(audited):
    return audited(WEAK)


@pytest.fixture(scope="session")
def strict(audited):
    return audited(STRICT)
