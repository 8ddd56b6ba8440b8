"""The files that belong to an assignment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SOURCE = "source"
# Where nbgrader keeps a source with the tests that its AUTOTEST comments ask for.
WRITTEN = "source_with_tests"


def source_notebooks(root: Path) -> list[Path]:
    """Give the source notebooks of a course, in order, as nbgrader finds them: no hidden file, no hidden folder.

    Parameters
    ----------
    root : Path
        The course folder.
    """
    source = root / SOURCE
    return [path for path in sorted(source.glob("*/*.ipynb")) if not _is_hidden(path.relative_to(source))]


def python_files(folder: Path) -> list[Path]:
    """Give the modules that lie in a folder, in order; a hidden one is an editor's, and may be a link to nowhere.

    Parameters
    ----------
    folder : Path
    """
    return [path for path in sorted(folder.glob("*.py")) if path.is_file() and not _is_hidden(Path(path.name))]


def source_files(root: Path, assignment: str) -> Iterator[Path]:
    """Give the files of an assignment: the instructor's, and the copies in which nbgrader has written tests.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    """
    for folder in (root / SOURCE / assignment, root / WRITTEN / assignment):
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not _is_hidden(inside) and "__pycache__" not in inside.parts:
                yield path


def _is_hidden(inside: Path) -> bool:
    """Tell what an editor or a system leaves beside the instructor's files, such as a copy of an open notebook."""
    return any(part.startswith(".") for part in inside.parts)
