"""After an extension, or with another due date, the penalty that was entered is no longer that of today: it is told."""

from __future__ import annotations

import re
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import nbformat
import pytest
from command import invoke
from tiny_course import make_course
from tiny_edits import DUE, extend, give, late

from autograder import nbgrader_bridge as bridge
from autograder.api.changes import Change
from autograder.api.crews import Crew
from autograder.api.gradebook import grade_assignments
from autograder.api.outcomes import class_outcome
from autograder.api.regrading import Regrading, regrade
from autograder.cli.regrade import _points
from autograder.cli.since import warn_penalties

ALONE = Crew(1)
PLUG_IN = """
from nbgrader.plugins import BasePlugin


class ByTheDay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.0 if total_seconds_late < 24 * 3600 else 2.0
"""
RIGHT = "def double(x):\n    return x + x"


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """Grade a class in which ann is late by hours, ben by days, and cy on time."""
    root = tmp_path_factory.mktemp("penalties") / "course"
    make_course(root)
    (root / "late_by_the_day.py").write_text(PLUG_IN)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.AssignLatePenalties.plugin_class = "late_by_the_day.ByTheDay"\n')
    bridge.generate(root, "hw")
    for student, hours in {"ann": 6, "ben": 60, "cy": -6}.items():
        notebook = nbformat.read(root / "release" / "hw" / "hw.ipynb", as_version=4)
        notebook.cells[1].source = RIGHT
        path = root / "submitted" / student / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
        late(root, path, hours)
    grade_assignments(root, ["hw"], crew=ALONE)
    return root


@pytest.fixture
def course(graded, tmp_path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def penalties(course) -> dict[str, float]:
    return {one.student: one.penalty for one in bridge.standing(course, "hw")}


def changed(found: Regrading) -> dict[str, tuple[float, float]]:
    return {one.student: (one.penalty, one.penalty_after) for one in found.changes}


def said(course, *arguments) -> str:
    done = invoke([*map(str, arguments), "--course", str(course)], catch_exceptions=False)
    return re.sub(r"\s+", " ", done.output)


def test_where_nothing_has_changed_no_penalty_has(course):
    assert penalties(course) == {"ann": 1.0, "ben": 2.0, "cy": 0.0}
    found = regrade(course, ["hw"], crew=ALONE)
    assert (found.changes, found.same) == ([], 3)


def test_an_extension_is_a_change_that_regrade_shows(course):
    extend(course, "ben", 10)
    found = regrade(course, ["hw"], crew=ALONE)
    assert (changed(found), found.same, found.again) == ({"ben": (2.0, 0.0)}, 2, 0)
    assert penalties(course)["ben"] == 2.0


def test_applied_it_is_in_the_gradebook_and_then_nothing_is_left(course):
    extend(course, "ben", 10)
    regrade(course, ["hw"], crew=ALONE, apply=lambda _: True)
    assert penalties(course) == {"ann": 1.0, "ben": 0.0, "cy": 0.0}
    assert regrade(course, ["hw"], crew=ALONE).changes == []


def test_an_earlier_due_date_is_one_too(course):
    bridge.set_due_date(course, "hw", DUE - timedelta(days=2))
    assert changed(regrade(course, ["hw"], crew=ALONE)) == {"ann": (1.0, 2.0), "cy": (0.0, 2.0)}


def test_it_is_the_penalty_on_the_points_that_would_be_entered(course):
    path = course / "source" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace("2 * x", "3 * x").replace("(1) == 2", "(1) == 3").replace("42", "63"))
    found = regrade(course, ["hw"], crew=ALONE)
    assert {one.student: one.after for one in found.changes} == {"ann": 0.0, "ben": 0.0, "cy": 0.0}
    assert changed(found) == {"ann": (1.0, 0.0), "ben": (2.0, 0.0), "cy": (0.0, 0.0)}


def test_the_command_counts_by_the_marks_that_count_and_gives_the_reason(course):
    extend(course, "ben", 10)
    told = said(course, "regrade", "hw", "--jobs", 1)
    assert "5 - 2 -> 5 +2 penalty for being late: 2 -> 0" in told
    assert "1 gain, 0 lose, 0 change within, 2 stay as they are." in told
    assert "--apply" in told


@pytest.mark.parametrize("command", [["grade", "hw", "--resume", "--jobs", 1], ["export", "hw", "--file", "-"]])
def test_commands_that_show_marks_name_whose_penalty_is_not_todays(course, command):
    extend(course, "ben", 10)
    told = said(course, *command)
    assert "Penalties that are not those of today's due dates, extensions and points: ben (2 -> 0)." in told
    assert "`autograder regrade hw --apply`" in told


def test_of_penalties_that_stand_nothing_is_said(course):
    assert "Penalties that" not in said(course, "grade", "hw", "--resume", "--jobs", 1)
    assert "Penalties that" not in said(course, "export", "hw", "--file", "-")


def test_a_run_that_goes_on_changes_no_penalty_by_itself(course):
    extend(course, "ben", 10)
    grade_assignments(course, ["hw"], crew=ALONE, resume=True)
    assert penalties(course)["ben"] == 2.0


def test_points_that_a_person_gave_since_count(course):
    give(course, "ben", "test_hidden", 0)
    give(course, "ben", "test_visible", 0.5)
    assert {one.person.id: one.penalty_now for one in class_outcome(course, "hw").stale_penalties} == {"ben": 0.5}


def test_marks_are_told_also_where_the_plug_in_is_gone(course):
    (course / "nbgrader_config.py").write_text(
        (course / "nbgrader_config.py").read_text().replace("late_by_the_day.ByTheDay", "gone.Own")
    )
    told = said(course, "export", "hw", "--file", "-")
    assert "ben" in told
    assert "cannot be told" in told
    assert "gone.Own" in told


def fail(course, statement: str) -> None:
    """Have the plug-in begin with a statement."""
    (course / "late_by_the_day.py").write_text(
        PLUG_IN.replace("        return", f"        {statement}\n        return")
    )
    sys.modules.pop("late_by_the_day", None)


@pytest.fixture
def failing(course) -> Path:
    """Have the plug-in fail for ann, and give ben an extension."""
    fail(course, 'assert student_id != "ann"')
    extend(course, "ben", 10)
    return course


def warned(course, capsys, *chosen) -> str:
    warn_penalties(course, "hw", chosen)
    return re.sub(r"\s+", " ", capsys.readouterr().err)


def test_whose_penalty_cannot_be_told_is_named_with_the_reason(failing, capsys):
    told = warned(failing, capsys)
    assert "Whether the penalties of these are those of today's due dates and extensions cannot be told: ann." in told
    assert "AssertionError" in told
    assert "ben (2 -> 0)" in told


def test_who_asks_for_some_is_not_told_of_the_others_that_cannot_be_told(failing, capsys):
    told = warned(failing, capsys, "ben")
    assert "ben (2 -> 0)" in told
    assert "cannot be told" not in told


def test_each_reason_is_told_with_its_students(course, capsys):
    fail(course, "raise {'ann': KeyError, 'ben': TypeError}[student_id]")
    told = warned(course, capsys)
    assert re.search(r"cannot be told: ann\. .*KeyError.*cannot be told: ben\. .*TypeError", told)


def test_the_commands_that_show_a_class_name_them_too(failing):
    assert "cannot be told: ann." in said(failing, "export", "hw", "--file", "-")


def test_whose_penalty_the_plug_in_cannot_tell_is_set_aside_and_the_others_are_told(failing):
    found = regrade(failing, ["hw"], crew=ALONE)
    assert changed(found) == {"ben": (2.0, 0.0)}
    assert [(one.student, one.ours) for one in found.aside] == [("ann", True)]
    assert "late_by_the_day" in found.aside[0].reason


def test_a_penalty_that_stands_is_shown_beside_the_points():
    assert _points(Change("ann", "hw", 5.0, 3.0, (), penalty=1.0, penalty_after=1.0)) == "5 - 1 -> 3 - 1"
