"""Finding the instructor's notebooks of a course."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.errors import NotebookError, UsageError
from autograder.notebook import read

# What nbgrader makes from the source, and what students hand in.
_DERIVED = {"release", "submitted", "autograded", "feedback", "downloaded", "exchange", "solution", "source_with_tests"}


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
    """
    if course.is_file():
        return [Found(course, course.name)]
    if not course.is_dir():
        raise UsageError(f"There is no folder {course}.")
    source = course / "source"
    paths = sorted((source if source.is_dir() else course).rglob("*.ipynb"))
    found = [Found(path, path.relative_to(course).as_posix()) for path in paths if _counts(path, course)]
    if not found:
        raise UsageError(
            f"{course} has no notebook with a graded test cell. Name the folder that holds source/, or the notebooks."
        )
    return found


def _counts(path: Path, course: Path) -> bool:
    folders = path.relative_to(course).parts[:-1]
    if any(part.startswith(".") or part in _DERIVED for part in folders):
        return False
    try:
        cells = read(path).cells
    except NotebookError:
        # It will be told why.
        return True
    return any(cell.nbgrader.get("grade") and not cell.nbgrader.get("solution") for cell in cells)
