"""What the cells of a notebook are worth, and which of them a person grades."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course.paper import Paper, load_paper
from autograder.limits import Limits


def cell(name: str, **about: object) -> dict[str, object]:
    known = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False}
    return {"cell_type": "code", "source": f"# {name}", "metadata": {"nbgrader": known | about}, "outputs": []}


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """Read a notebook with cells of each kind."""
    cells = [
        cell("answer", solution=True),
        cell("test", grade=True, locked=True, points=3),
        cell("essay", grade=True, solution=True, points=2.5),
        cell("task", task=True, locked=True, points=4),
        cell("remark", grade=True, solution=True, points=0),
        cell("unpriced", grade=True, solution=True),
    ]
    path = tmp_path / "source" / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return load_paper(path, Limits())[0]


def test_every_graded_cell_is_worth_its_points(paper: Paper) -> None:
    assert paper.worth == {"test": 3.0, "essay": 2.5, "task": 4.0, "remark": 0.0}


def test_a_person_gives_the_points_of_answers_that_are_graded_themselves(paper: Paper) -> None:
    assert paper.by_hand == {"essay": 2.5, "task": 4.0}
