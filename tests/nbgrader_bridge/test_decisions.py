"""Points that a person gave stay decided, as long as grading again finds the same in the same work."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from entering import write_grades
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from tiny_course import check, result

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

VISIBLE = check("test_visible", 2.0, 2.0, "passed")
FAILED = check("test_hidden", 0.0, 3.0, "failed", "a message")
DOUBT = check("test_hidden", None, 3.0, "failed", "too close to call")
ANSWER, LOCKED = 1, 2
OTHER_WORK = "def double(x):\n    return x + x + 1"
Grading = Callable[..., tuple[float, bool]]


@pytest.fixture
def decide(course) -> Callable[..., None]:
    """Give points by hand to the hidden test of ada, as formgrader does."""

    def give(points: float = 1.25, *, confirmed: bool = True) -> None:
        with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
            grade = gradebook.find_grade("test_hidden", "hw", "hw", "ada")
            grade.manual_score, grade.needs_manual_grade = points, not confirmed
            gradebook.db.commit()

    return give


@pytest.fixture
def graded(course, hand_in) -> Grading:
    """Enter results of ada, whose answer may be another than before; give the score and whether it is open."""
    path = hand_in("ada")
    released = path.read_text()

    def enter(*checks, answer: str = "", cell: int = ANSWER) -> tuple[float, bool]:
        path.write_text(released)
        if answer:
            shutil.rmtree(course / "submitted" / "ada")
            hand_in("ada", lambda notebook: notebook.cells[cell].update(source=answer))
        write_grades(course, "hw", {("ada", "hw"): result(VISIBLE, *checks)})
        (row,) = [one for one in bridge.standing(course, "hw") if one.student == "ada"]
        return row.points, row.needs_manual_grade

    return enter


@pytest.mark.parametrize("found", [FAILED, DOUBT])
def test_the_same_result_of_the_same_work_leaves_it_decided(graded, decide, found):
    graded(found)
    decide()
    assert graded(found) == (3.25, False)


def test_another_message_for_the_same_points_leaves_it_decided(graded, decide):
    graded(FAILED)
    decide()
    assert graded(check("test_hidden", 0.0, 3.0, "failed", "another message")) == (3.25, False)


@pytest.mark.parametrize("found", [check("test_hidden", 3.0, 3.0, "passed"), DOUBT])
def test_another_result_wants_a_person_again(graded, decide, found):
    graded(FAILED)
    decide()
    assert graded(found) == (3.25, True)


@pytest.mark.parametrize("found", [FAILED, DOUBT])
@pytest.mark.parametrize("cell", [ANSWER, LOCKED])
def test_other_work_wants_a_person_again(graded, decide, found, cell):
    graded(found)
    decide()
    assert graded(found, answer=OTHER_WORK, cell=cell) == (3.25, True)


def test_other_work_wants_a_person_again_also_where_a_run_was_killed_before_its_rows_were_in(course, graded, decide):
    graded(FAILED)
    folder = course / "autograded" / "ada" / "hw"
    aside = shutil.copytree(folder, course / "before")
    graded(FAILED, answer=OTHER_WORK)
    # As the killed run leaves it: the new folder is in its place, the old one beside it, and the rows are the old ones.
    aside.rename(folder.with_name(".autograder-old-hw"))
    decide()
    assert graded(FAILED, answer=OTHER_WORK) == (3.25, True)


@pytest.mark.parametrize(("picture", "waits"), [("aGFsbG8=", False), ("YW5kZXJz", True)])
def test_another_picture_in_a_text_is_other_work(course, hand_in, decide, picture, waits):
    def hand_in_with(data):
        shutil.rmtree(course / "submitted", ignore_errors=True)
        attached = {"plot.png": NotebookNode({"image/png": data})}
        cell = new_markdown_cell("![plot](attachment:plot.png)", id="essay", attachments=NotebookNode(attached))
        hand_in("ada", lambda notebook: notebook.cells.append(cell))
        write_grades(course, "hw", {("ada", "hw"): result(VISIBLE, FAILED)})

    hand_in_with("aGFsbG8=")
    decide()
    hand_in_with(picture)
    (row,) = bridge.standing(course, "hw")
    assert (row.points, row.needs_manual_grade) == (3.25, waits)


def test_points_that_wait_to_be_confirmed_go_on_waiting(graded, decide):
    graded(FAILED)
    decide(confirmed=False)
    assert graded(FAILED) == (3.25, True)


def test_a_notebook_that_was_lost_since_wants_a_person_again(course, graded, decide):
    graded(FAILED)
    decide()
    shutil.rmtree(course / "autograded" / "ada")
    assert graded(FAILED) == (3.25, True)


def test_points_for_what_was_never_handed_in_stay_decided(course, hand_in, decide):
    hand_in("ada").rename(course / "submitted" / "ada" / "hw" / "essay.ipynb")
    write_grades(course, "hw", {("ada", "hw"): None})
    decide()
    write_grades(course, "hw", {("ada", "hw"): None})
    (row,) = [one for one in bridge.standing(course, "hw") if one.student == "ada"]
    assert (row.points, row.needs_manual_grade) == (1.25, False)


def test_who_waits_for_a_person_is_listed_by_what_there_is_to_do(course, graded, decide, hand_in):
    hand_in("bo")
    write_grades(course, "hw", {("bo", "hw"): result(VISIBLE, DOUBT)})
    graded(FAILED)
    decide()
    assert bridge.waiting(course, "hw") == bridge.Waiting(points=("bo",))
    graded(DOUBT)
    assert bridge.waiting(course, "hw") == bridge.Waiting(points=("bo",), confirmation=("ada",))
