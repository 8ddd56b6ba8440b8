"""To and from students, through the course's exchange."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.inbound import Gathered, Inbound


def fetch(root: Path, student: str, folder: Path, assignment: str) -> Path:
    """Copy a released assignment to a student's folder.

    Parameters
    ----------
    root : Path
        The course, for its configuration.
    student : str
    folder : Path
        The student's; the copy is `folder/<assignment>`.
    assignment : str

    Returns
    -------
    Path
        The copy.

    Raises
    ------
    BridgeError
        It is not released, or the student has a copy already.
    """
    folder = folder.resolve()
    with open_course(root, assignment, student) as course:
        step = course.exchange("FetchAssignment")
        step.assignment_dir = str(folder)
        course.run(step, f"fetching {assignment} for {student}")
    return folder / assignment


def submit(root: Path, student: str, folder: Path, assignment: str, at: datetime | None = None) -> None:
    """Hand in what lies in `folder/<assignment>`.

    Parameters
    ----------
    root : Path
    student : str
    folder : Path
    assignment : str
    at : datetime, optional
        The time to be recorded, with its time zone, for work that came another way; now when left out.

    Raises
    ------
    BridgeError
        The folder is not there, or the exchange does not take it.
    """
    folder = folder.resolve()
    with open_course(root, assignment, student) as course:
        step = course.exchange("Submit")
        step.assignment_dir = str(folder)
        if at is not None:
            # nbgrader formats the time of the call; a format without directives is a fixed time.
            step.timestamp_format = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        course.run(step, f"handing in {assignment} of {student}")


def collect(root: Path, assignment: str) -> Gathered:
    """Copy each student's newest submission to `submitted/<student>/<assignment>`.

    Where the assignment has one notebook and a submission has one under another name, it gets the name that nbgrader
    looks for. What cannot be collected is left where it is, and the newest that can be is: a folder with links, for
    nbgrader would copy what they lead to, with the instructor's rights; or one that somebody else has put there.

    Returns
    -------
    Gathered

    Raises
    ------
    BridgeError
        The exchange cannot be read.
    """
    with open_course(root, assignment) as course:
        step = course.exchange("Collect")
        step.update = True
        # Another exchange, one for JupyterHub for example, knows by itself who its students are.
        own = {os.geteuid(), course.root.stat().st_uid}
        inbound = Inbound(step, own) if isinstance(step, ExchangeCollect) else None
        course.run(step, f"collecting {assignment}")
        names = course.notebooks()
        if len(names) == 1:
            for folder in course.submitted():
                _name_lone_notebook(folder, names[0])
        return inbound.gathered() if inbound is not None else Gathered()


def inbound_folder(root: Path) -> Path | None:
    """Give the folder into which the course's exchange takes what students hand in; None where it is another exchange.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root) as course:
        step = course.exchange("Collect")
        return Path(step.root, step.coursedir.course_id, "inbound") if isinstance(step, ExchangeCollect) else None


def submitted_folders(root: Path, assignment: str, students: Iterable[str]) -> dict[str, Path]:
    """Give the folder in which nbgrader looks for each student's submission.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root, assignment) as course:
        directory = course.directory
        return {s: Path(directory.format_path(directory.submitted_directory, s, assignment)) for s in students}


def _name_lone_notebook(folder: Path, name: str) -> None:
    found = list(folder.glob("*.ipynb"))
    if len(found) == 1 and found[0].stem != name:
        found[0].rename(folder / f"{name}.ipynb")
