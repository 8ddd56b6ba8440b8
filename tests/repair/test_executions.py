"""Running only what the answers need and running every cell give a damaged notebook the same, full, marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from damaged_course import make_damaged_course
from damages import DAMAGES

from autograder.api import Grader
from autograder.results import NotebookResult


@pytest.mark.slow
@pytest.mark.parametrize("execution", ["definitions", "full"])
def test_damaged_notebooks_get_full_marks_by_both_executions(execution: str, tmp_path: Path) -> None:
    make_damaged_course(tmp_path)
    (tmp_path / "course.toml").write_text(f"execution = {execution!r}\n")
    marks = {}
    with Grader(tmp_path) as grader:
        for damage in DAMAGES:
            result = grader.score(tmp_path / "submitted" / damage.__name__ / "hw" / "hw.ipynb", "hw")
            marks[damage.__name__] = result.score if isinstance(result, NotebookResult) else result.error
    assert marks == dict.fromkeys(marks, 5.0)
