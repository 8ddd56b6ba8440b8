"""What was found in a notebook that is no longer handed in is told by nobody once the rest is graded anew."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from frail_course import RIGHT, make_course

from autograder import nbgrader_bridge as bridge
from autograder.api import workers
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.outcomes import class_outcome
from autograder.api.records import kept

ALONE = Crew(1)


def split_in_two(folder: Path) -> None:
    """Move the cells of `triple` to a notebook of their own."""
    notebook = nbformat.read(folder / "hw.ipynb", as_version=4)
    given, others = notebook.cells[0], notebook.cells[1:]
    for name, function in (("hw", "double"), ("second", "triple")):
        notebook.cells = [given, *(cell for cell in others if cell.metadata.nbgrader.grade_id.startswith(function))]
        nbformat.write(notebook, folder / f"{name}.ipynb")


def hand_in_both(course: Path, student: str) -> None:
    folder = course / "submitted" / student / "hw"
    folder.mkdir(parents=True)
    for name in ("hw", "second"):
        notebook = nbformat.read(course / "release" / "hw" / f"{name}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = RIGHT
        nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade two who handed in two notebooks, of whom ada then takes one back."""
    course = make_course(tmp_path_factory.mktemp("template") / "course")
    split_in_two(course / "source" / "hw")
    bridge.generate(course, "hw")
    for student in ("ada", "bo"):
        hand_in_both(course, student)
    grade_assignments(course, ["hw"], crew=ALONE)
    (course / "submitted" / "ada" / "hw" / "second.ipynb").unlink()
    return course


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


def told(course: Path) -> dict[str, list[str]]:
    """Give the functions that exports and reports tell of."""
    return {
        one.person.id: [function.name for result in one.results for function in result.functions]
        for one in class_outcome(course, "hw").outcomes
    }


@pytest.mark.parametrize("again", [False, True], ids=["from the start", "going on"])
def test_a_notebook_that_was_taken_back_is_not_told_of(course, again) -> None:
    assert told(course) == {"ada": ["double", "triple"], "bo": ["double", "triple"]}
    grade_assignments(course, ["hw"], crew=ALONE, resume=again)
    assert told(course) == {"ada": ["double"], "bo": ["double", "triple"]}


def test_what_others_handed_in_is_still_there_after_one_alone_was_graded(course) -> None:
    grade_assignments(course, ["hw"], ["ada"], ALONE)
    assert kept(course, "hw").keys() == {("ada", "hw"), ("bo", "hw"), ("bo", "second")}


def test_it_is_not_told_of_either_where_the_rest_could_not_be_graded(course, tmp_path, monkeypatch) -> None:
    # A worker that is warm has its files already.
    monkeypatch.setattr(workers, "_desks", [])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert grade_assignments(course, ["hw"], ["ada"], ALONE).ours
    assert kept(course, "hw").keys() == {("ada", "hw"), ("bo", "hw"), ("bo", "second")}
