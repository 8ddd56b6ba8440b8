"""Notebooks of any age and state are read; whatever is none is a `NotebookError` with a sentence for people."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import NotebookError
from autograder.notebook import parse_document, read
from autograder.notebook.reading import MAX_BYTES


def sources(document: object) -> list[str]:
    cells = parse_document(json.dumps(document).encode()).notebook().cells
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


@pytest.mark.parametrize("more", [{}, {"outputs": [float("nan")]}], ids=["strict", "lenient"])
@pytest.mark.parametrize("form", [2, 3])
def test_lines_that_old_formats_write_without_their_ends_are_lines(form: int, more: dict[str, Any]) -> None:
    lines = ["def f():", "    return 1"]
    cell = {"cell_type": "code", "input": lines, **more}
    assert sources({"nbformat": form, "worksheets": [{"cells": [cell]}]}) == ["\n".join(lines)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_line_ends_of_every_system_are_read_as_python_does(end: str) -> None:
    assert sources({"cells": [code(f"def f():{end}    return 1")]}) == ["def f():\n    return 1"]


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
    (cell,) = parse_document(json.dumps({"cells": [code("a", metadata=metadata)]}).encode()).notebook().cells
    assert (cell.grade_id, cell.nbgrader["solution"]) == ("cost", True)


def test_a_byte_order_mark_is_no_fault() -> None:
    document = b"\xef\xbb\xbf" + json.dumps({"cells": [code("é")]}, ensure_ascii=False).encode()
    assert parse_document(document).notebook().cells[0].source == "é"


ONE_CELL = json.dumps({"cells": [code("a = 'é'")]}, ensure_ascii=False)
ODD_BYTES = {
    "byte order mark": (ONE_CELL.encode("utf-8-sig"), "é", 0),
    "UTF-16": (ONE_CELL.encode("utf-16"), "é", 1),
    "UTF-16, big-endian": (b"\xfe\xff" + ONE_CELL.encode("utf-16-be"), "é", 1),
    "latin-1": (ONE_CELL.encode("latin-1"), "\ufffd", 1),
    "zero bytes at the end": (ONE_CELL.encode() + bytes(512), "é", 0),
    "NaN in an output": (ONE_CELL.replace("[]", "[NaN, Infinity]").encode(), "é", 0),
    "lone surrogate in an output": (ONE_CELL.replace("[]", r'["\ud800"]').encode(), "é", 0),
    "line end inside a text": (ONE_CELL.replace("[]", '["a\nb"]').encode(), "é", 0),
    "number of 10,000 digits": (ONE_CELL.replace("[]", "[" + "1" * 10_000 + "]").encode(), "é", 0),
    "a member twice, the last counts": (ONE_CELL.replace('"source"', '"source": "b", "source"').encode(), "é", 0),
}


@pytest.mark.parametrize(("data", "shown", "notices"), ODD_BYTES.values(), ids=ODD_BYTES)
def test_odd_bytes_are_read(data: bytes, shown: str, notices: int) -> None:
    document = parse_document(data)
    assert [cell.source for cell in document.cells] == [f"a = '{shown}'"]
    assert len(document.notices) == notices


NO_NOTEBOOKS = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "not JSON"),
    "Python": (b"def f():\n    return 1\n", "not JSON.* in line 1"),
    "cut off": (b'{"cells": [', "cut off"),
    "cut off inside a text": (b'{"cells": [{"source": ["a = 1', "inside a text: it is cut off"),
    "bytes": (bytes(range(256)), "not JSON"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00", "no notebook but a picture"),
    "zip archive": (b"PK\x03\x04" + bytes(30), "no notebook but a zip archive"),
    "PDF": (b"%PDF-1.7", "no notebook but a PDF"),
    "web page": (b"\n<!DOCTYPE html><html><body>Sign in", "no notebook but a web page"),
    "conflict": (b'{\n<<<<<<< HEAD\n"cells": [],\n=======\n>>>>>>> b\n}', "merge conflict"),
    "zero bytes": (bytes(5000), "empty"),
    "list": (b"[]", "no list of cells"),
    "number": (b"NaN", "no list of cells"),
    "null": (b"null", "no list of cells"),
    "no cells": (b"{}", "no list of cells"),
    "cells null": (b'{"cells": null}', "no list of cells"),
    "cells a dictionary": (b'{"cells": {"0": {}}}', "no list of cells"),
    "worksheets a number": (b'{"worksheets": 3}', "no list of cells"),
    "nested 100,000 deep": (b"[" * 100_000, "nested too deeply"),
    "6000 cells": (json.dumps({"cells": [None] * 6000}).encode(), "6,000 cells, more than the 5,000"),
}


@pytest.mark.parametrize(("data", "message"), NO_NOTEBOOKS.values(), ids=NO_NOTEBOOKS)
def test_what_is_no_notebook_says_why(data: bytes, message: str) -> None:
    with pytest.raises(NotebookError, match=message):
        parse_document(data).notebook()


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
    with pytest.raises(NotebookError, match="cannot be read: No such file"):
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


def test_outputs_of_100_megabytes_are_passed_over(tmp_path: Path) -> None:
    path, picture = tmp_path / "huge.ipynb", '"' + "A" * 2**20 + '"'
    with path.open("w") as file:
        file.write('{"cells": [{"cell_type": "code", "source": "a = 1", "outputs": [')
        file.write(",".join([picture] * 100))
        file.write("]}]}")
    command = [sys.executable, "-c", PEAK.format(path=str(path))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("['a = 1'] ")
    # The file itself, Python, and little more.
    assert int(done.stdout.split()[-1]) < 200, done.stdout


PEAK = """
from pathlib import Path
from autograder.notebook import read
cells = read(Path({path!r})).cells
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print([cell.source for cell in cells], int(peak[0]) // 1024)
"""


def test_a_large_file_that_is_no_strict_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(b'{"cells": [], "x": [' + b"NaN," * 2**23 + b"0]}")
    with pytest.raises(NotebookError, match=r"is no strict JSON; such a file may have .* Clear its outputs"):
        read(tmp_path / "a.ipynb")


def test_a_file_that_shrinks_while_it_is_read_is_one_clear_line(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [code("a" * 2**21)]}))
    fstat = os.fstat

    def shrink_after(descriptor: int) -> os.stat_result:
        about = fstat(descriptor)
        os.truncate(path, 2**20)
        return about

    monkeypatch.setattr(os, "fstat", shrink_after)
    with pytest.raises(NotebookError, match="cut off"):
        read(path)


def test_a_file_that_vanishes_while_it_is_read_is_read_to_its_end(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [code("a")]}))
    fstat = os.fstat

    def remove_after(descriptor: int) -> os.stat_result:
        path.unlink(missing_ok=True)
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", remove_after)
    assert [cell.source for cell in read(path).cells] == ["a"]


def test_the_text_of_cells_has_a_cap() -> None:
    with pytest.raises(NotebookError, match="The text of its cells has"):
        parse_document(json.dumps({"cells": [code("a" * 2**24)]}).encode()).notebook()


def test_a_document_keeps_cells_of_every_kind_and_their_metadata() -> None:
    cells = [{"cell_type": "markdown", "source": "# a", "id": "x", "attachments": {"b.png": {}}}, code("c", metadata=3)]
    document = parse_document(json.dumps({"cells": cells, "metadata": {"kernelspec": {"name": "python2"}}}).encode())
    assert [(cell.kind, cell.id, cell.source) for cell in document.cells] == [
        ("markdown", "x", "# a"),
        ("code", "", "c"),
    ]
    assert document.cells[0].attachments == {"b.png": {}}
    assert document.metadata["kernelspec"]["name"] == "python2"


# What goes to the one reader and to the other.
READERS = pytest.mark.parametrize("more", [{}, {"outputs": [float("nan")]}], ids=["strict", "lenient"])


@READERS
def test_metadata_that_all_cells_together_hide_are_left_out_but_short_ones(more: dict[str, Any]) -> None:
    long, short = {"hidden": ["x" * 1000] * 1000}, {"nbgrader": {"grade_id": "cost", "solution": True}}
    cells = [code("a", metadata=short), *(code("b", metadata=long, **more) for _ in range(9))]
    document = parse_document(json.dumps({"cells": cells}).encode())
    assert [bool(cell.metadata) for cell in document.cells] == [True] + 9 * [False]


@READERS
def test_what_a_cell_hides_in_its_metadata_is_left_out(more: dict[str, Any]) -> None:
    document = parse_document(json.dumps({"cells": [code("a", metadata={"x": "x" * 2**20}, **more)]}).encode())
    assert document.cells[0].metadata == {}


@READERS
def test_an_id_that_is_no_id_but_a_text_is_left_out(more: dict[str, Any]) -> None:
    document = parse_document(json.dumps({"cells": [code("a", id="x" * 2**20, **more)]}).encode())
    assert document.cells[0].id == ""


@READERS
def test_what_a_notebook_hides_in_its_metadata_is_left_out(more: dict[str, Any]) -> None:
    document = parse_document(json.dumps({"cells": [code("a", **more)], "metadata": {"x": "x" * 2**20}}).encode())
    assert document.metadata == {}


@READERS
def test_pictures_of_a_text_are_kept_however_long_they_are(more: dict[str, Any]) -> None:
    attached = {"b.png": {"image/png": "A" * 2**21}}
    cell = {"cell_type": "markdown", "source": "# a", "attachments": attached, **more}
    assert parse_document(json.dumps({"cells": [cell]}).encode()).cells[0].attachments == attached


@READERS
@pytest.mark.parametrize(
    "attached", [{f"{n}.png": {"image/png": "x"} for n in range(2000)}, {"a.png": {"image/png": [[]]}}]
)
def test_attachments_that_are_no_pictures_of_a_text_are_left_out(
    attached: dict[str, Any], more: dict[str, Any]
) -> None:
    cell = {"cell_type": "markdown", "source": "# a", "attachments": attached, **more}
    assert not parse_document(json.dumps({"cells": [cell]}).encode()).cells[0].attachments


@READERS
@pytest.mark.parametrize("odd", [None, 3, [], {"image/png": None}, {"image/png": [3]}, {"image/png": {"a": "b"}}])
def test_an_attachment_that_is_no_picture_costs_none_of_the_others(odd: object, more: dict[str, Any]) -> None:
    good = {"a.png": {"image/png": "AA=="}, "c.png": {"image/png": ["AA\n", "=="]}}
    cell = {"cell_type": "markdown", "source": "# a", "attachments": {**good, "b.png": odd}, **more}
    assert parse_document(json.dumps({"cells": [cell]}).encode()).cells[0].attachments == good


TOO_LONG = "a" * (16 * 2**20 + 1)


@READERS
@pytest.mark.parametrize("source", [TOO_LONG, [TOO_LONG[: 2**23], TOO_LONG[2**23 :]]], ids=["text", "lines"])
def test_the_text_of_cells_is_capped_by_either_reader(source: object, more: dict[str, Any]) -> None:
    with pytest.raises(NotebookError, match="The text of its cells has"):
        sources({"cells": [code(source, **more)]})


@pytest.mark.parametrize("member", ["metadata", "id", "attachments"])
def test_a_lone_surrogate_in_what_is_beside_the_source_costs_nothing(member: str) -> None:
    (cell,) = parse_document(json.dumps({"cells": [code("a", **{member: {"a": "\ud800"}})]}).encode()).cells
    assert cell.source == "a"
