"""How a `with` block of an answer's object ends is for the object, and never whether an assertion in it holds."""

from __future__ import annotations

import pytest

from autograder.api import Grader
from autograder.nbgrader_bridge import write_source

BORROWED = """class Borrowed:
    def __init__(self, x): self.x, self.open = x, True
    def __enter__(self): return self
    def __exit__(self, kind, error, trace):
        self.open = False
        return {}"""
RAISES = """try:
    with Borrowed(1) as b:
        raise KeyError("x")
except KeyError:
    pass
else:
    assert False, "it is swallowed"
assert not b.open"""
HOLDS = "with Borrowed(1) as b:\n    assert b.x == 1"
SWALLOWS = "with Borrowed(1) as b:\n    int('x')\nassert not b.open"


@pytest.fixture
def scores(tmp_path):
    def graded(solution, answer, *tests):
        texts = [("test", f"test{n}", test) for n, test in enumerate(tests)]
        (tmp_path / "source" / "hw").mkdir(parents=True)
        write_source(tmp_path / "source" / "hw" / "hw.ipynb", [("answer", "it", solution), *texts])
        write_source(tmp_path / "hw.ipynb", [("answer", "it", answer), *texts])
        with Grader(tmp_path) as grader:
            result = grader.score(tmp_path / "hw.ipynb", "hw")
        return [(check.score, str(check.trust)) for one in result.functions for check in one.checks]

    return graded


def test_an_exception_that_an_answer_swallows_is_gone(scores):
    found = scores(BORROWED.format("False"), BORROWED.format("True"), RAISES)
    assert found == [(0, "examined")]


def test_an_exception_that_an_answer_is_to_swallow_is_gone(scores):
    solution = BORROWED.format("kind is ValueError")
    assert scores(solution, BORROWED.format("isinstance(error, ValueError)"), SWALLOWS) == [(1, "examined")]


def test_an_exception_that_an_answer_is_to_swallow_and_does_not_is_raised(scores):
    assert scores(BORROWED.format("kind is ValueError"), BORROWED.format("None"), SWALLOWS) == [(0, "examined")]


def test_no_answer_swallows_an_assertion(scores):
    assert scores(BORROWED.format("None"), BORROWED.format("True").replace("= x,", "= 2,"), HOLDS) == [(0, "examined")]


def test_what_comes_after_an_exception_is_not_run(scores):
    test = RAISES.replace("Borrowed(1)", "held()").replace("\nassert not b.open", "\nassert b() == ['open', 'shut']")
    solution = """from contextlib import contextmanager
@contextmanager
def held():
    log = ["open"]
    try:
        yield lambda: log
    finally:
        log.append("shut")"""
    careless = solution.replace("    try:\n        yield", "    if True:\n        yield").replace(
        "finally:", "if True:"
    )
    assert scores(solution, careless, test) == [(0, "examined")]
