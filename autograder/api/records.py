"""What grading found, kept in the course folder, so that reports and exports can be made on another day."""

from __future__ import annotations

from collections.abc import Container, Mapping
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


@dataclass(frozen=True, slots=True)
class Found:
    """What was kept of an assignment.

    Parameters
    ----------
    rows : dict of (student, notebook) to NotebookResult or Unreadable
    damaged : tuple of Path
        Files that cannot be read, damaged or of another version: who they are of is to be graded anew.
    """

    rows: dict[Key, Row]
    damaged: tuple[Path, ...]


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


def drop_others(root: Path, assignment: str, student: str, handed_in: Container[str]) -> None:
    """Take away what was kept of notebooks that a student hands in no longer.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment, student : str
    handed_in : container of str
        Names of the notebooks that are handed in.

    Raises
    ------
    OSError
        The disk does not let them go.
    """
    for path in (root / FOLDER / assignment / student).glob("*.json"):
        if path.stem not in handed_in:
            path.unlink(missing_ok=True)


def kept(root: Path, assignment: str) -> dict[Key, Row]:
    """Give what was kept of an assignment and can be read.

    Returns
    -------
    dict of (student, notebook) to NotebookResult or Unreadable
        By student and notebook.
    """
    return read(root, assignment).rows


def read(root: Path, assignment: str) -> Found:
    """Read what was kept of an assignment, and say which of it cannot be read.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    """
    decoder = msgspec.json.Decoder(_Kept)
    rows: dict[Key, Row] = {}
    damaged = []
    for path in sorted((root / FOLDER / assignment).glob("*/*.json")):
        try:
            found = decoder.decode(path.read_bytes())
        except FileNotFoundError:
            continue  # taken away meanwhile
        except msgspec.DecodeError:
            found = _Kept()
        row = found.result or found.unreadable
        if row is None:
            damaged.append(path)
        else:
            rows[path.parent.name, path.stem] = row
    return Found(rows, tuple(damaged))
