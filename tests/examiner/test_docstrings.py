"""Whether an answer says what it does: what stands in its place has a docstring of its own, which is no answer's."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Trust

SOURCE = 'def f(x):\n    """Say."""\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n'
CELLS = (("answer", "f", SOURCE), ("test", "said", "assert f.__doc__"))
SAID, UNSAID = 'def f(x):\n    """Say."""\n    return x', "def f(x):\n    return x"


def judged(root: Path, answer: str) -> CheckResult:
    (root / "source" / "hw").mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    bridge.write_source(root / "answer.ipynb", (("answer", "f", answer), CELLS[1]))
    with Grader(root) as grader:
        (check,) = grader.score(root / "answer.ipynb", "hw").checks
    return check


@pytest.mark.parametrize(("answer", "points"), [(SAID, 1), (UNSAID, 0)], ids=["said", "unsaid"])
def test_it_is_asked_of_the_answer_among_the_students_code(tmp_path: Path, answer: str, points: int) -> None:
    check = judged(tmp_path, answer)
    assert (check.score, check.trust) == (points, Trust.IN_CANDIDATE)


@pytest.mark.parametrize("answer", [SAID, UNSAID], ids=["said", "unsaid"])
def test_where_nothing_runs_there_nobody_has_marks_or_loses_them(tmp_path: Path, answer: str) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").touch()
    (tmp_path / "reference" / "hw.py").write_text(SOURCE)
    assert judged(tmp_path, answer).score is None
