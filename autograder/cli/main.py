"""Commands put together, and errors turned into one clear message and an exit status."""

from __future__ import annotations

import io
import sys
from typing import NoReturn

import typer

from autograder.cli import (
    adopt,
    audit,
    build,
    bundle,
    collect,
    demo,
    doctor,
    export,
    feedback,
    grade,
    lab,
    regrade,
    release,
    repair,
    report,
    score,
    similar,
    versions,
)
from autograder.cli.readers import watching_readers
from autograder.cli.refusals import refused_place, what_next
from autograder.cli.statuses import Status
from autograder.cli.stopping import Stopped
from autograder.cli.telling import tell
from autograder.cli.terminal import errors, show_warnings_of_rooms
from autograder.errors import AutograderError, ClusterError, CourseError, GradebookError, SandboxError

app = typer.Typer(
    name="autograder",
    help="Grades NumPy homework in notebooks; student code runs apart from the tests.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(versions.options)
app.command(name="score")(score.score)
app.command(name="build")(build.build)
app.command(name="release")(release.release)
app.command(name="collect")(collect.collect)
app.command(name="grade")(grade.grade)
app.command(name="regrade")(regrade.regrade)
app.command(name="feedback")(feedback.feedback)
app.command(name="export")(export.export)
app.command(name="report")(report.report)
app.command(name="similar")(similar.similar)
app.command(name="bundle")(bundle.bundle)
app.command(name="demo")(demo.demo)
app.command(name="lab")(lab.lab)
app.command(name="adopt")(adopt.adopt)
app.command(name="init")(adopt.init)
app.command(name="audit")(audit.audit)
app.command(name="repair")(repair.repair)
app.command(name="doctor")(doctor.doctor)


def main() -> None:
    """Run the command line; it ends with 0 when the work was done, else with a `Status`."""
    _print_any_letter()
    show_warnings_of_rooms()
    try:
        _run()
    except CourseError as error:
        count = "1 fault" if len(error.faults) == 1 else f"{len(error.faults)} faults"
        errors.print(f"The course has {count}:", style="bold red")
        for fault in error.faults:
            tell(errors, f"- {fault}")
        sys.exit(Status.MISTAKE)
    except (ClusterError, GradebookError, SandboxError) as error:
        tell(errors, str(error), style="red")
        sys.exit(Status.FAULT_OF_OURS)
    except AutograderError as error:
        tell(errors, str(error), style="red")
        sys.exit(Status.MISTAKE)
    except Stopped as stop:
        tell(errors, str(stop), style="yellow")
        sys.exit(Status.INTERRUPTED)
    except (OSError, MemoryError) as error:
        if place := refused_place(error, sys.argv[1:]):
            _refuse(place, error)
        tell(
            errors,
            f"The machine refused what grading needs: {type(error).__name__}: {error}. {what_next(error)}",
            style="red",
        )
        sys.exit(Status.FAULT_OF_OURS)


def _run() -> None:
    with watching_readers() as one_has_left:
        try:
            app()
        except SystemExit as end:
            # Typer turns Ctrl-C into this status and says nothing.
            if end.code == Status.INTERRUPTED:
                errors.print("Stopped.", style="yellow")
            # Typer and rich turn a broken pipe, of whatever it is, into 1, which says that something was found.
            if isinstance(end.__context__, BrokenPipeError):
                if not one_has_left():
                    raise end.__context__ from None
                end.code = Status.UNREAD
            raise


def _print_any_letter() -> None:
    """Let a terminal that lacks a letter of somebody's name show its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _refuse(place: str, error: BaseException) -> NoReturn:
    reason = error.strerror if isinstance(error, OSError) else error
    tell(
        errors,
        f"{place} cannot be used: {reason}. Name another place, or put this one right; then run it again.",
        style="red",
    )
    sys.exit(Status.MISTAKE)
