"""Commands on a course with a gradebook: release, collect, feedback."""

from __future__ import annotations

from autograder.cli.feedback import warn_about_pages
from autograder.cli.options import Assignment, CourseFolder, Reading, root_with, speaker_of
from autograder.cli.terminal import errors, output

# More names are no help; the folders have them.
_MOST_NAMED = 10


def release(assignment: Assignment, course: CourseFolder = None) -> None:
    """Generate an assignment's student version with nbgrader and release it."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    root = root_with(course, assignment)
    with errors.status(f"generating {assignment}") as status:
        bridge.release(root, assignment, status.update)
    output.print(
        f"{assignment} is released: students can fetch it. Its files are in release/{assignment}.", markup=False
    )


def feedback(assignment: Assignment, language: Reading = None, course: CourseFolder = None) -> None:
    """Make the students' pages with nbgrader and release them."""
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415
    from autograder.api.outcomes import class_outcome  # noqa: PLC0415

    root = root_with(course, assignment)
    say = speaker_of(language, root)
    with errors.status(f"making the feedback of {assignment}"):
        bridge.generate_feedback(root, assignment, say.language)
        found = bridge.release_feedback(root, assignment)
        outcome = class_outcome(root, assignment)
    if found.released:
        done = say("The feedback of {assignment} is in feedback/ and released to the students.", assignment=assignment)
        output.print(done, markup=False)
    if found.left:
        names = ", ".join(found.left) if len(found.left) <= _MOST_NAMED else str(len(found.left))
        left = say(
            "Not handed in through nbgrader's exchange: {students}. Pass their pages on yourself; they are in "
            "feedback/STUDENT/{assignment}/.",
            students=names,
            assignment=assignment,
        )
        output.print(left, markup=False)
    warn_about_pages(outcome, found.without, say)
