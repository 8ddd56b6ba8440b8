"""After tests have changed: who gains, who loses and why, before anything is written; and what people decided stays."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from frail_course import RIGHT, autograder, make_course, write_answer
from nbgrader.api import Gradebook

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.regrading import Regrading, regrade

HALF = RIGHT.replace("x + x + x", "x")
SMALL_ONLY = RIGHT.replace("return x + x + x", "return x + x + x if x < 4 else 0")
ANSWERS = {"ada": RIGHT, "bo": HALF, "cy": HALF, "eve": SMALL_ONLY}
ALONE = Crew(1)


def change_tests(course: Path) -> None:
    """Ask more in one test cell, and less in another."""
    path = course / "source" / "hw" / "hw.ipynb"
    path.write_text(
        path.read_text()
        .replace("assert triple(2) == 6", "assert triple(2) == 6 or triple(2) == 2\\nassert triple(4) in (12, 4)")
        .replace("assert triple(3) == 9", "assert triple(3) in (9, 3)")
    )


def gradebook(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}")


def points(course: Path) -> dict[str, float]:
    return {one.student: one.points for one in bridge.standing(course, "hw")}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a class, let a person decide about cy, and change the tests."""
    course = make_course(tmp_path_factory.mktemp("regrading") / "course")
    bridge.generate(course, "hw")
    for student, answer in ANSWERS.items():
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", answer)
    grade_assignments(course, ["hw"], crew=ALONE)
    with gradebook(course) as book:
        grade = book.find_grade("triple_again", "hw", "hw", "cy")
        grade.manual_score = 1.5
        book.find_comment("triple", "hw", "hw", "cy").manual_comment = "see me"
        book.find_submission("hw", "cy").extension = timedelta(days=2)
        book.db.commit()
    change_tests(course)
    return course


@pytest.fixture(scope="module")
def shown(course: Path) -> tuple[dict[str, float], Regrading]:
    """Give the points before, and what would change."""
    return points(course), regrade(course, ["hw"], crew=ALONE)


@pytest.fixture(scope="module")
def applied(course: Path, shown: tuple[dict[str, float], Regrading]) -> Regrading:  # noqa: ARG001 - seen before
    """Write what was shown into the gradebook."""
    return regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)


def test_who_gains_and_who_loses_is_told_with_the_reason(shown) -> None:
    _, found = shown
    told = {one.student: {cell.cell: (cell.before, cell.after) for cell in one.cells} for one in found.changes}
    assert told == {
        "bo": {"triple_plain": (0.0, 2.0), "triple_again": (0.0, 2.0)},
        "cy": {"triple_plain": (0.0, 2.0)},
        "eve": {"triple_plain": (2.0, 0.0)},
    }
    assert {one.student: one.after - one.before for one in found.changes} == {"bo": 4.0, "cy": 2.0, "eve": -2.0}
    assert "visible test" in next(one for one in found.changes if one.student == "eve").cells[0].why
    assert found.same == 1


def test_nothing_is_written_before_it_is_asked_for(course, shown) -> None:
    before, _ = shown
    assert points(course) == before


def test_what_has_run_again_does_not_run_a_third_time(course, shown) -> None:
    assert shown[1].again == len(ANSWERS)
    assert regrade(course, ["hw"], crew=ALONE).again == 0


def test_applied_it_is_in_the_gradebook(shown, applied, course) -> None:
    before, found = shown
    assert applied.changes == found.changes
    assert points(course) == {**before, **{one.student: one.after for one in found.changes}}


@pytest.mark.usefixtures("applied")
def test_what_people_decided_stays(course) -> None:
    with gradebook(course) as book:
        assert book.find_grade("triple_again", "hw", "hw", "cy").manual_score == 1.5
        assert book.find_comment("triple", "hw", "hw", "cy").manual_comment == "see me"
        assert book.find_submission("hw", "cy").extension == timedelta(days=2)


@pytest.mark.usefixtures("applied")
def test_after_it_nothing_is_left_to_change(course) -> None:
    again = regrade(course, ["hw"], crew=ALONE)
    assert (again.changes, again.same, again.again) == ([], len(ANSWERS), 0)


@pytest.mark.slow
@pytest.mark.usefixtures("applied")
def test_the_command_shows_a_table_of_80_columns_and_writes_lines_of_json(course, tmp_path) -> None:
    path = course / "source" / "hw" / "hw.ipynb"
    path.write_text(
        path.read_text().replace("assert triple(3) in (9, 3)", "assert triple(3) in (9, 3) and triple(1) == 3")
    )
    done = autograder(course, "regrade", "hw", "--jobs", "1", "--json", tmp_path / "changes.jsonl")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "bo" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "--apply" in done.stderr
    rows = [json.loads(line) for line in (tmp_path / "changes.jsonl").read_text().splitlines()]
    assert [(row["student"], row["after"] - row["before"]) for row in rows] == [("bo", -2.0)]
