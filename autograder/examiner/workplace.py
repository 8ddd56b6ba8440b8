"""A working folder for trusted code that reads what lies beside the notebook, as answers do where whole notebooks run.

A copy: what it writes there is gone the next time, and ``source`` is as it was.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.examiner.guard import unsplit

LeftOut = Callable[[str, list[str]], list[str]]
States = dict[str, tuple[int, int] | None]


class Workplace:
    """Where trusted code works: a copy of an assignment's folder, or wherever the process is.

    The working folder is the process's, for all its threads: no two of them may enter one at the same time. None of
    ours relies on it; a course is known by its absolute path.

    Parameters
    ----------
    folder : Path or None
        The assignment's source folder; None where answers see no files either.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._entered = False
        self._copy: str | None = None
        self._copied: tuple[States, States] | None = None
        self._discard: Callable[[], object] = lambda: None

    def prepare(self) -> None:
        """Bring the copy to what the folder is now, which may take long: before anybody's time is counted.

        Raises
        ------
        OSError
            Where the folder cannot be copied.
        """
        if self._folder is None or self._entered or (self._copy and self._states(self._copy) == self._copied):
            return
        self._discard()
        self._copy = None
        place = tempfile.TemporaryDirectory(prefix="autograder-")
        self._discard = weakref.finalize(self, place.cleanup)
        try:
            shutil.copytree(
                self._folder, place.name, ignore=_left_out, ignore_dangling_symlinks=True, dirs_exist_ok=True
            )
        except BaseException:
            self._discard()
            raise
        self._copy, self._copied = place.name, self._states(place.name)

    def _states(self, copy: str) -> tuple[States, States]:
        # Each is compared with itself: another file system may keep times less exactly.
        assert self._folder is not None  # noqa: S101 - there is no copy of none
        return _states(self._folder, _left_out), _states(Path(copy), lambda *_: [])

    def entered(self) -> contextlib.AbstractContextManager[None]:
        """Work there for the length of a ``with``, in a copy of what the folder is now; see `prepare` and `prepared`.

        Raises
        ------
        OSError
            Where the folder cannot be copied.
        """
        self.prepare()
        return self.prepared()

    def prepared(self) -> contextlib.AbstractContextManager[None]:
        """Work in the copy that there is, for the length of a ``with``; one within another changes nothing.

        An alarm does not leave the process there.
        """
        return unsplit(self._inside())

    @contextlib.contextmanager
    def _inside(self) -> Iterator[None]:
        if self._copy is None or self._entered:
            yield
            return
        # By descriptor: the folder may have another name by then, or be one that nobody may list.
        before = os.open(".", os.O_PATH)
        try:
            self._entered = True
            os.chdir(self._copy)
            yield
        finally:
            self._entered = False
            os.fchdir(before)
            os.close(before)


def _states(root: Path, left_out: LeftOut) -> States:
    """Give time and size of the files below a folder, by relative path; of its folders, that they are there."""
    found: States = {}
    for folder, folders, files in os.walk(root):
        ignored = {*left_out(folder, [*folders, *files])}
        folders[:] = [name for name in folders if name not in ignored]
        for name in {*folders, *files} - ignored:
            path = Path(folder, name)
            state = path.stat() if path.is_file() else None
            found[str(path.relative_to(root))] = state and (state.st_mtime_ns, state.st_size)
    return found


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Name what no answer sees: notebooks, hidden files, links to folders, and what is no file."""
    return [name for name in names if _is_left_out(Path(folder, name))]


def _is_left_out(path: Path) -> bool:
    if path.name.startswith((".", "__pycache__")) or path.suffix == ".ipynb":
        return True
    return not path.is_file() and (path.is_symlink() or not path.is_dir())
