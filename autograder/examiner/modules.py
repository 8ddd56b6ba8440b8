"""The trusted modules of one assignment: its helpers and the reference, apart from those of any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType


class TrustedModules:
    """Makes ``import reference`` and ``import reg_utils`` mean those of one course and one assignment.

    Two assignments both have a module ``testCases``, and two courses both a package ``reference``; each
    `TrustedModules` keeps its own.

    Parameters
    ----------
    root : Path
        The course folder, which holds the package ``reference``.
    folder : Path
        The assignment's source folder, which holds its helper modules and packages.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._path = [str(folder), str(root)]
        self._names = {path.stem for path in folder.glob("*.py")} | {path.name for path in _packages(folder)}
        if (root / "reference").is_dir():
            self._names.add("reference")
        self._own: dict[str, ModuleType] = {}

    @contextmanager
    def importable(self) -> Iterator[None]:
        """Bring the modules in, for the length of a ``with``."""
        others = self._taken_out()
        before = sys.path[:]
        sys.path[:0] = self._path
        sys.modules.update(self._own)
        try:
            yield
        finally:
            self._own = self._taken_out()
            sys.path[:] = before
            sys.modules.update(others)

    def _taken_out(self) -> dict[str, ModuleType]:
        names = [name for name in sys.modules if name.split(".")[0] in self._names]
        return {name: sys.modules.pop(name) for name in names}


def _packages(folder: Path) -> Iterator[Path]:
    """Find the folders that can be imported: those with Python files at any depth, with an ``__init__.py`` or not."""
    return (path for path in folder.glob("*/") if any(path.rglob("*.py")))
