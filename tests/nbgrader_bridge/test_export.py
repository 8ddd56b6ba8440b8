"""From the gradebook to tables."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from entering import write_grades
from nbgrader.plugins.export import CsvExportPlugin
from tiny_course import ALL_PASSED

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course
from autograder.outcomes import Person


@pytest.fixture
def graded(course, hand_in):
    bridge.add_students(course, [Person("ada", "Ada", "Byron"), Person("bo", "=1+1", "Brontë, Jr.")])
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    return course


def rows(course, **options):
    bridge.export(course, course / "grades.csv", **options)
    with (course / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_the_columns_and_plain_rows_are_nbgraders_own(graded):
    bridge.export(graded, graded / "ours.csv")
    with open_course(graded) as course, course.gradebook() as gradebook:
        CsvExportPlugin(parent=course.desk, to=str(graded / "theirs.csv")).export(gradebook)
    ours, theirs = ((graded / name).read_text().splitlines() for name in ("ours.csv", "theirs.csv"))
    assert ours[0] == theirs[0]
    assert [line for line in ours if ",ada," in line] == [line for line in theirs if ",ada," in line]


def test_a_comma_shifts_no_column(graded):
    row = rows(graded)["bo"]
    assert (row["last_name"], row["score"], row["max_score"]) == ("Brontë, Jr.", "0.0", "5.0")


def test_a_name_is_no_formula(graded):
    assert rows(graded)["bo"]["first_name"] == "'=1+1"


def test_one_assignment_alone(graded):
    assert set(rows(graded, assignment="hw")) == {"ada", "bo"}
    assert rows(graded, assignment="hw2") == {}


def test_an_id_that_nbgraders_command_takes_for_a_number_is_found(graded):
    bridge.add_students(graded, [Person("1234")])
    with open_course(graded) as course, course.gradebook() as gradebook:
        bridge.QuotedCsv(parent=course.desk, to=str(graded / "ours.csv"), student=[1234]).export(gradebook)
    assert [line.split(",")[3] for line in (graded / "ours.csv").read_text().splitlines()] == ["student_id", "1234"]


@pytest.mark.parametrize("export", [bridge.export, bridge.export_by_nbgrader])
def test_a_pipe_is_written_to(graded, export):
    there, here = os.pipe()
    export(graded, Path(f"/proc/self/fd/{here}"), "hw")
    os.close(here)
    with open(there, encoding="utf-8") as pipe:  # noqa: PTH123 - it has no path
        assert ",ada," in pipe.read()
