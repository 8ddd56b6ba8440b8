"""What grading found, kept in the course folder, so that reports and exports can be made on another day."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.files import write
from autograder.results import NotebookResult, Unreadable

FOLDER = "results"

Key = tuple[str, str]
Row = NotebookResult | Unreadable


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file of the store: one notebook of one student."""

    result: NotebookResult | None = None
    unreadable: Unreadable | None = None


def keep(root: Path, assignment: str, results: Mapping[Key, Row]) -> None:
    """Keep results; those of the same student and notebook are replaced, each whole or not at all.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    results : mapping of (student, notebook) to NotebookResult or Unreadable

    Raises
    ------
    OSError
        The disk does not take them.
    """
    for (student, notebook), row in results.items():
        path = root / FOLDER / assignment / student / f"{notebook}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = _Kept(result=row) if isinstance(row, NotebookResult) else _Kept(unreadable=row)
        write(path, msgspec.json.encode(kept))


def kept(root: Path, assignment: str) -> dict[Key, Row]:
    """Read what was kept of an assignment.

    Returns
    -------
    dict of (student, notebook) to NotebookResult or Unreadable
        By student and notebook. A file that another version wrote and this one cannot read is left out: grade anew.
    """
    return dict(_read((root / FOLDER / assignment).glob("*/*.json")))


def _read(paths: Iterator[Path]) -> Iterator[tuple[Key, Row]]:
    decoder = msgspec.json.Decoder(_Kept)
    for path in sorted(paths):
        with contextlib.suppress(msgspec.DecodeError, FileNotFoundError):
            found = decoder.decode(path.read_bytes())
            row = found.result or found.unreadable
            if row is not None:
                yield (path.parent.name, path.stem), row
