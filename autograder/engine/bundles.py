"""What a worker must have of the course to grade one assignment, as bytes: no file system is shared with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SETTINGS = "course.toml"


@dataclass(frozen=True)
class Bundle:
    """The trusted files of one assignment.

    Parameters
    ----------
    assignment : str
    files : tuple of (str, bytes)
        Paths relative to the course folder, in order: the source notebooks and their helpers, the package
        ``reference``, and the course's settings.
    """

    assignment: str
    files: tuple[tuple[str, bytes], ...]

    @cached_property
    def hash(self) -> str:
        """Name of the content: whoever has a bundle of this hash needs no other."""
        digest = hashlib.sha256(self.assignment.encode())
        for name, data in self.files:
            digest.update(f"\0{name}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()

    def unpack(self, folder: Path) -> None:
        """Write the files below a folder, which is a course folder of this assignment then."""
        for name, data in self.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def pack(root: Path, assignment: str) -> Bundle:
    """Read the bundle of an assignment.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str

    Raises
    ------
    OSError
        A file cannot be read.
    """
    paths = [path for part in (root / "source" / assignment, root / "reference") for path in _files(part)]
    settings = root / SETTINGS
    paths += [settings] if settings.is_file() else []
    named = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    return Bundle(assignment, tuple((name, path.read_bytes()) for name, path in named))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in inside):
            yield path
