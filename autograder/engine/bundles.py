"""What a worker must have of the course to grade one assignment, as bytes: no file system is shared with it."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.engine.following import follow
from autograder.engine.versions import versions
from autograder.files import python_text

SETTINGS = "course.toml"
REFERENCE = "reference"
_AT_RUN_TIME = re.compile(r"\bimportlib\b|\b__import__\b")
# Folders of the reference that nothing is graded with.
_OF_AUDITS = ("confirmed", "right")


@dataclass(frozen=True)
class Bundle:
    """The trusted files of one assignment.

    Parameters
    ----------
    assignment : str
    files : tuple of (str, bytes)
        Paths relative to the course folder, in order: what it asks and the helpers, what these need of the package
        ``reference``, and the course's settings.
    versions : str
        With which it is to be graded.
    """

    assignment: str
    files: tuple[tuple[str, bytes], ...]
    versions: str

    @cached_property
    def hash(self) -> str:
        """Name of the content: whoever has a bundle of this hash needs no other."""
        digest = hashlib.sha256(f"{self.assignment}\0{self.versions}".encode())
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


def pack(root: Path, assignment: str, sources: Mapping[Path, bytes], modules: Iterable[str]) -> Bundle:
    """Make the bundle of an assignment.

    Of the package ``reference`` it has what the assignment imports, so that a change of another assignment's reference
    is none of this one; and everything where a module is imported by a name that is made at run time.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    sources : mapping of Path to bytes
        Its own files, below the course folder.
    modules : iterable of str
        Dotted names of those that it asks for.

    Raises
    ------
    OSError
        A file cannot be read.
    UsageError
        Python cannot read a module.
    """
    reference = {path: path.read_bytes() for path in _reference(root / REFERENCE, modules)}
    files = {path.relative_to(root).as_posix(): data for path, data in (reference | dict(sources)).items()}
    settings = root / SETTINGS
    if settings.is_file():
        files[SETTINGS] = settings_of(settings.read_text(encoding="utf-8"), assignment).encode()
    return Bundle(assignment, tuple(sorted(files.items())), versions())


def settings_of(text: str, assignment: str) -> str:
    """Give what a course's settings say of one assignment: where the others are not, their names would be faults.

    Parameters
    ----------
    text : str
        Of ``course.toml``.
    assignment : str

    Raises
    ------
    ValueError
        Where it is no TOML.
    """
    document = tomllib.loads(text)
    own = document.get("assignments", {}).get(assignment, {})
    top, limits = _plain(document) | _plain(own), document.get("limits", {}) | own.get("limits", {})
    return "\n".join([*_lines(top), "[limits]", *_lines(limits), ""])


def _plain(table: Mapping[str, object]) -> dict[str, object]:
    """Give what a table says without the tables in it."""
    return {key: value for key, value in table.items() if not isinstance(value, dict)}


def _lines(table: Mapping[str, object]) -> list[str]:
    # Numbers, texts and truth values are written in TOML as in JSON.
    return [f"{key} = {json.dumps(value)}" for key, value in table.items()]


def _reference(folder: Path, modules: Iterable[str]) -> list[Path]:
    found = list(_files(folder))
    needed = set(follow(modules, {REFERENCE: folder}).files.values())
    if any(_AT_RUN_TIME.search(python_text(path)) for path in needed):
        return found
    return [path for path in found if path in needed or (path.suffix != ".py" and path.parent.name not in _OF_AUDITS)]


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in inside):
            yield path
