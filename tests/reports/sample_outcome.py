"""Outcomes of the sample class: really graded, without a gradebook."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat

from autograder.api import Grader
from autograder.demo.round_trip import work
from autograder.demo.sample_class import Pupil
from autograder.notebook import read
from autograder.outcomes import ClassOutcome, Outcome, Person
from autograder.results import NotebookResult

PROJECT = Path(__file__).resolve().parents[2]


def grade(grader: Grader, pupil: Pupil, assignment: str) -> NotebookResult:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{assignment}.ipynb"
        released = PROJECT / "release" / assignment / f"{assignment}.ipynb"
        nbformat.write(nbformat.read(released, as_version=4), path)
        work(pupil, path)
        return grader.grade(read(path), f"{assignment}.ipynb", assignment, assignment)


def outcome_of(grader: Grader, pupils: Sequence[Pupil], assignment: str) -> ClassOutcome:
    """Grade those who hand in; the points of an assignment are those of the first result."""
    graded = {one.student.id: grade(grader, one, assignment) for one in pupils if assignment not in one.absent}
    most = next(iter(graded.values())).max_score
    rows = [_outcome(pupil, graded.get(pupil.student.id), most, assignment in pupil.late) for pupil in pupils]
    return ClassOutcome(assignment, most, tuple(sorted(rows, key=lambda row: row.person.id)))


def _outcome(pupil: Pupil, result: NotebookResult | None, most: float, late: bool) -> Outcome:
    about = pupil.student
    return Outcome(
        person=Person(about.id, about.first_name, about.last_name, about.email),
        submitted=result is not None,
        points=result.score if result else 0.0,
        max_score=most,
        penalty=2.0 if late else 0.0,
        seconds_late=86400.0 if late else 0.0,
        waits=result.needs_manual_grade if result else False,
        results=(result,) if result else (),
    )
