"""To and from students, through the course's exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from autograder.nbgrader_bridge.course import open_course


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


def collect(root: Path, assignment: str) -> tuple[str, ...]:
    """Copy each student's newest submission to `submitted/<student>/<assignment>`.

    Where the assignment has one notebook and a submission has one under another name, it gets the name that nbgrader
    looks for. A submission that holds a link is left where it is: nbgrader would copy what the link leads to, with
    the instructor's rights.

    Returns
    -------
    tuple of str
        Students whose submission was left for that reason.

    Raises
    ------
    BridgeError
        The exchange cannot be read.
    """
    with open_course(root, assignment) as course:
        step = course.exchange("Collect")
        step.update = True
        refused: list[str] = []
        if isinstance(step, ExchangeCollect):
            step.init_src = _without_links(step, refused)
        course.run(step, f"collecting {assignment}")
        names = course.notebooks()
        if len(names) == 1:
            for folder in course.submitted():
                _name_lone_notebook(folder, names[0])
    return tuple(sorted(refused))


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


def _without_links(step: ExchangeCollect, refused: list[str]) -> Callable[[], None]:
    """Let nbgrader choose the submissions, then pass over those with links, and note whose they are."""
    choose = step.init_src

    def init_src() -> None:
        choose()
        linked = {r["filename"] for r in step.src_records if _has_links(Path(step.inbound_path) / r["filename"])}
        refused.extend(r["username"] for r in step.src_records if r["filename"] in linked)
        step.src_records = [record for record in step.src_records if record["filename"] not in linked]

    return init_src


def _has_links(folder: Path) -> bool:
    return folder.is_symlink() or any(path.is_symlink() for path in folder.rglob("*"))


def _name_lone_notebook(folder: Path, name: str) -> None:
    found = list(folder.glob("*.ipynb"))
    if len(found) == 1 and found[0].stem != name:
        found[0].rename(folder / f"{name}.ipynb")
