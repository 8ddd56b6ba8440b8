"""The trusted modules of one assignment: its helpers and the reference, apart from those of any other."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from autograder.course import python_files
from autograder.examiner.rewinding import Forgotten, Rewound

_REFERENCE = "reference"


class TrustedModules:
    """Makes ``import reference`` and ``import reg_utils`` mean those of one course and one assignment.

    Two assignments both have a module ``testCases``, and two courses both a package ``reference``; each
    `TrustedModules` keeps its own. Nothing else of the course folder can be imported: it is sent to no worker.

    Parameters
    ----------
    root : Path
        The course folder, which holds the package ``reference``.
    folder : Path
        The assignment's source folder, which holds its helper modules and packages.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._folder = str(folder)
        self._names = {path.stem for path in python_files(folder)} | {path.name for path in _packages(folder)}
        # A helper of that name comes first, as it does among students.
        self._first = [] if _REFERENCE in self._names else [_Reference(root / _REFERENCE)]
        self._last = _Misplaced(root, folder)
        if (root / _REFERENCE).is_dir():
            self._names.add(_REFERENCE)
        self._own: dict[str, ModuleType] = {}
        self._generators = Rewound()
        self._calls = Forgotten(_REFERENCE)

    @contextmanager
    def importable(self) -> Iterator[None]:
        """Bring the modules in, for the length of a ``with``."""
        others = self._taken_out()
        before = sys.path[:]
        sys.path.insert(0, self._folder)
        sys.meta_path[:] = [*self._first, *sys.meta_path, self._last]
        sys.modules.update(self._own)
        self.rewind()
        try:
            yield
        finally:
            self._own = self._taken_out()
            sys.path[:] = before
            # What others have added meanwhile stays.
            for finder in (*self._first, self._last):
                sys.meta_path.remove(finder)
            sys.modules.update(others)
            self._generators.learn(self._own.values())
            self._calls.learn(self._own.values())

    def rewind(self) -> None:
        """Let the modules draw again what they drew first from the random generators that they keep."""
        self._generators.rewind()
        self.forget()

    def forget(self) -> None:
        """Let the modules' functions keep nothing of earlier calls."""
        self._calls.forget()

    def _taken_out(self) -> dict[str, ModuleType]:
        names = [name for name in sys.modules if name.split(".")[0] in self._names]
        return {name: sys.modules.pop(name) for name in names}


class _Reference(MetaPathFinder):
    """Finds the package ``reference`` of a course before any that is installed, with an ``__init__.py`` or not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != _REFERENCE or not self._folder.is_dir():
            return None
        first, places = self._folder / "__init__.py", [str(self._folder)]
        if first.is_file():
            return spec_from_file_location(name, first, submodule_search_locations=places)
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = places
        return spec


class _Misplaced(MetaPathFinder):
    """Says of what nobody has found, where it lies in the course folder, why that is so."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._beside = folder.relative_to(root)

    def find_spec(self, name: str, path: Sequence[str] | None, _: ModuleType | None = None) -> ModuleSpec | None:
        if path is not None:
            return None
        file, folder = self._root / f"{name}.py", self._root / name
        if not file.is_file() and not python_files(folder):
            return None
        found = file.name if file.is_file() else name
        raise ModuleNotFoundError(
            f"No module named {name!r}: {found} lies in the course folder itself, where nothing is imported from; "
            f"move it to {_REFERENCE}/{found} and import {_REFERENCE}.{name}, "
            f"or, for a cell that students run too, to {self._beside}/{found}",
            name=name,
        )


def _packages(folder: Path) -> Iterator[Path]:
    """Find the folders that can be imported: those with Python files at any depth, with an ``__init__.py`` or not."""
    return (path for path in folder.glob("*/") if any(path.rglob("*.py")))
