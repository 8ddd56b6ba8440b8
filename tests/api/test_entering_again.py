"""What the journal calls written counts only where the gradebook holds it, under the points of today."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from frail_course import FULL, RIGHT, make_course, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.regrading import regrade
from autograder.errors import BridgeError, GradebookError

pytestmark = pytest.mark.slow

STUDENTS = ("ada", "bo")
ALONE = Crew(1)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("generated") / "course")
    bridge.generate(course, "hw")
    for student in STUDENTS:
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", RIGHT)
    return course


@pytest.fixture(scope="module")
def graded(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = Path(shutil.copytree(generated, tmp_path_factory.mktemp("graded") / "course"))
    grade_assignments(course, ["hw"], crew=ALONE)
    return course


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def points(course: Path, db: str | None = None) -> dict[str, float]:
    return {one.student: one.points for one in bridge.standing(course, "hw", db) if one.submitted}


def raise_points(course: Path) -> None:
    """Let one test cell be worth one point more."""
    path = course / "source" / "hw" / "hw.ipynb"
    before = '"grade_id": "triple_again",\n     "locked": true,\n     "points": 2.0'
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, before.replace("2.0", "3.0")))


def resume(course: Path, db: str | None = None):
    return grade_assignments(course, ["hw"], crew=ALONE, resume=True, db=db)


def test_a_run_that_goes_on_in_another_gradebook_fills_it(generated, tmp_path) -> None:
    course = Path(shutil.copytree(generated, tmp_path / "course"))
    trial = shutil.copy(course / "gradebook.db", course / "trial.db")
    grade_assignments(course, ["hw"], crew=ALONE, db=f"sqlite:///{trial}")
    done = resume(course)
    assert points(course) == dict.fromkeys(STUDENTS, FULL)
    assert done.progress.rate == 0


def test_a_run_that_goes_on_fills_an_older_copy_of_the_gradebook(generated, course) -> None:
    shutil.copy(generated / "gradebook.db", course / "gradebook.db")
    resume(course)
    assert points(course) == dict.fromkeys(STUDENTS, FULL)


def test_a_run_that_goes_on_makes_autograded_notebooks_that_are_gone(course) -> None:
    shutil.rmtree(course / "autograded" / "ada")
    resume(course)
    assert (course / "autograded" / "ada" / "hw" / "hw.ipynb").is_file()


def test_regrading_enters_what_an_older_copy_of_the_gradebook_lacks(course) -> None:
    with bridge.open_writer(course, "hw") as writer:
        writer.write("ada", {"hw": None})
    found = regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)
    assert (found.again, [one.student for one in found.changes]) == (0, ["ada"])
    assert points(course) == dict.fromkeys(STUDENTS, FULL)


@pytest.mark.parametrize("again", [False, True])
def test_other_points_than_the_gradebook_has_are_to_be_released_first(course, again) -> None:
    raise_points(course)
    with pytest.raises(BridgeError, match="`autograder release hw`") as told:
        grade_assignments(course, ["hw"], ["ada"], ALONE, resume=again)
    assert not isinstance(told.value, GradebookError)
    assert "triple_again" in str(told.value)
    assert "double" not in str(told.value)
    with pytest.raises(BridgeError, match="`autograder release hw`"):
        regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)
    assert points(course) == dict.fromkeys(STUDENTS, FULL)


@pytest.mark.parametrize("door", [resume, lambda course: regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)])
def test_marks_out_of_the_old_points_are_entered_anew_once_the_new_ones_are_released(course, door) -> None:
    raise_points(course)
    bridge.generate(course, "hw")
    door(course)
    assert points(course) == dict.fromkeys(STUDENTS, FULL + 1)


@pytest.mark.parametrize("door", [resume, lambda course: regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)])
def test_what_was_written_under_the_old_points_counts_as_not_written(course, door) -> None:
    old = shutil.copy(course / "gradebook.db", course / "old.db")
    raise_points(course)
    bridge.generate(course, "hw")
    resume(course)
    # The journal has the new result as written; now the gradebook has the new points, and marks out of the old ones.
    shutil.copy(old, course / "gradebook.db")
    bridge.generate(course, "hw")
    assert points(course) == dict.fromkeys(STUDENTS, FULL)
    door(course)
    assert points(course) == dict.fromkeys(STUDENTS, FULL + 1)
