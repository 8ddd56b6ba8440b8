"""What happens on a host: find the notebooks in what was handed in, grade them, say how far code was kept apart."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.api.notebooks import AGENT, Grader
from autograder.course import Paper
from autograder.errors import NotebookError
from autograder.hosts.words import for_students
from autograder.limits import Limits
from autograder.notebook import read_document
from autograder.outcomes import HandGraded, Outcome, Person
from autograder.results import NotebookResult, Unreadable
from autograder.sandbox import Level, Sandbox, examine
from autograder.spelling import of_name, shown

_NO_NOTEBOOK = "There is no notebook {name}.ipynb in what was handed in. Hand in the file under this name."
_SEVERAL = "There are {count} notebooks in what was handed in. Hand in one, and name it {name}.ipynb."
_LINK = "{name} is a link and is not followed. Hand in the file itself."


@dataclass(frozen=True, slots=True)
class Handed:
    """One submission, graded.

    Parameters
    ----------
    outcome : Outcome
    isolation : str
        For the instructor: the level that was in force; where it was not full, why, and what to do.
    """

    outcome: Outcome
    isolation: str


def grade_submission(course: Path, assignment: str, submission: Path, level: Level | None) -> Handed:
    """Grade what lies in a folder.

    Parameters
    ----------
    course : Path
        The course folder that was packed.
    assignment : str
    submission : Path
    level : {"full", "reduced", "none"} or None

    Raises
    ------
    SandboxError
        Where the machine does not hold the level; nothing was graded then.
    CourseError, UsageError
        Where the packed course is damaged.
    """
    with Sandbox(AGENT, Limits(), level) as sandbox, Grader(course, sandbox=sandbox) as grader:
        papers = grader.course.papers_of(assignment)
        rows = [
            _graded(grader, paper, choice) for paper, choice in zip(papers, _chosen(papers, submission), strict=True)
        ]
        told = isolation_text(sandbox.level, sandbox.layers)
    results = tuple(row for row in rows if isinstance(row, NotebookResult))
    asked = [
        (row, HandGraded(name, None, points))
        for paper, row in zip(papers, rows, strict=True)
        for name, points in paper.by_hand.items()
    ]
    # Of what cannot be read there is nothing for a person to grade.
    by_hand = tuple(cell for row, cell in asked if isinstance(row, NotebookResult))
    outcome = Outcome(
        person=Person("submission"),
        submitted=True,
        points=sum(result.score for result in results),
        max_score=sum(paper.points for paper in papers) + sum(cell.max_score for _, cell in asked),
        waits=bool(by_hand) or any(result.needs_manual_grade for result in results),
        by_hand=by_hand,
        results=results,
        unreadable=tuple(row for row in rows if isinstance(row, Unreadable)),
    )
    return Handed(outcome, told)


def isolation_text(level: Level, layers: Sequence[str]) -> str:
    """Say for the instructor how far student code was kept apart, and why no further."""
    if level == "full":
        return f"Isolation: full ({', '.join(layers)})."
    missing = [layer for layer in examine().layers if not layer.holds]
    reasons = "; ".join(f"{layer.name} ({layer.why_not})" for layer in missing) or "nothing: no more was asked for"
    remedies = " ".join(dict.fromkeys(layer.remedy for layer in missing))
    if level == "none":
        text = (
            "Isolation: NONE, as the archive asks for. The submission's code ran as the grader does: it could read the "
            "hidden tests and the reference."
        )
    else:
        text = f"Isolation: REDUCED, not full. In force: {', '.join(layers)}."
    return f"{text} What does not hold here: {reasons}. {remedies}".rstrip()


def _graded(grader: Grader, paper: Paper, choice: Path | Unreadable) -> NotebookResult | Unreadable:
    if isinstance(choice, Unreadable):
        return choice
    try:
        return grader.grade(read_document(choice), shown(choice.name), paper.name, paper.assignment)
    except NotebookError as error:
        return Unreadable(shown(choice.name), for_students(error))


def _chosen(papers: Sequence[Paper], submission: Path) -> Iterator[Path | Unreadable]:
    """Give the file that answers each source notebook: the one of its name, or the only one of all."""
    found = list(_notebooks(submission))
    for paper in papers:
        named = of_name(paper.name, found, lambda path: path.stem) or (found if len(papers) == 1 else [])
        if len(named) != 1:
            why = _SEVERAL if named else _NO_NOTEBOOK
            yield Unreadable(f"{paper.name}.ipynb", why.format(name=paper.name, count=len(named)))
        elif named[0].is_symlink():
            # It may lead to the instructor's own notebook, which we can read and the student cannot.
            name = shown(named[0].name)
            yield Unreadable(name, _LINK.format(name=name))
        else:
            yield named[0]


def _notebooks(folder: Path) -> Iterator[Path]:
    """Find notebooks, not in hidden folders and never through a link to a folder."""
    for place, inner, names in os.walk(folder, followlinks=False):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "__MACOSX")))
        yield from (
            Path(place, name) for name in sorted(names) if name.lower().endswith(".ipynb") and not name.startswith(".")
        )
