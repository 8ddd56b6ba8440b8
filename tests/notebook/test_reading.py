"""Notebooks of any age and state are read; whatever is none is a `NotebookError` with a sentence for people."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import NotebookError
from autograder.notebook import parse, read
from autograder.notebook.reading import MAX_BYTES


def sources(document: object) -> list[str]:
    cells = parse(json.dumps(document).encode()).cells
    assert all(cell.grade_id == "" for cell in cells)
    return [cell.source for cell in cells]


def code(source: object, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], **more}


@pytest.mark.parametrize("minor", range(6))
def test_format_4_is_read_whatever_its_minor_version(minor: int) -> None:
    text = {"cell_type": "markdown", "source": "# title"}
    document = {"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": [text, code(["a = 1\n", "b = 2"])]}
    assert sources(document) == ["a = 1\nb = 2"]


def test_format_3_is_read_through_all_of_its_worksheets() -> None:
    old = [{"cells": [{"cell_type": "code", "input": [f"a = {n}"]}]} for n in range(2)]
    assert sources({"nbformat": 3, "worksheets": [*old, None, {"cells": None}]}) == ["a = 0", "a = 1"]


CELLS: dict[str, tuple[Any, list[str]]] = {
    "source as one text": (code("a = 1\nb = 2"), ["a = 1\nb = 2"]),
    "no source": ({"cell_type": "code"}, [""]),
    "source null": (code(None), [""]),
    "source a number": (code(3), [""]),
    "source a dictionary": (code({"a": 1}), [""]),
    "metadata null": (code("a", metadata=None), ["a"]),
    "metadata a list": (code("a", metadata=[1]), ["a"]),
    "nbgrader null": (code("a", metadata={"nbgrader": None}), ["a"]),
    "lone surrogate": (code("a = '\ud800'"), ["a = '?'"]),
    "null": (None, []),
    "a text": ("code", []),
    "a list": ([code("a")], []),
    "no type": ({"source": "a"}, []),
    "raw": ({"cell_type": "raw", "source": "a"}, []),
    "not a number in the outputs": (code("a", outputs=[float("nan")]), ["a"]),
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.values(), ids=CELLS)
def test_an_odd_cell_costs_nothing_but_itself(cell: object, expected: list[str]) -> None:
    assert sources({"cells": [cell, code("last")]}) == [*expected, "last"]


def test_nbgrader_metadata_is_kept() -> None:
    metadata = {"nbgrader": {"grade_id": "cost", "solution": True}}
    (cell,) = parse(json.dumps({"cells": [code("a", metadata=metadata)]}).encode()).cells
    assert (cell.grade_id, cell.nbgrader["solution"]) == ("cost", True)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert (
        parse(b"\xef\xbb\xbf" + json.dumps({"cells": [code("é")]}, ensure_ascii=False).encode()).cells[0].source == "é"
    )


NO_NOTEBOOKS = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "not JSON"),
    "Python": (b"def f():\n    return 1\n", "not JSON.* in line 1"),
    "cut off": (b'{"cells": [', "not JSON"),
    "UTF-16": ('{"cells": []}'.encode("utf-16"), "no text in UTF-8"),
    "latin-1": ('{"cells": ["é"]}'.encode("latin-1"), "no text in UTF-8"),
    "image": (b"\x89PNG\r\n\x1a\n\x00", "no text in UTF-8"),
    "list": (b"[]", "no list of cells"),
    "number": (b"NaN", "no list of cells"),
    "null": (b"null", "no list of cells"),
    "no cells": (b"{}", "no list of cells"),
    "cells null": (b'{"cells": null}', "no list of cells"),
    "cells a dictionary": (b'{"cells": {"0": {}}}', "no list of cells"),
    "worksheets a number": (b'{"worksheets": 3}', "no list of cells"),
    "nested 100,000 deep": (b"[" * 100_000, "nested too deeply"),
    "number of 10,000 digits": (b'{"cells": [' + b"1" * 10_000 + b"]}", "numbers too long"),
    "6000 cells": (json.dumps({"cells": [None] * 6000}).encode(), "6,000 cells, more than the 5,000"),
}


@pytest.mark.parametrize(("data", "message"), NO_NOTEBOOKS.values(), ids=NO_NOTEBOOKS)
def test_what_is_no_notebook_says_why(data: bytes, message: str) -> None:
    with pytest.raises(NotebookError, match=message):
        parse(data)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [code("a")]}), encoding="utf-8")
    assert [cell.source for cell in read(path).cells] == ["a"]


def test_a_directory_is_no_notebook(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no regular file"):
        read(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ipynb")
    with pytest.raises(NotebookError, match="no regular file"):
        read(tmp_path / "a.ipynb")


def test_a_file_that_is_not_there_is_no_notebook(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="no regular file"):
        read(tmp_path / "a.ipynb")


def test_a_name_that_no_file_can_have_is_no_notebook(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="cannot be read"):
        read(tmp_path / ("a" * 5000))


def test_a_file_beyond_the_cap_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.ipynb"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(NotebookError, match=r"more than the .* allowed\. Clear its outputs"):
        read(path)
