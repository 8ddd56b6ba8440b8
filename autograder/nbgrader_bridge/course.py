"""An nbgrader course opened in this process: each call of nbgrader's own command costs seconds, mostly imports.

nbgrader changes the working folder and the environment, logs to the terminal, and says what went wrong in its log
only. All of that ends here: `open_course` puts folder and environment back, sends the log to `.nbgrader.log` in the
course, and `Course.run` turns a failing step into a `BridgeError` with nbgrader's own last words.
"""

from __future__ import annotations

import contextlib
import errno
import fnmatch
import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbformat.warnings import DuplicateCellId
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.auth import Authenticator
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.exchange.abc import ExchangeCollect
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets import Any as AnyTrait
from traitlets.config import Config, LoggingConfigurable
from traitlets.config.loader import PyFileConfigLoader

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.gradebooks import gradebook
from autograder.nbgrader_bridge.logs import LastWords, course_log
from autograder.nbgrader_bridge.no_room import tells_of_no_room
from autograder.nbgrader_bridge.plug_ins import importable
from autograder.nbgrader_bridge.times import ForgivingDirectory

CONFIG_FILE = "nbgrader_config.py"
LOG_FILE = ".nbgrader.log"
_PLACES = (
    "source_directory", "release_directory", "submitted_directory", "autograded_directory", "feedback_directory",
)  # fmt: skip
# What Python puts behind an error's words, and before them.
_PLACE = re.compile(r"'([^']+)'$")
_NUMBERED = re.compile(r"^\w+: \[Errno \d+\] ")
_OPENING_GRADEBOOKS = BaseConverter, ExchangeCollect


class Desk(LoggingConfigurable):
    """The parent that nbgrader's objects take their configuration and their log from; their own is an application."""

    log = AnyTrait()


@dataclass(frozen=True, slots=True)
class Course:
    """nbgrader's view of a course folder.

    Parameters
    ----------
    root : Path
    desk : Desk
    directory : CourseDirectory
        Where the files of each step lie; its `assignment_id` and `student_id` say what the next step is about.
    last_words : LastWords
    other_gradebook : bool
        Whether its gradebook is another one than it is configured with; such a one is never made.
    """

    root: Path
    desk: Desk
    directory: CourseDirectory
    last_words: LastWords
    other_gradebook: bool = False

    def gradebook(self) -> contextlib.AbstractContextManager[Gradebook]:
        """Open the gradebook; what it refuses is a GradebookError."""
        return gradebook(self.directory.db_url, self.directory.course_id, new=not self.other_gradebook)

    def notebooks(self) -> list[str]:
        """List the names of the assignment's notebooks; none when it was never generated."""
        with self.gradebook() as gradebook:
            try:
                return [notebook.name for notebook in gradebook.find_assignment(self.directory.assignment_id).notebooks]
            except MissingEntry:
                return []

    def submitted(self) -> list[Path]:
        """List the folders of the assignment's collected submissions, by student."""
        directory = self.directory
        pattern = directory.format_path(directory.submitted_directory, "*", directory.assignment_id)
        return sorted(self.root.glob(str(Path(pattern).relative_to(self.root))))

    def converter(self, kind: type[BaseConverter]) -> BaseConverter:
        """Make one of nbgrader's converters for this course; it does its work again where it was done."""
        converter = kind(coursedir=self.directory, parent=self.desk)
        converter.force = True
        return converter

    def exchange(self, verb: str) -> Any:  # noqa: ANN401 - the class is the course's choice, by configuration
        """Make the object of the course's exchange for a verb: "Submit", "Collect", ..."""
        kind = getattr(ExchangeFactory(parent=self.desk), verb)
        return kind(coursedir=self.directory, authenticator=Authenticator(parent=self.desk), parent=self.desk)

    def run(self, step: Any, doing: str) -> None:  # noqa: ANN401 - converters and exchanges have no common base
        """Start a step of nbgrader.

        Raises
        ------
        BridgeError
            It failed; the text has what was being done, nbgrader's reason, and where its log is.
        GradebookError
            It failed for the gradebook cannot be used.
        OSError
            It failed for there is no room on the disk, or the disk is not to be written.
        """
        self.last_words.forget()
        self._look_at_gradebook(step)
        try:
            with importable(self.root):
                step.start()
        except (NbGraderException, ExchangeError, OSError, RuntimeError, ValueError, SQLAlchemyError) as error:
            self._look_at_gradebook(step)
            reason = self.last_words.cause() or f"{type(error).__name__}: {error}"
            failed = f"nbgrader failed while {doing}: {reason.rstrip('.')}"
            if number := tells_of_no_room(reason):
                failed = f"nbgrader failed while {doing}: {_NUMBERED.sub('', reason)}"
                # A full disk is nobody's place; one that is not to be written may be the exchange as well.
                place = _PLACE.search(reason) if number == errno.EROFS else None
                raise OSError(number, failed, place and place[1]) from error
            raise BridgeError(f"{failed}. Its log is {self.root / LOG_FILE}.") from error

    def _look_at_gradebook(self, step: Any) -> None:  # noqa: ANN401 - as above
        """Make a new gradebook, and tell one that cannot be used as that; for steps that open it themselves."""
        if isinstance(step, _OPENING_GRADEBOOKS):
            with self.gradebook():
                pass


@contextlib.contextmanager
def open_course(
    root: Path, assignment: str = "", student: str = "*", language: str = "", db: str | None = None
) -> Iterator[Course]:
    """Open the course in folder `root`.

    Parameters
    ----------
    root : Path
        It holds `nbgrader_config.py`.
    assignment : str
    student : str
        An id, or "*" for all.
    language : str
        What people read the outcomes in; the course's own when empty.
    db : str or None
        Another gradebook than the configured one, as a URL of SQLAlchemy's; a relative file is below `root`.

    Raises
    ------
    BridgeError
        `root` is no course folder, or its configuration cannot be read or puts submissions elsewhere; or nbgrader
        cannot find its files for its name.
    """
    root = root.resolve()
    require_no_pattern(root, assignment)
    with _contained(), course_log(root / LOG_FILE) as (log, last_words):
        config = _config(root)
        if language:
            config.WriteVerdicts.language = config.FeedbackExporter.language = language
        desk = Desk(config=config, log=log)
        directory = ForgivingDirectory(parent=desk, root=str(root))
        directory.assignment_id, directory.student_id = assignment, student
        if db is not None:
            directory.db_url = db
        _require_usual_places(root, directory)
        os.chdir(root)
        yield Course(root, desk, directory, last_words, db is not None)


def course_id(root: Path) -> str:
    """Give nbgrader's name of a course; empty when its configuration has none.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    with open_course(root) as course:
        return str(course.directory.course_id)


def set_due_date(root: Path, assignment: str, due: datetime) -> None:
    """Say until when an assignment is on time.

    Parameters
    ----------
    root : Path
    assignment : str
    due : datetime
        With its time zone.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    # nbgrader keeps times in UTC without saying so.
    naive = due.astimezone(UTC).replace(tzinfo=None)
    with open_course(root) as course, course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=naive)


def is_pattern(name: str) -> bool:
    """Tell whether nbgrader, which looks for files by pattern, takes a name for one."""
    return not fnmatch.fnmatchcase(name, name) or bool({"*", "?"} & set(name))


def require_no_pattern(root: Path, assignment: str = "") -> None:
    """Refuse a course whose files nbgrader could not find for a name.

    Parameters
    ----------
    root : Path
        The course folder; it may be absent.
    assignment : str

    Raises
    ------
    BridgeError
        The course folder, one that it is in, or the assignment is named as a pattern; the first of them is told.
    """
    place = root.resolve()
    for folder in (*reversed(place.parents), place):
        if is_pattern(folder.name):
            raise _a_pattern(f"folder {folder}", folder.name, "Give it a name without, or put the course elsewhere")
    if is_pattern(assignment):
        raise _a_pattern(f"assignment {assignment}", assignment, "Give its folder a name without")


def _a_pattern(what: str, name: str, instead: str) -> BridgeError:
    signs = " ".join(sign for sign in "*?[]" if sign in name)
    return BridgeError(
        f"The name of the {what} has {signs}, and nbgrader takes it for a pattern: it would miss files, or take "
        f"others. {instead}; then run it again."
    )


def _require_usual_places(root: Path, directory: CourseDirectory) -> None:
    """Refuse a course whose configuration puts its files where we do not look: whose they are, their place tells."""
    usual = CourseDirectory.class_traits()["directory_structure"].default_value
    places = {"directory_structure": directory.directory_structure == usual}
    for name in _PLACES:
        # A link in the course may lead anywhere.
        places[name] = Path(os.path.normpath(root / getattr(directory, name))).is_relative_to(root)
    for name in (name for name, sound in places.items() if not sound):
        wanted = usual if name == "directory_structure" else "a folder in the course folder, or a link there"
        raise BridgeError(
            f"{root / CONFIG_FILE} sets CourseDirectory.{name} to {getattr(directory, name)}. Wanted is {wanted}: put "
            "the folders so, take the line out, and run it again."
        )


def _config(root: Path) -> Config:
    path = root / CONFIG_FILE
    if not path.is_file():
        raise BridgeError(f"{root} has no {CONFIG_FILE}, so it is no course folder. Go to one, or name it.")
    try:
        with importable(root):
            return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except Exception as error:
        raise BridgeError(f"{path} cannot be read: {type(error).__name__}: {error}. Mend it first.") from error


@contextlib.contextmanager
def _contained() -> Iterator[None]:
    """Put the working folder and the environment back, and hush the warnings that are nbgrader's own."""
    folder, environment = Path.cwd(), dict(os.environ)
    try:
        with warnings.catch_warnings():
            # api.py:149 and 2229 link a row before they add it; the row is added all the same.
            warnings.filterwarnings("ignore", "Object of type <.*> not in session", SAWarning)
            # release_feedback.py:65 leaves a file for the garbage collector to close.
            warnings.filterwarnings("ignore", "unclosed file .*timestamp.txt", ResourceWarning)
            # nbformat mends it as it reads; copied cells are no fault of the instructor's.
            warnings.filterwarnings("ignore", category=DuplicateCellId)
            yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
