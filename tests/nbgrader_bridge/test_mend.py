"""Submissions that nbgrader alone would not grade, or would stop the whole run at."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest
from entering import write_grades
from tiny_course import ALL_PASSED

from autograder import nbgrader_bridge as bridge

DEEP = 600
FULL = {"test_visible": (2.0, False), "test_hidden": (3.0, False)}


def copied_cell(notebook):
    twin = copy.deepcopy(notebook.cells[3])
    twin.id = "twin"
    notebook.cells.append(twin)


def old_schema(notebook):
    notebook.cells[1].metadata.nbgrader.schema_version = 2


def no_test_cell_any_more(notebook):
    notebook.cells[3].metadata.nbgrader.grade = False


def partial_metadata(notebook):
    notebook.cells[2].metadata.nbgrader = {"grade_id": "test_visible"}


def no_metadata(notebook):
    for cell in notebook.cells:
        del cell.metadata["nbgrader"]


def metadata_of_another_kind(notebook):
    notebook.cells[0].metadata.nbgrader = ["no", "table"]


def renamed(notebook):
    notebook.cells[3].metadata.nbgrader.grade_id = "mine"


def deleted(notebook):
    del notebook.cells[3]


def code_to_markdown(notebook):
    cell = notebook.cells[3]
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"]


def more_points(notebook):
    notebook.cells[3].metadata.nbgrader.points = 300


def deleted_in_an_old_format(notebook):
    del notebook.cells[3]
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        del cell["id"]


DAMAGES = [
    copied_cell,
    old_schema,
    no_test_cell_any_more,
    partial_metadata,
    no_metadata,
    metadata_of_another_kind,
    renamed,
    deleted,
    code_to_markdown,
    more_points,
    deleted_in_an_old_format,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_notebook_gets_its_marks(course, hand_in, grades, damage):
    hand_in("ada", damage)
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert grades("ada") == FULL


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_notebook_gets_feedback(course, hand_in, damage):
    hand_in("ada", damage)
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    bridge.generate_feedback(course, "hw")
    assert (course / "feedback" / "ada" / "hw" / "hw.html").exists()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_notebook_is_mended_into_a_valid_one(course, hand_in, damage):
    hand_in("ada", damage)
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    nbformat.validate(json.loads((course / "autograded" / "ada" / "hw" / "hw.ipynb").read_text()))


@pytest.mark.parametrize("member", ["deep", "points", "schema_version", "grade_id", "checksum"])
def test_metadata_that_is_nested_deeply_costs_nothing(course, hand_in, grades, member):
    path = hand_in("ada")
    notebook = json.loads(path.read_text())
    for _ in range(DEEP):
        about = notebook["cells"][3]["metadata"]["nbgrader"]
        about[member] = {"of": about.get(member, 0)}
    path.write_text(json.dumps(notebook))
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert grades("ada") == FULL


def test_of_copied_answers_the_last_one_is_the_answer(course, hand_in):
    def copy_answer(notebook):
        twin = copy.deepcopy(notebook.cells[1])
        twin.id, twin.source = "twin", "def double(x): return x + x"
        notebook.cells.append(twin)

    hand_in("ada", copy_answer)
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    notebook = nbformat.read(course / "autograded" / "ada" / "hw" / "hw.ipynb", as_version=4)
    answers = [cell.source for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    assert answers == ["def double(x): return x + x"]


def test_a_test_that_the_instructor_has_changed_since_is_not_held_against_the_student(course, hand_in):
    hand_in("ada")
    path = course / "source" / "hw" / "hw.ipynb"
    source = nbformat.read(path, as_version=4)
    source.cells[2].source = "assert double(4) == 8"
    source.cells[2].metadata.nbgrader.points = 1
    nbformat.write(source, path)
    bridge.generate(course, "hw")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    notebook = nbformat.read(course / "autograded" / "ada" / "hw" / "hw.ipynb", as_version=4)
    note = notebook.cells[0].source
    assert "test\\_visible" in note
    assert "changed" not in note
    assert "lost" not in note
