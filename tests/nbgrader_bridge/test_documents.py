"""From our reading of a notebook to nbgrader's."""

from __future__ import annotations

import json

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED

LONE = "a\ud800b"


def edit_language(notebook, _cell):
    notebook["metadata"]["language_info"] = {"name": LONE, "version": LONE}


def edit_kernel(notebook, _cell):
    notebook["metadata"]["kernelspec"] = {"name": LONE, "display_name": LONE, LONE: LONE}


def edit_picture(_notebook, cell):
    cell["attachments"] = {"x.png": {"image/png": LONE}}


def edit_name_of_picture(_notebook, cell):
    cell["attachments"] = {LONE: {LONE: ["aaaa", LONE, {LONE: None}]}}


def edit_tags(_notebook, cell):
    cell["metadata"] = {"tags": [LONE]}


@pytest.mark.parametrize("edit", [edit_language, edit_kernel, edit_picture, edit_name_of_picture, edit_tags])
def test_a_lone_surrogate_costs_nothing(course, hand_in, grades, edit):
    path = hand_in("ada")
    notebook = json.loads(path.read_text())
    cell = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": "![a](attachment:x.png)"}
    notebook["cells"].append(cell)
    edit(notebook, cell)
    path.write_text(json.dumps(notebook))
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert grades("ada") == {"test_visible": (2.0, False), "test_hidden": (3.0, False)}


def test_a_picture_is_kept(course, hand_in):
    path = hand_in("ada")
    notebook = json.loads(path.read_text())
    attachments = {"x.png": {"image/png": ["aGFs\n", "bG8="]}}
    cell = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": "a", "attachments": attachments}
    path.write_text(json.dumps(notebook | {"cells": [*notebook["cells"], cell]}))
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    (kept,) = [c for c in json.loads((course / "autograded/ada/hw/hw.ipynb").read_text())["cells"] if c["id"] == "note"]
    assert "".join(kept["attachments"]["x.png"]["image/png"]) == "aGFs\nbG8="
