"""A new course that has all it needs, with an example to be replaced."""

from __future__ import annotations

from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.adoption.applying import apply
from autograder.course import check_new

_EXAMPLE = "example"
_CELLS = (
    ("given", "imports", "import numpy as np"),
    (
        "answer",
        "double",
        'def double(x):\n    """Give 2 x."""\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION',
    ),
    ("test", "test_double", "np.testing.assert_allclose(double(np.array([1.0, -2.0])), [2.0, -4.0])"),
    (
        "test",
        "test_double_hidden",
        "# Other shapes.\n### BEGIN HIDDEN TESTS\nassert double(np.ones((2, 3))).shape == (2, 3)\n### END HIDDEN TESTS",
    ),
)


def start_course(course: Path) -> list[Path]:
    """Make a new course folder with one small assignment.

    Parameters
    ----------
    course : Path
        Absent, or empty.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    UsageError
        Where the folder has something in it.
    BridgeError
        nbgrader could not find the course's files for its name.
    """
    check_new(course, f"`autograder adopt {course}` what it holds")
    bridge.require_no_pattern(course)
    notebook = course / "source" / _EXAMPLE / f"{_EXAMPLE}.ipynb"
    notebook.parent.mkdir(parents=True)
    bridge.write_source(notebook, _CELLS)
    return [notebook, *apply(course)]
