"""From bytes to code cells. Validation is not needed to find an answer, so a notebook need not be valid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import NotebookError

MAX_BYTES = 32 * 2**20
_MAX_CELLS = 5000


@dataclass(frozen=True, slots=True)
class CodeCell:
    """One code cell.

    Parameters
    ----------
    source : str
    nbgrader : mapping
        nbgrader's metadata of the cell; empty where there is none.
    """

    source: str
    nbgrader: Mapping[str, Any]

    @property
    def grade_id(self) -> str:
        """Name of the cell for nbgrader, or an empty string."""
        return str(self.nbgrader.get("grade_id", ""))


@dataclass(frozen=True, slots=True)
class Notebook:
    """The code cells of a notebook, in order."""

    cells: tuple[CodeCell, ...]


def read(path: Path) -> Notebook:
    """Read a notebook file.

    Raises
    ------
    NotebookError
        Where the file cannot be read, is too large, or is no notebook.
    """
    try:
        if not path.is_file():
            raise NotebookError("This is no regular file; a notebook is wanted.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise NotebookError(f"The file has {size:,} bytes, more than the {MAX_BYTES:,} allowed. Clear its outputs.")
        data = path.read_bytes()
    except OSError as error:
        raise NotebookError(f"The file cannot be read: {error.strerror}.") from None
    return parse(data)


def parse(data: bytes) -> Notebook:
    """Read a notebook of any format version from 3 on.

    Raises
    ------
    NotebookError
        Where the bytes are no notebook.
    """
    if not data.strip():
        raise NotebookError("The file is empty; a notebook is wanted.")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotebookError("The file is no text in UTF-8, so it is no notebook.") from None
    except json.JSONDecodeError as error:
        raise NotebookError(
            f"The file is not JSON, so it is no notebook: {error.msg} in line {error.lineno}."
        ) from None
    except (RecursionError, ValueError):
        raise NotebookError("The file is JSON nested too deeply or with numbers too long for a notebook.") from None
    return Notebook(tuple(_code_cells(document)))


def _code_cells(document: object) -> list[CodeCell]:
    cells = _cells(document)
    if cells is None:
        raise NotebookError("The file is JSON but has no list of cells, so it is no notebook.")
    if len(cells) > _MAX_CELLS:
        raise NotebookError(f"The notebook has {len(cells):,} cells, more than the {_MAX_CELLS:,} allowed.")
    found = []
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            # Format 3 calls the source of a code cell its input.
            source = _text(cell.get("source", cell.get("input", "")))
            metadata = cell.get("metadata")
            nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
            found.append(CodeCell(source, nbgrader if isinstance(nbgrader, dict) else {}))
    return found


def _cells(document: object) -> list[object] | None:
    if not isinstance(document, dict):
        return None
    cells = document.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = document.get("worksheets")
    if isinstance(sheets, list):
        parts = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        return [cell for part in parts if isinstance(part, list) for cell in part]
    return None


def _text(source: object) -> str:
    text = "".join(map(str, source)) if isinstance(source, list) else source
    # Lone surrogates are legal in JSON and in no file; a question mark cannot change what Python reads.
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""
