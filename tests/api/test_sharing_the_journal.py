"""A run leaves the journal to other runs while it grades, and what it has graded is there after Ctrl-C."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from frail_course import RIGHT, make_course, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.regrading import regrade
from autograder.api.runs import JOURNAL, STATE
from autograder.engine import Progress

pytestmark = pytest.mark.slow

STUDENTS = ("ada", "bo", "cy")
ALONE = Crew(1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a class, and change a test."""
    course = make_course(tmp_path_factory.mktemp("template") / "course")
    bridge.generate(course, "hw")
    for student in STUDENTS:
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", f"{RIGHT}\n# {student}\n")
    grade_assignments(course, ["hw"], crew=ALONE)
    source = course / "source" / "hw" / "hw.ipynb"
    source.write_text(source.read_text().replace("assert triple(2) == 6", "assert triple(2) in (6, 2)"))
    return course


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


def another_writes(course: Path) -> bool:
    """Tell whether another run could write the journal now."""
    with contextlib.closing(sqlite3.connect(course / STATE / JOURNAL, timeout=0)) as other:
        try:
            other.execute("begin immediate")
        except sqlite3.OperationalError:
            return False
        return True


def interrupted_at(number: int) -> Callable[[Progress], None]:
    def watch(progress: Progress) -> None:
        if progress.done == number:
            raise KeyboardInterrupt

    return watch


@pytest.mark.parametrize("run", [grade_assignments, regrade])
def test_another_run_may_write_after_each_submission(course, run) -> None:
    seen: list[bool] = []
    run(course, ["hw"], crew=ALONE, watch=lambda _: seen.append(another_writes(course)))
    assert seen == [True] * len(STUDENTS)


def test_another_run_may_write_while_the_gradebook_is_written(course, monkeypatch) -> None:
    seen: list[bool] = []
    write = bridge.Writer.write

    def looked(writer: bridge.Writer, *arguments: object) -> object:
        seen.append(another_writes(course))
        return write(writer, *arguments)

    monkeypatch.setattr(bridge.Writer, "write", looked)
    grade_assignments(course, ["hw"], crew=ALONE)
    assert seen == [True] * len(STUDENTS)


@pytest.mark.parametrize("apply", [False, True], ids=["shown", "applied"])
def test_a_trial_that_is_ended_early_goes_on_where_it_was(course, apply) -> None:
    with pytest.raises(KeyboardInterrupt):
        regrade(course, ["hw"], crew=ALONE, watch=interrupted_at(2), apply=lambda _: apply)
    assert regrade(course, ["hw"], crew=ALONE, apply=lambda _: apply).again == 1


def test_a_run_beside_another_is_told_that_both_do_the_work(course, caplog):
    def another(progress: Progress) -> None:
        if progress.done == 1:
            assert not caplog.messages
            grade_assignments(course, ["hw"], ["bo"], ALONE)

    grade_assignments(course, ["hw"], ["ada"], ALONE, watch=another)
    assert caplog.messages == ["Another run is grading in this course: what both are to grade is graded twice."]
