"""Collecting the submissions of an assignment out of what a learning platform lets its teachers download."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.collection import TIME_FILE, Left, Submission, is_class_list, plan, store, unpack
from autograder.course import Course, load
from autograder.course.recognition import weigh
from autograder.errors import NotebookError
from autograder.notebook import read

_TIME = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a download.

    Parameters
    ----------
    submissions : tuple of (Submission, str)
        Each with what was done: "new", "the same as before", "in place of the one before"; nothing in a dry run.
    left : tuple of Left
        What was not collected, by name and with a reason.
    refused : bool
        Whether the machine could not store some, or a limit left all that somebody handed in.
    without : tuple of str
        Students on the class list of whom nothing is collected, now or before.
    untimed : tuple of str
        Students whose submission before had a time of handing in, and this one has none.
    """

    submissions: tuple[tuple[Submission, str], ...]
    left: tuple[Left, ...]
    refused: bool = False
    without: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()


def collect_download(root: Path, assignment: str, source: Path, *, dry: bool = False) -> Collected:
    """Put submissions from an archive or a folder into nbgrader's folders.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    source : Path
    dry : bool
        Only tell what would be done.

    Raises
    ------
    UsageError
        Where the course has no such assignment, or the source is neither a zip archive nor a folder.
    CourseError, BridgeError
        Where the course has faults, or nbgrader cannot open it.
    """
    course = load(root)
    names = [paper.name for paper in course.papers_of(assignment)]

    # Of several notebooks each is asked about by several names.
    recognized = functools.cache(functools.partial(_recognized, course))

    def recognizes(path: Path, name: str) -> bool:
        return recognized(path) == (assignment, name)

    def answers_other(path: Path) -> str:
        return _other_assignment(course, path, assignment)

    with tempfile.TemporaryDirectory(prefix="autograder-collect-") as folder:
        files, unsafe = unpack(source, Path(folder))
        people = bridge.class_list(root)
        planned = plan(files, assignment, names, people, recognizes, answers_other)
        listed = [person.id for person in people] if is_class_list(people) else []
        places = bridge.submitted_folders(root, assignment, [*listed, *(one.student for one in planned.submissions)])
        collected = Collected((), (*unsafe, *planned.left))
        for one in planned.submissions:
            collected = _with(collected, _noted(one, names), places[one.student], root, dry=dry)
    of_limits = {left.owner for left in unsafe if left.limit}
    kept = {file.owner for one, _ in collected.submissions for file in one.files.values()}
    taken = {one.student for one, _ in collected.submissions}
    without = tuple(sorted(name for name in listed if name not in taken and not places[name].is_dir()))
    return replace(collected, refused=collected.refused or not of_limits <= kept, without=without)


def _recognized(course: Course, path: Path) -> tuple[str, str] | None:
    """Give the assignment and the name of the notebook that a file is; None where it is none of the course's."""
    try:
        paper = course.recognize(read(path), "")
    except NotebookError:
        return None
    return (paper.assignment, paper.name) if paper is not None else None


def _noted(one: Submission, names: Sequence[str]) -> Submission:
    """Note which of the assignment's notebooks are not in it."""
    missing = [f"{name}: not handed in" for name in names if (f"{name}.ipynb",) not in one.files]
    return replace(one, notes=(*one.notes, *missing))


def _with(so_far: Collected, one: Submission, place: Path, root: Path, *, dry: bool) -> Collected:
    """Store a submission, unless a newer one is stored already."""
    if newer := newer_stored(one, place):
        shown = place.relative_to(root) if place.is_relative_to(root) else place
        return replace(so_far, left=(*so_far.left, _older(one, newer, shown)))
    untimed = (one.student,) if _loses_time(one, place) else ()
    try:
        done = "" if dry else store(one, place)
    except OSError as error:
        refused = Left(one.who, f"it cannot be stored: {error.strerror}")
        return replace(so_far, left=(*so_far.left, refused), refused=True)
    return replace(so_far, submissions=(*so_far.submissions, (one, done)), untimed=(*so_far.untimed, *untimed))


def newer_stored(submission: Submission, folder: Path) -> datetime | None:
    """Give the time of what is stored, where that is newer than a submission; None also where a time is not known.

    Parameters
    ----------
    submission : Submission
    folder : Path
        nbgrader's ``submitted/<student>/<assignment>``.
    """
    stored, comes = _told_in(folder / TIME_FILE), _handed_in(submission)
    return stored if stored is not None and comes is not None and comes < stored else None


def _loses_time(submission: Submission, folder: Path) -> bool:
    """Tell whether what is stored says when it was handed in, and a submission that takes its place does not."""
    return _handed_in(submission) is None and _told_in(folder / TIME_FILE) is not None


def _handed_in(submission: Submission) -> datetime | None:
    """Give the time of a submission: the platform's word, or nbgrader's beside the notebook."""
    beside = submission.files.get((TIME_FILE,))
    return submission.when or (_told_in(beside.file) if beside is not None else None)


def _told_in(file: Path) -> datetime | None:
    at = bridge.told_in(file)
    return at and at.replace(tzinfo=UTC)


def _other_assignment(course: Course, path: Path, assignment: str) -> str:
    """Name the assignment that a notebook plainly answers, and nothing of this one; empty where that is in doubt."""
    try:
        notebook = read(path)
    except NotebookError:
        return ""
    others = {}
    for paper, weight in zip(course.papers, weigh(course.papers, notebook, ""), strict=True):
        if paper.assignment != assignment:
            others[paper.assignment] = weight.own
        elif weight.own or weight.defined or weight.alike or weight.modules:
            return ""
    return max(filter(others.get, others), key=others.__getitem__, default="")


def _older(one: Submission, newer: datetime, place: Path) -> Left:
    when = _handed_in(one) or newer
    times = f"it is of {when.astimezone():{_TIME}}, and what is stored is newer, of {newer.astimezone():{_TIME}}"
    return Left(one.who, f"{times}; remove {place} to have it all the same")
