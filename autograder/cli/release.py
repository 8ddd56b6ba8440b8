"""``autograder release``: the students' version, into nbgrader's exchange."""

from __future__ import annotations

from autograder.cli.build import warn_drifted
from autograder.cli.options import Assignment, CourseFolder, root_with
from autograder.cli.stopping import stopping
from autograder.cli.terminal import doing, output, warn


def release(assignment: Assignment, course: CourseFolder = None) -> None:
    """Generate an assignment's student version with nbgrader and release it."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load
    from autograder.api.solutions import unearned  # noqa: PLC0415 - and what grades some more

    root = root_with(course, assignment)
    warn_drifted(root, [assignment])
    half = f"The release of {assignment} may be half made: run the same command again."
    with stopping(half), doing(f"generating {assignment}") as status:
        bridge.release(root, assignment, status)
    output.print(
        f"{assignment} is released: students can fetch it. Its files are in release/{assignment}.", markup=False
    )
    # Afterwards, for nbgrader has written by then what it was asked for in the tests.
    released = f"The solution was not tried to the end; {assignment} is released all the same."
    with stopping(released), doing(f"trying the solution of {assignment}"):
        missed = unearned(root, assignment)
    for each in missed:
        warn(each)
