"""From files to notebooks. Validation is not needed to find an answer, so a notebook need not be valid."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.errors import NotebookError
from autograder.notebook.decoding import decode, text_of
from autograder.notebook.records import Cell, Document, Notebook

MAX_BYTES = 128 * 2**20
_CHUNK = 2**20
_KINDS = {"code": "code", "markdown": "markdown", "raw": "raw", "heading": "markdown", "html": "markdown"}


def read(path: Path) -> Notebook:
    """Read the code cells of a notebook file.

    Raises
    ------
    NotebookError
        Where the file cannot be read, is too large, or is no notebook.
    """
    return read_document(path).notebook()


def read_document(path: Path) -> Document:
    """Read a notebook file, without its outputs.

    Raises
    ------
    NotebookError
        Where the file cannot be read, is too large, or is no notebook.
    """
    try:
        return parse_document(_bytes(path))
    except OSError as error:
        raise NotebookError(f"The file cannot be read: {error.strerror}.") from None
    except ValueError:
        raise NotebookError("The file cannot be read: its name holds what no file's name can.") from None


def parse_document(data: bytes | bytearray) -> Document:
    """Read a notebook of any format version from 2 on, without its outputs.

    Raises
    ------
    NotebookError
        Where the bytes are no notebook.
    """
    try:
        members = decode(data)
    except MemoryError:
        raise NotebookError("The file needs more memory than there is. Clear its outputs.") from None
    cells = tuple(_cell(cell) for cell in members.cells if isinstance(cell, dict) and _kind(cell))
    return Document(cells, _table(members.metadata), members.notices)


def _bytes(path: Path) -> bytearray:
    """Read a regular file up to the cap, whatever becomes of it meanwhile; a pipe is not waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        raise NotebookError("This is no regular file; a notebook is wanted.")
    data = bytearray()
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        # It is read to its end, not to the size that it had: it may grow or shrink while it is read.
        while about.st_size <= MAX_BYTES and len(data) <= MAX_BYTES and (chunk := file.read(_CHUNK)):
            data += chunk
    size = max(about.st_size, len(data))
    if size > MAX_BYTES:
        raise NotebookError(f"The file has {size:,} bytes, more than the {MAX_BYTES:,} allowed. Clear its outputs.")
    return data


def _kind(cell: Mapping[str, Any]) -> str:
    kind = cell.get("cell_type")
    return _KINDS.get(kind, "") if isinstance(kind, str) else ""


def _cell(cell: Mapping[str, Any]) -> Cell:
    # Format 3 calls the source of a code cell its input.
    source = cell.get("source") or cell.get("input") or ""
    name, attachments = cell.get("id"), cell.get("attachments")
    return Cell(
        kind=_kind(cell),
        source=text_of(source),
        metadata=_table(cell.get("metadata")),
        id=name if isinstance(name, str) else "",
        attachments=_table(attachments) if _kind(cell) == "markdown" else {},
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
