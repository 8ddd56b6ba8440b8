"""Whose mistake it is that the machine refuses a place: the caller's, where the caller has chosen it."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeGuard

from autograder.course import find_root
from autograder.errors import UsageError

_OF_A_PLACE = (PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError, FileNotFoundError)
# SQLite tells the most of what a full disk does to it as an error of input or output.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM, errno.EIO}


def refused_place(error: BaseException, arguments: Sequence[str]) -> str:
    """Give the place that the machine refused, if it is the course's or one that the command line names; else nothing.

    A disk without room is not among these refusals, nor is a place that we have chosen ourselves.
    """
    if not (isinstance(error, _OF_A_PLACE) or _is_read_only(error)) or not isinstance(error.filename, str):
        return ""
    # A relative one is as the caller wrote it; ours are absolute.
    given, place = Path(error.filename), Path(error.filename).absolute()
    mine = not given.is_absolute() or any(place.is_relative_to(chosen) for chosen in _chosen(arguments))
    return error.filename if mine else ""


def what_next(error: OSError | MemoryError) -> str:
    """Say what to do where the machine refused what nobody chose."""
    if isinstance(error, MemoryError) or error.errno in _NO_ROOM:
        return "Make room on the disk and in memory, then run it again."
    if isinstance(error, PermissionError) or _is_read_only(error):
        return "Let it be written, then run it again."
    if error.errno == errno.EBUSY:
        return "Another program has it locked: close that, or let it end, then run it again."
    return "Put that right, then run it again."


def _is_read_only(error: BaseException) -> TypeGuard[OSError]:
    return isinstance(error, OSError) and error.errno == errno.EROFS


def _chosen(arguments: Sequence[str]) -> Iterator[Path]:
    with contextlib.suppress(UsageError):
        yield find_root(Path.cwd())
    for argument in arguments:
        value = argument.partition("=")[2] if argument.startswith("--") else argument
        if value and not value.startswith("-"):
            yield Path(value).absolute()
