"""A damaged notebook with right answers gets full marks here, and what it gets from nbgrader alone."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import damages
import pytest
from damaged_course import make_damaged_course
from damages import DAMAGES, Damage
from nbgrader.converters import Autograde

from autograder.api.gradebook import grade_assignments
from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import open_course

PLAIN = 'c = get_config()\nc.CourseDirectory.course_id = "tiny"\n'
FULL = {"test_visible": 2.0, "test_hidden": 3.0}
# What nbgrader 0.9.6 grades as well, as measured; all other damage costs marks, or the whole result, there.
STOCK_TAKES = {
    damages.metadata_of_the_answer_lost,
    damages.given_cell_deleted,
    damages.test_edited,
    damages.test_turned_into_markdown,
    damages.answer_turned_into_raw,
    damages.cells_of_one_id,
    damages.format_3,
    damages.format_4_0,
}
LOST = [damage for damage in DAMAGES if damage not in STOCK_TAKES]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("beside nbgrader")]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the course, and beside it one that nbgrader alone grades, before either has a mark."""
    root = tmp_path_factory.mktemp("damaged") / "course"
    make_damaged_course(root)
    stock = Path(shutil.copytree(root, root.with_name("stock")))
    (stock / "nbgrader_config.py").write_text(PLAIN)
    return root


def marks(root: Path, student: str = "*") -> dict[str, dict[str, float | None]]:
    """Give the marks of a student, or of all, after a run of nbgrader's own Autograde as the course configures it."""
    with open_course(root, "hw", student) as opened:
        try:
            opened.run(opened.converter(Autograde), f"grading {student}")
        except BridgeError:
            return {}
        with opened.gradebook() as gradebook:
            return {
                submission.student.id: {grade.name: grade.auto_score for grade in submission.notebooks[0].grades}
                for submission in gradebook.assignment_submissions("hw")
            }


@pytest.fixture(scope="module")
def before(course: Path) -> dict[Path, bytes]:
    return hashes(course)


@pytest.fixture(scope="module")
def ours(course: Path, before: dict[Path, bytes]) -> dict[str, dict[str, float | None]]:
    assert before
    return marks(course)


def named(damage: Damage) -> str:
    return damage.__name__


@pytest.mark.parametrize("damage", DAMAGES, ids=named)
def test_it_gets_full_marks_and_stays_byte_for_byte(course: Path, before, ours, damage: Damage) -> None:
    submitted = course / "submitted" / damage.__name__ / "hw" / "hw.ipynb"
    assert ours[damage.__name__] == FULL
    assert hashlib.sha256(submitted.read_bytes()).digest() == before[submitted]


@pytest.mark.parametrize("damage", LOST, ids=named)
def test_nbgrader_alone_loses_marks(course: Path, damage: Damage) -> None:
    # One at a time: some of them end the whole run.
    assert marks(course.with_name("stock"), damage.__name__).get(damage.__name__) != FULL


def test_a_class_of_damaged_notebooks_gets_full_marks_at_once_and_stays_byte_for_byte(course: Path) -> None:
    before = hashes(course)
    done = grade_assignments(course, ["hw"])
    assert done.aside == ()
    with open_course(course, "hw") as opened, opened.gradebook() as gradebook:
        assert {one.student.id: one.score for one in gradebook.assignment_submissions("hw")} == dict.fromkeys(
            (damage.__name__ for damage in DAMAGES), 5.0
        )
    assert hashes(course) == before


def hashes(course: Path) -> dict[Path, bytes]:
    files = sorted(path for path in (course / "submitted").rglob("*") if path.is_file())
    return {path: hashlib.sha256(path.read_bytes()).digest() for path in files}
