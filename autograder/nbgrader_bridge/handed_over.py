"""Whether a course has handed the grading over to autograder."""

from __future__ import annotations

from nbgrader.converters import Autograde

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import CONFIG_FILE, Course
from autograder.nbgrader_bridge.settings import EXAMINE


def require_handed_over(course: Course) -> None:
    """Refuse a course with nbgrader's own settings.

    With these nbgrader would run students' code in this process's own kernel, with all rights of who grades, and its
    feedback would show the hidden tests.

    Raises
    ------
    BridgeError
    """
    if EXAMINE not in course.converter(Autograde).autograde_preprocessors:
        raise BridgeError(
            f"{course.root / CONFIG_FILE} leaves the grading to nbgrader itself, which would run students' code "
            "without protection. Put these two lines at its end, and try again:\n\n"
            "    from autograder.nbgrader_bridge import configure\n"
            "    configure(get_config())"
        )
