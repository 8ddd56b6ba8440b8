"""The sample class writes what it is said to write."""

from __future__ import annotations

import ast

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.demo import sample_class
from autograder.demo.round_trip import work
from autograder.demo.sample_class import AS_RELEASED, Pupil, _answers, answer_text
from autograder.outcomes import Person

ANSWERS = [(function, name) for function, texts in _answers().items() for name in texts]


def chosen(pupil: Pupil) -> set[tuple[str, str]]:
    return {(function, pupil.answers.get(function, pupil.style)) for function in _answers()}


def test_the_class_is_of_twelve_or_more_with_ids_of_their_own():
    ids = [pupil.student.id for pupil in sample_class()]
    assert len(ids) >= 12
    assert len(set(ids)) == len(ids)


def test_every_answer_is_some_students():
    used = {choice for pupil in sample_class() for choice in chosen(pupil) if choice[1] != AS_RELEASED}
    assert used == set(ANSWERS)


@pytest.mark.parametrize(("function", "name"), ANSWERS)
def test_an_answer_defines_its_function(function: str, name: str):
    if name == "syntax_error":
        with pytest.raises(SyntaxError):
            ast.parse(answer_text(function, name))
    else:
        statements = ast.parse(answer_text(function, name)).body
        assert function in [statement.name for statement in statements if isinstance(statement, ast.FunctionDef)]


@pytest.mark.parametrize(("function", "name"), ANSWERS)
def test_each_pair_of_a_mistake_changes_the_text(function: str, name: str):
    texts = _answers()[function]
    pairs = [] if isinstance(texts[name], str) else texts[name]
    assert all(texts["plain"].count(right) == 1 for right, _ in pairs)


def test_work_writes_answers_and_tags_only(tmp_path):
    about = {"solution": True, "grade": False, "grade_id": "forward_propagation"}
    cells = [new_code_cell("import numpy as np"), new_code_cell("stub", metadata={"nbgrader": about})]
    path = tmp_path / "hw.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    work(Pupil(Person("ada"), "", "other", tags=("skip-execution",)), path)
    notebook = nbformat.read(path, as_version=4)
    assert [cell.source for cell in notebook.cells] == [
        "import numpy as np",
        answer_text("forward_propagation", "other"),
    ]
    assert [cell.metadata.tags for cell in notebook.cells] == [["skip-execution"]] * 2
