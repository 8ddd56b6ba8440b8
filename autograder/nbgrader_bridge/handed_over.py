"""Whether a course has handed the grading over to autograder."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import ExecutePreprocessor
from nbgrader.converters import Autograde

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import CONFIG_FILE, Course
from autograder.nbgrader_bridge.plug_ins import importable, loaded
from autograder.nbgrader_bridge.settings import EXAMINE


def require_handed_over(course: Course) -> None:
    """Refuse a course with nbgrader's own settings.

    With these nbgrader would run students' code in this process's own kernel, with all rights of who grades, and its
    feedback would show the hidden tests.

    Raises
    ------
    BridgeError
        Also where one of its preprocessors cannot be loaded.
    """
    steps = course.converter(Autograde).autograde_preprocessors
    with importable(course.root):
        executes = any(map(_executes, steps))
    if EXAMINE not in steps or executes:
        raise BridgeError(
            f"{course.root / CONFIG_FILE} leaves the grading to nbgrader itself, which would run students' code "
            "without protection. `autograder adopt . --apply` compares the marks of both and puts in what is missing. "
            "Or put these two lines at its end:\n\n"
            "    from autograder.nbgrader_bridge import configure\n"
            "    configure(get_config())"
        )


def _executes(step: Any) -> bool:  # noqa: ANN401 - a class, its import string, or a callable
    kind = loaded(step)
    return isinstance(kind, type) and issubclass(kind, ExecutePreprocessor)
