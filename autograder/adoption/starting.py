"""A new course that has all it needs, with an example to be replaced."""

from __future__ import annotations

from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.course import CONFIG, SETTINGS, check_new
from autograder.files import write

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

# With a word on each, for whoever opens them; what `adopt --apply` writes goes into a course that has its own.
_SETTINGS_TEXT = """\
# Whole notebooks are run, as nbgrader does it. Without this line an assignment that has its solutions in
# reference/<assignment>.py runs definitions only, so that one mistake costs once, and any other one is run whole.
execution = "full"

# How long an answer may take, in seconds; what stands here holds for all assignments.
# [limits]
# seconds_per_call = 30

# And for one of them.
# [assignments.example.limits]
# seconds_per_call = 5
"""
_CONFIG_TEXT = """\
from autograder.nbgrader_bridge import configure

c = get_config()
# It lets nbgrader release, grade and give feedback with autograder.
configure(c)
c.CourseDirectory.course_id = {name!r}
# The folder over which work is handed out and in: all must be able to write there.
# c.Exchange.root = "/usr/local/share/nbgrader/exchange"
"""


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
    settings, config = course / SETTINGS, course / CONFIG
    write(settings, _SETTINGS_TEXT.encode())
    write(config, _CONFIG_TEXT.format(name=course.resolve().name).encode())
    return [notebook, settings, config]
