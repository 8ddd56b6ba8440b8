"""Whose mistake it is that the machine refuses a place: the caller's, where the caller has chosen it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course import find_root
from autograder.errors import UsageError

_OF_A_PLACE = (PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError)


def refused_place(error: BaseException, arguments: Sequence[str]) -> str:
    """Give the place that the machine refused, if it is the course's or one that the command line names; else nothing.

    A disk without room is not among these refusals, nor is a place that we have chosen ourselves.
    """
    if not isinstance(error, _OF_A_PLACE) or not isinstance(error.filename, str):
        return ""
    # A relative one is as the caller wrote it; ours are absolute.
    given, place = Path(error.filename), Path(error.filename).absolute()
    mine = not given.is_absolute() or any(place.is_relative_to(chosen) for chosen in _chosen(arguments))
    return error.filename if mine else ""


def _chosen(arguments: Sequence[str]) -> Iterator[Path]:
    with contextlib.suppress(UsageError):
        yield find_root(Path.cwd())
    for argument in arguments:
        value = argument.partition("=")[2] if argument.startswith("--") else argument
        if value and not value.startswith("-"):
            yield Path(value).absolute()
