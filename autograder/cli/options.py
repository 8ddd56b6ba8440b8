"""Options that several commands share."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.telling import tell_of
from autograder.cli.terminal import errors
from autograder.course import find_root, load
from autograder.errors import UsageError
from autograder.language import Speaker, speaker

if TYPE_CHECKING:
    from autograder.sandbox import Level


def once(names: list[str] | None) -> list[str] | None:
    """Let an assignment that is named twice be taken once."""
    return names and list(dict.fromkeys(names))


Assignment = Annotated[str, typer.Argument(help="The assignment's name.", show_default=False)]
Assignments = Annotated[list[str], typer.Argument(callback=once, help="The assignments' names.", show_default=False)]
AssignmentOrNone = Annotated[
    str | None, typer.Option("--assignment", help="The assignment; recognized when not given.", show_default=False)
]
Students = Annotated[
    list[str] | None, typer.Option("--student", help="Only this student; may be repeated.", show_default=False)
]
CourseFolder = Annotated[
    Path | None, typer.Option("--course", help="The course folder; found from here upwards when not given.")
]
Cluster = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers are to grade.", show_default=False),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="Another gradebook that is there, such as sqlite:////tmp/trial.db; a relative file is below the course "
        "folder. As the course is configured when not given.",
        show_default=False,
    ),
]
Json = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="FILE",
        help="Write what was found as lines of JSON; - is standard output.",
        show_default=False,
    ),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Worker processes; chosen when not given.", show_default=False)]


class Isolation(enum.StrEnum):
    """How far to keep student code apart."""

    FULL = "full"
    REDUCED = "reduced"
    NONE = "none"


IsolationLevel = Annotated[
    Isolation | None,
    typer.Option("--isolation", help="The strongest that this machine holds when not given.", show_default=False),
]


def level_of(isolation: Isolation | None) -> Level | None:
    """Give the sandbox's name of a level."""
    return None if isolation is None else isolation.value


class Language(enum.StrEnum):
    """What people read the outcomes in."""

    EN = "en"
    ZH = "zh"


Reading = Annotated[
    Language | None,
    typer.Option("--language", help="Of what people read; course.toml says it when not given.", show_default=False),
]


def speaker_of(language: Language | None, root: Path) -> Speaker:
    """Give who says a course's outcomes in the language that was asked for, or else in the course's.

    What is wrong with the course's catalogue is told.

    Raises
    ------
    CourseError
        Where the course has faults.
    """
    say = speaker(language.value if language else load(root).language, root)
    for fault in say.faults:
        tell_of(errors, fault, style="yellow")
    return say


def root_of(course: Path | None) -> Path:
    """Give the course folder that a command is about.

    Raises
    ------
    UsageError
        Where there is none.
    """
    root = (course or find_root(Path.cwd())).resolve()
    if not root.is_dir():
        raise UsageError(f"There is no folder {root}. Name the course folder: the one with source/ in it.")
    return root


def half_made(folder: Path) -> str:
    """Say what an interrupt leaves where a course was being made."""
    return f"What is in {folder} is half a course: remove that folder, then run this again."


def root_with(course: Path | None, *assignments: str) -> Path:
    """Give the course folder that a command is about, which must have some assignments.

    Raises
    ------
    UsageError
        Where there is none, or it has no such assignment.
    CourseError
        Where it has faults.
    """
    root = root_of(course)
    known = load(root)
    for assignment in assignments:
        known.papers_of(assignment)
    return root
