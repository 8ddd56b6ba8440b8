"""An assignment from its release to the feedback that was read, in two windows of JupyterLab."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from instructor import Instructor
from student import Student

from autograder.demo.lab import STUDENT, Running
from autograder.demo.round_trip import take_part
from autograder.demo.sample_class import answer_text, sample_class
from autograder.nbgrader_bridge import add_students

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ASSIGNMENT = "initialization"
ZEROS, RANDOM, HE = (f"initialize_parameters_{kind}" for kind in ("zeros", "random", "he"))
FIRST = {ZEROS: "transposed", RANDOM: "plain", HE: "xavier"}
CLASSMATES = {"bela", "dilara"}
COMMENT = "See me on Monday."


@dataclass(frozen=True, slots=True)
class Seen:
    """What the two have seen.

    Parameters
    ----------
    side_bar : dict of str to str
        Of the source notebook: the total of the points, and the IDs of the cells that give some.
    answers : dict of str to str
        What formgrader said to each button.
    first, second : str
        What Validate said.
    graded : str
        The row of the submission after it was graded alone.
    terminal : str
        After all were graded.
    table : str
        Of manual grading.
    ours : str
        The comment that stood on an answer before the instructor wrote one.
    feedback : str
        The student's page.
    clicks : dict of str to int
        From generating the student's version to reading the feedback, by role.
    """

    side_bar: dict[str, str]
    answers: dict[str, str]
    first: str
    second: str
    graded: str
    terminal: str
    table: str
    ours: str
    feedback: str
    clicks: dict[str, int]


def play(browser: Browser, instructors: Running, students: Running, pictures: Path) -> Seen:
    """Let both do all of it."""
    with contextlib.ExitStack() as stack:
        teacher = Instructor(browser, instructors.url, "instructor", pictures)
        robin = Student(browser, students.url, "student", pictures)
        stack.enter_context(teacher)
        stack.enter_context(robin)
        side_bar = look_at_the_source(teacher)
        teacher.clicks = 0
        answers = release(teacher)
        first, second = work(robin)
        course = instructors.desk.folder
        classmates = [pupil for pupil in sample_class() if pupil.student.id in CLASSMATES]
        add_students(course, [pupil.student for pupil in classmates])
        for pupil in classmates:
            take_part(course, course.parent / "students", pupil, ASSIGNMENT)
        answers["collect"] = teacher.press(ASSIGNMENT, "collect")
        graded, terminal = grade(teacher, answers)
        table, ours = look(teacher)
        give_back(teacher, answers)
        feedback = robin.read_feedback(ASSIGNMENT)
        robin.picture("feedback")
        clicks = {"instructor": teacher.clicks, "student": robin.clicks}
    return Seen(side_bar, answers, first, second, graded, terminal, table, ours, feedback, clicks)


def look_at_the_source(teacher: Instructor) -> dict[str, str]:
    teacher.open_formgrader()
    bar = teacher.open_source(ASSIGNMENT)
    bar.locator(".nbgrader-CellPoints:visible").first.wait_for()
    ids = bar.locator(".nbgrader-CellWidget").filter(has=teacher.page.locator(".nbgrader-CellPoints:visible"))
    seen = {
        "points": bar.locator(".nbgrader-TotalPointsInput").input_value(),
        "tests": " ".join(field.input_value() for field in ids.locator(".nbgrader-CellId input").all()),
    }
    teacher.picture("create-assignment")
    return seen


def release(teacher: Instructor) -> dict[str, str]:
    teacher.open_formgrader()
    said = {button: teacher.press(ASSIGNMENT, button) for button in ("assign", "release")}
    teacher.picture("released")
    return said


def work(robin: Student) -> tuple[str, str]:
    robin.open_list()
    robin.fetch(ASSIGNMENT)
    robin.picture("fetched")
    robin.open_notebook(ASSIGNMENT)
    for function, answer in FIRST.items():
        robin.write(function, answer_text(function, answer))
    first = robin.validate()
    robin.write(ZEROS, answer_text(ZEROS, "plain"))
    second = robin.validate()
    robin.submit(ASSIGNMENT)
    robin.picture("submitted")
    return first, second


def grade(teacher: Instructor, answers: dict[str, str]) -> tuple[str, str]:
    teacher.click(teacher.row(ASSIGNMENT).locator("td.num-submissions a"))
    answers["autograde"] = teacher.press(STUDENT.id, "autograde")
    row = teacher.row(STUDENT.id)
    row.get_by_text("graded", exact=True).wait_for()
    graded = row.inner_text()
    teacher.picture("one-graded")
    terminal = teacher.grade_all(ASSIGNMENT)
    teacher.picture("all-graded")
    return graded, terminal


def look(teacher: Instructor) -> tuple[str, str]:
    teacher.click(teacher.tab("Formgrader"))
    teacher.go("Manual Grading", ASSIGNMENT, ASSIGNMENT)
    # The button is there before the names are.
    teacher.formgrader.get_by_text("Submission #1", exact=True).wait_for()
    teacher.click(teacher.formgrader.get_by_role("button", name="Show All Names"))
    teacher.formgrader.get_by_text(STUDENT.last_name).locator("visible=true").wait_for()
    table = teacher.formgrader.locator("table").first.inner_text()
    teacher.picture("manual-grading")
    teacher.go(f"{STUDENT.last_name}, {STUDENT.first_name}")
    ours = teacher.comment_on(HE, COMMENT)
    teacher.picture("commented")
    return table, ours


def give_back(teacher: Instructor, answers: dict[str, str]) -> None:
    teacher.go("Manual Grading", "Manage Assignments")
    answers |= {button: teacher.press(ASSIGNMENT, button) for button in ("generate-feedback", "release-feedback")}
    teacher.picture("feedback-released")
