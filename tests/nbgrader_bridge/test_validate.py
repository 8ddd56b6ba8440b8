"""nbgrader's own Validator, configured as a course configures it, on notebooks at a student's desk."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.validator import Validator
from tiny_course import metadata
from traitlets.config import Config

from autograder.nbgrader_bridge import settings

RIGHT = "def double(x):\n    return x + x"
WRONG = "def double(x):\n    return x * x * 3"


@pytest.fixture
def validate():
    config = Config()
    settings.configure(config)
    return lambda path: Validator(config=config).validate(str(path))


@pytest.fixture
def at_the_desk(template, tmp_path):
    """Put the released notebook into a folder; with an answer, and further cells after it."""

    def put(answer, *cells, folder=tmp_path / "desk" / "hw") -> Path:
        notebook = nbformat.read(template / "release" / "hw" / "hw.ipynb", as_version=4)
        next(cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id == "double").source = answer
        notebook.cells += cells
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "hw.ipynb")
        return folder / "hw.ipynb"

    return put


def test_a_wrong_answer_reads_what_the_grader_says(validate, at_the_desk):
    (failed,) = validate(at_the_desk(WRONG))["failed"]
    assert failed["source"] == "assert double(1) == 2"
    assert failed["raw_error"].startswith("double (Failed): ")
    assert "Traceback" not in failed["raw_error"]


def test_a_long_message_is_broken_where_it_is_read_whole(validate, at_the_desk):
    path = at_the_desk(f"def double(x):\n    raise ValueError({'many words that go on ' * 12!r})")
    (failed,) = validate(path)["failed"]
    lines = failed["raw_error"].split("\n")
    assert len(lines) > 2
    assert max(map(len, lines)) <= 83
    assert "many words that go on many words" in " ".join(lines)


def test_training_and_copied_cells_cost_nothing(validate, at_the_desk):
    copied = new_code_cell("assert double(1) == 2", metadata=metadata("test_visible", 2))
    assert validate(at_the_desk(RIGHT, new_code_cell("while True: pass"), copied)) == {}


@pytest.mark.slow
def test_a_loop_costs_its_test_alone(validate, at_the_desk):
    (failed,) = validate(at_the_desk("def double(x):\n    while True: pass"))["failed"]
    assert failed["raw_error"].startswith("double (Timeout): ")


@pytest.mark.slow
def test_partial_credit_says_what_is_missing(validate, at_the_desk):
    some = "0.5 if double(2) == 4 else 0"
    path = at_the_desk(RIGHT, new_code_cell(some, metadata=metadata("test_some", 2)))
    (failed,) = validate(path)["failed"]
    assert "0.5 of 2 points" in failed["raw_error"]


def test_in_a_course_folder_the_tests_are_the_courses(validate, at_the_desk, course, tmp_path):
    """A submission's own test cells would run with the rights of the instructor who looks at it."""
    path = at_the_desk(WRONG, folder=course / "submitted" / "ada" / "hw")
    theirs = f"open('{tmp_path}/written', 'w')"
    path.write_text(path.read_text().replace("assert double(1) == 2", theirs))
    (changed,) = validate(path)["changed"]
    assert changed["source"] == theirs
    assert not (tmp_path / "written").exists()


def test_the_formgrader_can_write_the_configuration_as_json():
    config = Config()
    settings.configure(config)
    assert json.loads(json.dumps(config))["Validator"]["preprocessors"][-1].endswith("RunVisibleTests")
