"""Of which test cells the source's own solution tells that they are wrong: those that need solved answers only."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.course import load
from autograder.examiner.solved import faults_of

SOLVED = "def {0}(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
STUB = "def {0}(x):\n    raise NotImplementedError()"
ABSTRACT = """class Shape:
    ### BEGIN SOLUTION
    def area(self):
        raise NotImplementedError("subclasses say it")
    def __str__(self):
        return "shape"
    ### END SOLUTION"""
RELEASED_ABSTRACT = """class Shape:
    def area(self):
        raise NotImplementedError
    ### BEGIN SOLUTION
    def __str__(self):
        return "shape"
    ### END SOLUTION"""


def faulty(tmp_path: Path, *cells: tuple[str, str, str]) -> set[str]:
    path = tmp_path / "source" / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    bridge.write_source(path, cells)
    (paper,) = load(tmp_path).papers
    return set(faults_of(paper, {name: "why" for kind, name, _ in cells if kind == "test"}))


@pytest.mark.parametrize("shape", [ABSTRACT, RELEASED_ABSTRACT])
def test_a_method_with_an_empty_body_is_no_answer_that_is_not_written(tmp_path: Path, shape: str) -> None:
    cells = (
        ("answer", "Shape", shape),
        ("test", "test_shape", "assert str(Shape()) == 'form'"),
        ("answer", "f", SOLVED.format("f")),
        ("test", "test_f", "assert f(1) == 3"),
    )
    assert faulty(tmp_path, *cells) == {"test_shape", "test_f"}


def test_an_answer_that_says_what_it_does_is_written(tmp_path: Path) -> None:
    documented = SOLVED.format("f").replace("(x):", '(x):\n    """Say."""')
    assert faulty(tmp_path, ("answer", "f", documented), ("test", "test_f", "assert f(1) == 3")) == {"test_f"}


def test_an_answer_that_is_not_written_speaks_for_the_cells_that_need_it_only(tmp_path: Path) -> None:
    cells = (
        ("answer", "f", SOLVED.format("f")),
        ("test", "alone", "assert f(1) == 3"),
        ("answer", "g", STUB.format("g")),
        ("free", "", "def both(x):\n    return g(x) + f(x)"),
        ("test", "of_g", "assert g(1) == 1"),
        ("answer", "h", SOLVED.format("h")),
        ("test", "through_a_helper", "assert h(1) == both(1)"),
        ("test", "other", "assert h(1) == 2"),
    )
    assert faulty(tmp_path, *cells) == {"alone", "other"}


def test_a_function_that_is_empty_within_a_solution_is_one(tmp_path: Path) -> None:
    empty = "### BEGIN SOLUTION\ny = 1\ndef hook(x):\n    pass\n### END SOLUTION"
    cells = (("answer", "y", empty), ("test", "of_y", "assert y == 2 and hook(1) is None"))
    assert faulty(tmp_path, *cells) == {"of_y"}


def test_a_function_that_is_left_empty_beside_a_solution_is_not_written(tmp_path: Path) -> None:
    cells = (
        ("answer", "f", SOLVED.format("f") + "\n\n" + STUB.format("g")),
        ("test", "of_both", "assert f(1) == g(1)"),
    )
    assert faulty(tmp_path, *cells) == set()
