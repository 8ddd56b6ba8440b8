"""Between our reading of notebooks and nbgrader's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode, from_dict, writes
from nbformat.v4 import nbformat, nbformat_minor

from autograder.notebook import Cell, Document, read_document

_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
# What else stands in a cell's metadata may be anything, and nothing that follows reads it.
_KEPT = {"deletable": bool, "editable": bool, "tags": list}
# nbgrader's own of a cell, each a text, a number or a truth value; what is nested ends nbformat's copying.
_CLAIMED = (
    "cell_type", "checksum", "grade", "grade_id", "locked", "points", "schema_version", "solution", "task",
)  # fmt: skip


class ForgivingExporter(NotebookExporter):
    """Reads a notebook file as we do: of any age, valid or not; stands in the place of nbgrader's exporter.

    nbgrader's own stops at the first cell that lacks a member. Outputs are not read: nbgrader clears them.
    """

    def from_file(
        self, file_stream: IO[str], resources: dict[str, Any] | None = None, **_: object
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Read a notebook, and put it through the preprocessors; nbconvert calls it.

        Raises
        ------
        NotebookError
            Where the file is no notebook.
        """
        document = read_document(Path(file_stream.name))
        return self.from_notebook_node(to_node(document), resources=resources)


def to_document(notebook: NotebookNode) -> Document:
    """Read nbformat's notebook as ours."""
    cells = tuple(
        Cell(c.cell_type, c.source, c.metadata, c.get("id", ""), c.get("attachments", {})) for c in notebook.cells
    )
    return Document(cells, notebook.metadata)


def to_node(document: Document) -> NotebookNode:
    """Make a valid notebook of format 4.5, the same each time."""
    # Not by nbformat's own functions for this: they validate each cell by itself, which takes longer than all else.
    seen: set[str] = set()
    cells = [_node(cell, number, seen) for number, cell in enumerate(document.cells, 1)]
    metadata = from_dict(_metadata(document))
    return NotebookNode(cells=cells, metadata=metadata, nbformat=nbformat, nbformat_minor=nbformat_minor)


def to_text(document: Document) -> str:
    """Write a notebook as a file's text."""
    return f"{writes(to_node(document))}\n"


def _node(cell: Cell, number: int, seen: set[str]) -> NotebookNode:
    name = cell.id if _ID.fullmatch(cell.id) and cell.id not in seen else f"cell-{number}"
    while name in seen:
        name += "-again"
    seen.add(name)
    metadata = {key: cell.metadata[key] for key, kind in _KEPT.items() if isinstance(cell.metadata.get(key), kind)}
    if isinstance(metadata.get("tags"), list):
        metadata["tags"] = sorted({_whole(tag) for tag in metadata["tags"] if isinstance(tag, str) and "," not in tag})
    if claimed := {
        key: cell.nbgrader[key] for key in _CLAIMED if isinstance(cell.nbgrader.get(key), str | int | float)
    }:
        metadata["nbgrader"] = claimed
    made = from_dict({"id": name, "cell_type": cell.kind, "metadata": metadata, "source": cell.source})
    if cell.kind == "code":
        made.update(execution_count=None, outputs=[])
    if cell.kind == "markdown" and cell.attachments:
        made.attachments = from_dict(_whole({k: v for k, v in cell.attachments.items() if isinstance(v, dict)}))
    return made


def _metadata(document: Document) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, wanted in (("kernelspec", ("name", "display_name")), ("language_info", ("name",))):
        value = document.metadata.get(key)
        if isinstance(value, dict) and all(isinstance(value.get(member), str) for member in wanted):
            kept[key] = _whole({member: text for member, text in value.items() if isinstance(text, str)})
    return kept


def _whole(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold
    """Put question marks for lone surrogates, which are legal in JSON and in no file, as the reading of cells does."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {_whole(name): _whole(one) for name, one in value.items()} if isinstance(value, dict) else value
