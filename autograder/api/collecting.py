"""Collecting the submissions of an assignment out of what a learning platform lets its teachers download."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.collection import Left, Person, Submission, plan, store, unpack
from autograder.course import load
from autograder.errors import NotebookError
from autograder.notebook import read


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of a download.

    Parameters
    ----------
    submissions : tuple of (Submission, str)
        Each with what was done: "new", "the same as before", "in place of the one before"; nothing in a dry run.
    left : tuple of Left
        What was not collected, by name and with a reason.
    """

    submissions: tuple[tuple[Submission, str], ...]
    left: tuple[Left, ...]


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

    def recognizes(path: Path, name: str) -> bool:
        try:
            paper = course.recognize(read(path), "")
        except NotebookError:
            return False
        return paper is not None and (paper.assignment, paper.name) == (assignment, name)

    people = [Person(s.id, s.first_name, s.last_name, s.email, s.number) for s in bridge.class_list(root)]
    with tempfile.TemporaryDirectory(prefix="autograder-collect-") as folder:
        files, refused = unpack(source, Path(folder))
        planned = plan(files, assignment, names, people, recognizes)
        left = [*refused, *planned.left]
        places = bridge.submitted_folders(root, assignment, [one.student for one in planned.submissions])
        done = []
        for one in planned.submissions:
            try:
                done.append((one, "" if dry else store(one, places[one.student])))
            except OSError as error:
                left.append(Left(one.who, f"it cannot be stored: {error.strerror}"))
    return Collected(tuple(done), tuple(left))
