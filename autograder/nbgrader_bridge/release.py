"""From the source to what students get."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.generate_source_with_tests import GenerateSourceWithTests
from nbgrader.preprocessors import ClearSolutions

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.advice import advice_on, asking_for_tests
from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.handed_over import require_handed_over
from autograder.nbgrader_bridge.kernels import kernels_in

RELEASED_AS = "RELEASED AS"


class ReleaseSolutions(ClearSolutions):
    """nbgrader's ClearSolutions, with regions that are released as something else than the stub.

    ::

        ### BEGIN SOLUTION
        db1 = np.sum(dZ1) / m
        ### RELEASED AS
        # db1 = 4 * np.sum(dZ1) / m
        ### END SOLUTION

    is released as the commented lines, uncommented. A region without the marker is cleared as nbgrader does.
    """

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        """Replace the regions of a cell; nbgrader calls it, and clears the whole cell when it returns False."""
        lines = cell.source.split("\n")
        kept = list(self._released(lines))
        cell.source = "\n".join(kept)
        cleared: bool = super()._replace_solution_region(cell, language)
        return cleared or len(kept) < len(lines)

    def _released(self, lines: list[str]) -> Iterator[str]:
        """Give the lines, each whole region that has the marker replaced by its released lines."""
        region: list[str] = []
        for line in lines:
            if region or self.begin_solution_delimeter in line:
                region.append(line)
            elif RELEASED_AS in line:
                raise RuntimeError(f"### {RELEASED_AS} stands outside a solution region")
            else:
                yield line
            if region and self.end_solution_delimeter in line:
                yield from self._region(region)
                region = []
        yield from region  # without an end: nbgrader's own message says so

    def _region(self, region: list[str]) -> list[str]:
        """Give what a region is released as, or the region itself if it does not say, or is nested."""
        markers = [at for at, line in enumerate(region) if RELEASED_AS in line]
        if not markers or any(self.begin_solution_delimeter in line for line in region[1:]):
            return region
        if len(markers) > 1:
            raise RuntimeError(f"### {RELEASED_AS} stands twice in one solution region")
        return [_uncommented(line) for line in region[markers[0] + 1 : -1]]


def _uncommented(line: str) -> str:
    found = re.fullmatch(r"(\s*)# ?(.*)|\s*", line)
    if found is None:
        raise RuntimeError(f"after ### {RELEASED_AS} each line must be a comment, here is {line.strip()!r}")
    return (found[1] or "") + (found[2] or "")


def generate(root: Path, assignment: str) -> None:
    """Make `release/<assignment>` from `source/<assignment>`, and enter its cells in the gradebook.

    Raises
    ------
    BridgeError
        nbgrader refused: for one, cells that are graded already cannot be removed. Or the course is left to nbgrader
        itself.
    """
    with open_course(root, assignment) as course:
        require_handed_over(course)
        try:
            with kernels_in(course.root):
                course.run(course.converter(GenerateAssignment), f"generating {assignment}")
        except BridgeError as error:
            advice = advice_on(course, str(error))
            if advice:
                raise BridgeError(advice) from error
            raise
        write_tests(course)


def write_tests(course: Course) -> None:
    """Have nbgrader write the tests that ``AUTOTEST`` comments of the open assignment ask for, if it has any.

    Raises
    ------
    BridgeError
        Where it cannot; for one, there is no ``autotests.yml``.
    """
    assignment = course.directory.assignment_id
    if asking_for_tests(course):
        with kernels_in(course.root):
            course.run(course.converter(GenerateSourceWithTests), f"writing the tests of {assignment}")


def release(root: Path, assignment: str, progress: Callable[[str], None] = lambda _: None) -> None:
    """Generate an assignment and put it into the exchange, in place of an earlier release.

    Raises
    ------
    BridgeError
        nbgrader refused to generate it, or the exchange folder cannot be written.
    """
    generate(root, assignment)
    progress(f"{assignment}: generated")
    with open_course(root, assignment) as course:
        step = course.exchange("ReleaseAssignment")
        step.force = True
        course.run(step, f"releasing {assignment}")
    progress(f"{assignment}: released")
