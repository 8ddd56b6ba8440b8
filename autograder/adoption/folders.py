"""Finding the instructor's notebooks of a course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course import configured, delimiter_faults
from autograder.errors import CourseError, NotebookError, UsageError
from autograder.notebook import read, read_document

# What nbgrader makes from the source, and what students hand in.
_DERIVED = {"release", "submitted", "autograded", "feedback", "downloaded", "exchange", "solution", "source_with_tests"}

# From a notebook over its assignment and source/ to the course.
_UPWARDS = 4
# nbgrader's of today.
_SCHEMA = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An instructor's notebook.

    Parameters
    ----------
    path : Path
    label : str
        Its path within the course.
    """

    path: Path
    label: str


def find_notebooks(course: Path) -> list[Found]:
    """List the notebooks of a course that have graded test cells.

    Parameters
    ----------
    course : Path
        A folder with ``source/<assignment>/``, or with loose source notebooks; or one notebook.

    Raises
    ------
    UsageError
        Where there is none.
    CourseError
        Where nbgrader's configuration has delimiters that are not known here.
    """
    if not course.exists():
        raise UsageError(f"There is no folder {course}.")
    if faults := delimiter_faults(configuration_of(course)):
        raise CourseError(faults)
    if course.is_file():
        return [Found(course, course.name)]
    source = course / "source"
    paths = sorted((source if source.is_dir() else course).rglob("*.ipynb"))
    found = [Found(path, path.relative_to(course).as_posix()) for path in paths if _counts(path, course)]
    if not found:
        raise UsageError(
            f"{course} has no notebook with a graded test cell. Name the folder that holds source/, or the notebooks."
        )
    return found


def outdated(path: Path) -> bool:
    """Tell whether a notebook has metadata that nbgrader wants renewed before it releases it.

    Raises
    ------
    NotebookError
    """
    cells = [cell.nbgrader for cell in read_document(path).cells if cell.nbgrader]
    return any(cell.get("schema_version", 0) < _SCHEMA for cell in cells)


def configuration_of(path: Path) -> Mapping[str, object]:
    """Give what nbgrader is configured with for a course, a folder of it, or one notebook; see `configured`."""
    here = path.resolve()
    return next(filter(None, map(configured, (here, *here.parents)[:_UPWARDS])), {})


def _counts(path: Path, course: Path) -> bool:
    if any(part.startswith(".") or part in _DERIVED for part in path.relative_to(course).parts):
        return False
    try:
        cells = read(path).cells
    except NotebookError:
        # It will be told why.
        return True
    return any(cell.nbgrader.get("grade") and not cell.nbgrader.get("solution") for cell in cells)
