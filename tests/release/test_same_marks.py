"""Honest work gets the same marks from nbgrader's own execution, in a plain kernel, and from ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from real_course import ASSIGNMENTS, hand_in, make_course, train_briefly

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader

PLAIN = 'c = get_config()\nc.CourseDirectory.course_id = "plain"\nc.ExecutePreprocessor.timeout = 300\n'

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Make a course in which the student hands in the reference's answers, and nbgrader has its own settings."""
    course = tmp_path_factory.mktemp("course")
    make_course(course)
    for assignment in ASSIGNMENTS:
        train_briefly(course / "source" / assignment / f"{assignment}.ipynb")
        bridge.generate(course, assignment)
        hand_in(course, "honest", assignment, {})
    (course / "nbgrader_config.py").write_text(PLAIN)
    return course


@pytest.fixture(scope="module")
def grader(course) -> Iterator[Grader]:
    with Grader(course) as grader:
        yield grader


def plain_marks(course: Path, assignment: str) -> dict[str, float]:
    command = [Path(sys.executable).with_name("nbgrader"), "autograde", assignment]
    environment = {**os.environ, "PYTHONPATH": str(course), "MPLBACKEND": "agg"}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # The gradebook's own name for a course that no configuration has named to it.
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook(assignment, assignment, "honest")
        return {grade.name: grade.auto_score for grade in notebook.grades}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_both_give_the_same_marks(course, grader, assignment):
    result = grader.score(course / "submitted" / "honest" / assignment / f"{assignment}.ipynb")
    ours = {check.grade_id: check.score for function in result.functions for check in function.checks}
    assert plain_marks(course, assignment) == ours
    assert result.score == result.max_score
