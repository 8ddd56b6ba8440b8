"""An array that a test puts in the place of a student's crosses beside the arrays that it passes."""

from __future__ import annotations

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader

CELLS = (
    ("answer", "f", "import numpy as np\nbase = np.ones(2)\n\ndef f(x, *, y):\n    return x - base + y / base"),
    (
        "test",
        "replaced",
        "base = base * [5.0, 7.0]\nassert f(np.array([1.0, 2.0]), y=np.array([10.0, 70.0])).tolist() == [-2.0, 5.0]",
    ),
)


def test_each_array_arrives_where_it_belongs(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    with Grader(tmp_path) as grader:
        (paper,) = grader.course.papers
        assert grader.examiner(paper).unexaminable == {}
