"""A working folder for trusted code that reads what lies beside the notebook, as answers do where whole notebooks run.

A copy: what it writes there is gone afterwards, and ``source`` is as it was.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


class Workplace:
    """Where trusted code works: a copy of an assignment's folder, or wherever the process is.

    The working folder is the process's, for all its threads. None of ours relies on it; a course is known by its
    absolute path.

    Parameters
    ----------
    folder : Path or None
        The assignment's source folder; None where answers see no files either.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._entered = False

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Work there for the length of a ``with``; one within another changes nothing."""
        if self._folder is None or self._entered:
            yield
            return
        # By descriptor: the folder may have another name by then, or be one that nobody may list.
        before = os.open(".", os.O_PATH)
        try:
            with tempfile.TemporaryDirectory(prefix="autograder-") as place:
                shutil.copytree(
                    self._folder, place, ignore=_left_out, ignore_dangling_symlinks=True, dirs_exist_ok=True
                )
                try:
                    self._entered = True
                    os.chdir(place)
                    yield
                finally:
                    self._entered = False
                    os.fchdir(before)
        finally:
            os.close(before)


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Name what no answer sees: notebooks, hidden files, links to folders, and what is no file."""
    return [name for name in names if _is_left_out(Path(folder, name))]


def _is_left_out(path: Path) -> bool:
    if path.name.startswith((".", "__pycache__")) or path.suffix == ".ipynb":
        return True
    return not path.is_file() and (path.is_symlink() or not path.is_dir())
