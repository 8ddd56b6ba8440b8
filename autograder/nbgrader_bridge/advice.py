"""What to do where nbgrader cannot generate an assignment: its own words name no file, and no command to paste."""

from __future__ import annotations

import shlex
from pathlib import Path

import nbformat
import nbgrader
from nbgrader.nbgraderformat import SCHEMA_VERSION

from autograder.nbgrader_bridge.course import Course

_TEMPLATES = "autotests.yml"
# nbgrader brings it with its documentation.
_GIVEN = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / _TEMPLATES


def asking_for_tests(course: Course) -> list[Path]:
    """List the source notebooks of the open assignment that have ``AUTOTEST`` comments."""
    return [path for path in _sources(course) if "AUTOTEST" in path.read_text(encoding="utf-8")]


def advice_on(course: Course, failure: str) -> str:
    """Say what to do about a failure to generate the open assignment; nothing where nbgrader's words are enough.

    Parameters
    ----------
    course : Course
    failure : str
        nbgrader's words.
    """
    if "version of the nbgrader metadata format" in failure:
        return next(filter(None, (_of_metadata(course, path) for path in _sources(course))), "")
    if "FileNotFoundError" in failure and _TEMPLATES in failure:
        where = ", ".join(str(path.relative_to(course.root)) for path in asking_for_tests(course))
        return (
            f"{where}: nbgrader writes the tests of AUTOTEST comments as a file {_TEMPLATES} says, and there is none. "
            f"Put nbgrader's {_TEMPLATES} into the course folder, then release again:\n\n"
            f"    cp {shlex.quote(str(_GIVEN))} {shlex.quote(str(course.root))}"
        )
    return ""


def _of_metadata(course: Course, path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    versions = [cell.metadata["nbgrader"].get("schema_version", 0) for cell in cells if "nbgrader" in cell.metadata]
    where = path.relative_to(course.root)
    if any(version > SCHEMA_VERSION for version in versions):
        return (
            f"{where} was written with a newer nbgrader than this one (metadata of version {max(versions)}, "
            f"known is {SCHEMA_VERSION}). Renew it, then release again:\n\n"
            "    pip install --upgrade nbgrader"
        )
    if any(version < SCHEMA_VERSION for version in versions):
        return (
            f"{where} was written with an older nbgrader (metadata of version {min(versions)}, wanted is "
            f"{SCHEMA_VERSION}). Keep a copy of the file and have nbgrader renew it, then release again:\n\n"
            f"    nbgrader update {shlex.quote(str(path))}"
        )
    return ""


def _sources(course: Course) -> list[Path]:
    folder = course.root / course.directory.source_directory / course.directory.assignment_id
    # As nbgrader finds them: what is hidden is an editor's.
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
