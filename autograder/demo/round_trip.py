"""nbgrader's round trip with the sample class, in a course of its own: from release to feedback."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat

from autograder import nbgrader_bridge as bridge
from autograder.api.outcomes import class_outcome
from autograder.course import CONFIG, SETTINGS, check_new, source_notebooks
from autograder.demo.sample_class import Pupil, answered_functions, sample_class
from autograder.errors import NotebookError, UsageError
from autograder.notebook import read
from autograder.outcomes import ClassOutcome
from autograder.reports import class_page

Progress = Callable[[str], None]
Grade = Callable[[Path, str], None]

DUE = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)
ON_TIME, LATE = timedelta(hours=-3), timedelta(days=1)
EXCHANGE = """
# The exchange of the sample class lies beside its course. One person, who started this, hands in for all of them.
from pathlib import Path

c.Exchange.root = str(Path(__file__).resolve().parents[1] / "exchange")
c.Exchange.cache = str(Path(__file__).resolve().parents[1] / "cache")
c.ExchangeCollect.check_owner = False
"""


@dataclass(frozen=True, slots=True)
class DemoOutcome:
    """What the round trip left behind.

    Parameters
    ----------
    classes : tuple of ClassOutcome
        The assignments, by name.
    pupils : tuple of Pupil
    course : Path
        A complete nbgrader course, with its gradebook.
    grades : Path
        The CSV.
    feedback : Path
        The folder of the students' pages.
    reports : tuple of Path
        The class's page of each assignment.
    seconds : float
    """

    classes: tuple[ClassOutcome, ...]
    pupils: tuple[Pupil, ...]
    course: Path
    grades: Path
    feedback: Path
    reports: tuple[Path, ...]
    seconds: float


def run_demo(
    project_root: Path,
    into: Path,
    grade: Grade,
    progress: Progress = lambda _: None,
    at: Progress = lambda _: None,
    pupils: Sequence[Pupil] | None = None,
) -> DemoOutcome:
    """Take the sample class through the round trip.

    Parameters
    ----------
    project_root : Path
        The course that is copied: its sources, reference and settings. It is this project's own, or one with its
        functions: the sample class has answers to no others.
    into : Path
        A new or empty folder; it gets `course`, `exchange` and `students`.
    grade : callable
        Grades what was collected of an assignment, from (course root, assignment) into the course's gradebook.
    progress : callable
        Called with a sentence a step that is done.
    at : callable
        Called with what is being done next.
    pupils : sequence of Pupil, optional
        The whole sample class when left out.

    Raises
    ------
    UsageError
        `into` is not empty, or `project_root` has no assignments, or others than the sample class has answers to.
    BridgeError
        nbgrader refused a step.
    """
    started = time.monotonic()
    pupils = tuple(sample_class() if pupils is None else pupils)
    course, assignments = copy_course(project_root, into)
    bridge.add_students(course, [pupil.student for pupil in pupils])
    for assignment in assignments:
        _release(course, assignment, progress, at)
        handed_in = [take_part(course, into / "students", pupil, assignment) for pupil in pupils]
        progress(f"{assignment}: handed in by {sum(handed_in)} of {len(pupils)} students")
    for assignment in assignments:
        _grade(course, assignment, grade, progress, at)
    at("reading the gradebook")
    classes = tuple(class_outcome(course, assignment) for assignment in assignments)
    reports = tuple(_report(course, one, progress, at) for one in classes)
    at("exporting the marks")
    bridge.export(course, course / "grades.csv")
    return DemoOutcome(
        classes=classes,
        pupils=pupils,
        course=course,
        grades=course / "grades.csv",
        feedback=course / "feedback",
        reports=reports,
        seconds=time.monotonic() - started,
    )


def assignments_of(project_root: Path) -> list[str]:
    """Name the assignments of a course, if the sample class can take part in it.

    Parameters
    ----------
    project_root : Path
        The course folder.

    Raises
    ------
    UsageError
        It has no assignments, or a notebook that cannot be read, or a function that the class has no answers to.
    """
    paths = [path for path in source_notebooks(project_root) if path.stem == path.parent.name]
    if not paths:
        raise UsageError(
            f"{project_root} has no source/<assignment>/<assignment>.ipynb: it is no course folder. Name one."
        )
    for path in paths:
        where = path.relative_to(project_root)
        try:
            cells = [cell.nbgrader for cell in read(path).cells]
        except NotebookError as error:
            raise UsageError(f"{where}: {error}") from None
        functions = (str(cell.get("grade_id")) for cell in cells if _is_answer(cell))
        if unknown := [name for name in functions if name not in answered_functions()]:
            raise UsageError(
                "The sample class has answers to the assignments of this project's own course only, and none to "
                f"{unknown[0]!r} in {where} of {project_root}. Name a clone of the project."
            )
    return [path.stem for path in paths]


def copy_course(project_root: Path, into: Path) -> tuple[Path, list[str]]:
    """Copy a course's sources, reference and settings into a new or empty folder, with an exchange of its own.

    Returns
    -------
    course : Path
    assignments : list of str

    Raises
    ------
    UsageError
        `into` is not empty, or the sample class cannot take part in `project_root`.
    BridgeError
        nbgrader could not find the course's files for its name.
    """
    assignments = assignments_of(project_root)
    check_new(into)
    course = into / "course"
    bridge.require_no_pattern(course)
    for name in ("source", "reference"):
        if (project_root / name).is_dir():
            shutil.copytree(project_root / name, course / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in (CONFIG, SETTINGS):
        if (project_root / name).exists():
            shutil.copy(project_root / name, course)
    with (course / CONFIG).open("a", encoding="utf-8") as config:
        config.write(EXCHANGE)
    return course, assignments


def take_part(course: Path, students: Path, pupil: Pupil, assignment: str, when: datetime = DUE) -> bool:
    """Let a pupil fetch, work and hand in; say whether the pupil did.

    Parameters
    ----------
    course : Path
    students : Path
        Holds a folder a student.
    pupil : Pupil
    assignment : str
        It is released.
    when : datetime
        Who is late hands in a day after it, and everybody else three hours before.
    """
    if assignment in pupil.absent:
        return False
    name, folder = pupil.student.id, students / pupil.student.id
    folder.mkdir(parents=True, exist_ok=True)
    fetched = bridge.fetch(course, name, folder, assignment)
    work(pupil, fetched / f"{assignment}.ipynb")
    bridge.submit(course, name, folder, assignment, at=when + (LATE if assignment in pupil.late else ON_TIME))
    return True


def work(pupil: Pupil, path: Path) -> None:
    """Write a student's answers into the answer cells of a released notebook.

    Parameters
    ----------
    pupil : Pupil
    path : Path
        The notebook; it is overwritten.

    Raises
    ------
    KeyError
        The sample class has no answer to one of its functions.
    """
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if _is_answer(about):
            cell.source = pupil.answer(about["grade_id"]) or cell.source
        if pupil.tags:
            cell.metadata["tags"] = list(pupil.tags)
    nbformat.write(notebook, path)


def _is_answer(about: Mapping[str, Any]) -> bool:
    """Tell from nbgrader's metadata of a cell whether a student writes a graded function into it."""
    return bool(about.get("solution")) and not about.get("grade")


def _release(course: Path, assignment: str, progress: Progress, at: Progress) -> None:
    at(f"{assignment}: releasing")
    bridge.release(course, assignment, progress)
    bridge.set_due_date(course, assignment, DUE)
    at(f"{assignment}: the students work")


def _grade(course: Path, assignment: str, grade: Grade, progress: Progress, at: Progress) -> None:
    at(f"{assignment}: collecting")
    bridge.collect(course, assignment)
    progress(f"{assignment}: collected")
    at(f"{assignment}: grading")
    grade(course, assignment)
    progress(f"{assignment}: graded")
    at(f"{assignment}: making the feedback")
    bridge.generate_feedback(course, assignment)
    bridge.release_feedback(course, assignment)
    progress(f"{assignment}: feedback released")


def _report(course: Path, outcome: ClassOutcome, progress: Progress, at: Progress) -> Path:
    at(f"{outcome.assignment}: drawing the class")
    path = course / f"report-{outcome.assignment}.html"
    path.write_text(class_page(outcome, datetime.now().astimezone()), encoding="utf-8")
    progress(f"{outcome.assignment}: the class on one page")
    return path
