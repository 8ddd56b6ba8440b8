"""Grading one notebook after another in a process that may live for weeks; what nbgrader calls through the bridge."""

from __future__ import annotations

import atexit
from pathlib import Path

from autograder.api.notebooks import Grader
from autograder.course import SETTINGS, source_files
from autograder.notebook import parse_document
from autograder.results import NotebookResult

_Files = frozenset[tuple[Path, int, int]]

_kept: dict[Path, tuple[_Files, Grader]] = {}


def examine(text: str, notebook: str, assignment: str, root: Path) -> NotebookResult:
    """Grade the text of one submitted notebook.

    Parameters
    ----------
    text : str
        The notebook's JSON.
    notebook : str
        Its nbgrader name.
    assignment : str
    root : Path
        The course folder.
    """
    return _grader(root).grade(parse_document(text.encode()), notebook, notebook, assignment)


def _grader(root: Path) -> Grader:
    """Keep one grader warm as long as the course is as it has read it: instructors write while a server runs."""
    files = _files(root)
    if root not in _kept or _kept[root][0] != files:
        _close()
        _kept[root] = files, Grader(root).__enter__()
    return _kept[root][1]


def _files(root: Path) -> _Files:
    read = [root / SETTINGS, *root.glob("reference/**/*.p[yo]")]
    for folder in root.glob("source/*"):
        read += source_files(root, folder.name)
    states = [(path, path.stat()) for path in read if path.is_file()]
    return frozenset((path, state.st_mtime_ns, state.st_size) for path, state in states)


@atexit.register
def _close() -> None:
    while _kept:
        _kept.popitem()[1][1].__exit__(None, None, None)
