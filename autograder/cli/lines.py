"""``--json`` and ``--html``: records as lines of JSON, and pages, to a file or to standard output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from autograder.errors import UsageError


def check_writable(target: str | None) -> None:
    """Refuse, before any work is done, a file that cannot be written.

    Raises
    ------
    UsageError
    """
    if target not in {None, "-"} and not Path(str(target)).absolute().parent.is_dir():
        raise UsageError(f"{target} cannot be written: its folder does not exist. Nothing was graded.")


def write_lines(rows: Sequence[object], target: str) -> None:
    """Write one JSON object a record, a line each; ``-`` is standard output.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    import msgspec  # noqa: PLC0415 - only this way out needs it

    write_whole(b"".join(msgspec.json.encode(row) + b"\n" for row in rows), target)


def write_whole(content: bytes, target: str) -> None:
    """Write a file; ``-`` is standard output.

    Raises
    ------
    UsageError
        Where the file cannot be written.
    """
    if target == "-":
        typer.get_binary_stream("stdout").write(content)
        return
    path = Path(target)
    # Whole or not at all: a reader never sees half a file.
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from None
