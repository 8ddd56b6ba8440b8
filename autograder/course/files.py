"""The files that belong to an assignment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SOURCE = "source"
# Where nbgrader keeps a source with the tests that its AUTOTEST comments ask for.
WRITTEN = "source_with_tests"


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
            inside = path.relative_to(folder).parts
            if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in inside):
                yield path
