"""Where commands write to, and ``--json``: records as lines of JSON, to a file or to standard output."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from autograder import files
from autograder.cli.terminal import is_stdout
from autograder.errors import UsageError

# Refusals of the place that the caller has chosen. A disk without room, or a broken one, is nobody's choice.
_OF_THE_PLACE = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.EEXIST,
    errno.ENOENT,
    errno.ENAMETOOLONG,
    errno.ELOOP,
}


def check_file(target: str | Path | None) -> None:
    """Refuse, before any work is done, a file that cannot be written.

    Parameters
    ----------
    target : str or Path or None
        The file; the text ``-`` is standard output, and None is nowhere.

    Raises
    ------
    UsageError
        It is a folder, or its folder does not exist, or there can be no such file.
    """
    if target is None or is_stdout(target):
        return
    path = Path(str(target))
    with _of_the_callers(path, " Nothing was done."):
        if path.is_dir():
            raise UsageError(f"{target} cannot be written: it is a folder. Name a file. Nothing was done.")
        _check_place(path)


def check_folder(target: Path) -> None:
    """Refuse, before any work is done, a folder that cannot be made.

    Parameters
    ----------
    target : Path
        The folder; it may be there already.

    Raises
    ------
    UsageError
        It is standard output or a file, or the folder that it would be in does not exist, or there can be no such
        folder.
    """
    if is_stdout(target):
        raise UsageError(f"{target} is standard output, and a folder is wanted. Name a folder. Nothing was done.")
    with _of_the_callers(target, " Nothing was done."):
        if target.exists() and not target.is_dir():
            raise UsageError(f"{target} cannot be written: it is no folder. Name a folder. Nothing was done.")
        _check_place(target)


def _check_place(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path} cannot be written: its folder does not exist. Nothing was done.")


def write_lines(rows: Sequence[object], target: str) -> None:
    """Write one JSON object a record, a line each.

    Parameters
    ----------
    rows : sequence of records
    target : str
        The file; ``-`` is standard output.

    Raises
    ------
    UsageError
        Where the file cannot be written there.
    OSError
        Where the disk does not take it; it names the file.
    """
    import msgspec  # noqa: PLC0415 - only this way out needs it

    write_whole(b"".join(msgspec.json.encode(row) + b"\n" for row in rows), target)


def write_whole(content: bytes, target: str) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    content : bytes
    target : str
        The file; ``-`` is standard output.

    Raises
    ------
    UsageError
        Where the file cannot be written there.
    OSError
        Where the disk does not take it; it names the file.
    """
    if is_stdout(target):
        stdout = typer.get_binary_stream("stdout")
        stdout.write(content)
        # A reader that has left is noticed now, and not where Python ends.
        stdout.flush()
        return
    with whole_at(target) as part:
        part.write_bytes(content)


@contextlib.contextmanager
def whole_at(target: str) -> Iterator[Path]:
    """Write a file, whole or not at all, where the caller has said.

    Parameters
    ----------
    target : str
        The file; ``-`` is standard output.

    Yields
    ------
    Path
        Where to write. What is for standard output is a file first; where none is written, nothing goes there.

    Raises
    ------
    UsageError
        Where the file cannot be written there.
    OSError
        Where the disk does not take it; it names the file.
    """
    path = Path(target)
    if is_stdout(target):
        with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
            part = Path(folder, "out")
            yield part
            if part.is_file():
                write_whole(part.read_bytes(), target)
        return
    with _of_the_callers(path), files.whole(path) as part:
        yield part


@contextlib.contextmanager
def straight_at(target: str) -> Iterator[Path]:
    """Write to a file by its own name, and not beside its place; else as `whole_at`."""
    if is_stdout(target):
        with whole_at(target) as part:
            yield part
    else:
        with _of_the_callers(Path(target)):
            yield Path(target)


@contextlib.contextmanager
def _of_the_callers(target: Path, more: str = "") -> Iterator[None]:
    """Tell a refusal of the place that the caller has chosen as a mistake of theirs; and of every other, the place."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(target)
        if error.errno in _OF_THE_PLACE and Path(str(error.filename)).absolute() == target.absolute():
            raise UsageError(f"{target} cannot be written: {error.strerror}.{more}") from None
        raise
