"""Opening a gradebook, and telling in a line that it cannot be used: SQLAlchemy tells it in eighty."""

from __future__ import annotations

import contextlib
import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from nbgrader.api import Base, Gradebook
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import URL, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from autograder.errors import BridgeError, GradebookError
from autograder.waiting import waiting_for

LOCK_PATIENCE_MS = 30_000
"""How long a gradebook that another program has locked is waited for."""

# Of PostgreSQL.
_LOCK_NOT_AVAILABLE = "55P03"

_NO_ADDRESS = (
    "A gradebook has an address such as sqlite:////srv/course/gradebook.db or "
    "postgresql+psycopg://user@host/name. {url!r} is none that can be opened: {reason}. It stands behind --db, or in "
    "nbgrader_config.py as CourseDirectory.db_url."
)

_WANTED = "--db makes no new one, and takes one that knows the assignment: "
_CONFIGURE = "name it in nbgrader_config.py as CourseDirectory.db_url, and run `autograder release`."
_COPY = "copy the course's own gradebook there first. Or "

# Of an address that SQLAlchemy cannot take apart; a password may have any letter but @, as there.
_PASSWORD = re.compile(r"(://[^/:]*:)[^@]*@")


@contextlib.contextmanager
def gradebook(url: str, course_id: str, *, new: bool = True) -> Iterator[Gradebook]:
    """Open a gradebook; one that another program has locked is waited for.

    Parameters
    ----------
    url : str
        Of SQLAlchemy's.
    course_id : str
    new : bool
        Whether one that is not there is made; else that is a mistake.

    Raises
    ------
    BridgeError
        `url` is none, or its driver is not installed or cannot be loaded. Or no gradebook is there, and none is made.
    GradebookError
        It cannot be opened, or refuses what is asked of it.
    """
    place = _address(url)
    patient = _patient(place)
    try:
        with waited_for(place):
            _found(patient, new=new)
            opened = Gradebook(patient.render_as_string(hide_password=False), course_id)
        with opened:
            yield opened
    except SQLAlchemyError as error:
        raise GradebookError(_unusable(place, error)) from error


def waited_for(place: URL) -> AbstractContextManager[None]:
    """Tell of a step that another program may hold up, where it takes long."""
    return waiting_for(f"the gradebook {_shown(place)}: another program may have it locked")


def what_db_takes(url: str | URL) -> str:
    """Say what a gradebook behind --db must be, and how one at that address becomes so."""
    # Only a file can be copied to: a course begins with SQLite, and that goes into no server.
    copy = _COPY if make_url(url).get_backend_name() == "sqlite" else ""
    return _WANTED + copy + _CONFIGURE


def first_line(error: BaseException) -> str:
    """Give what an exception says, without its appendices."""
    told = str(error).strip()
    return told.splitlines()[0] if told else type(error).__name__


def _found(place: URL, *, new: bool) -> None:
    """Make the tables of a new gradebook as nbgrader would, which starts a program for it: that takes a second."""
    if not new and _no_file(place):
        raise _none_there(place)
    engine = create_engine(place)
    try:
        if not inspect(engine).get_table_names():
            if not new:
                raise _none_there(place)
            _make_tables(engine)
    finally:
        engine.dispose()


def _none_there(place: URL) -> BridgeError:
    return BridgeError(f"There is no gradebook at {_shown(place)}. {what_db_takes(place)}")


def _no_file(place: URL) -> bool:
    """Tell whether it is an SQLite file that is not there: to connect to it makes it."""
    return (
        place.get_backend_name() == "sqlite" and "uri" not in place.query and not Path(place.database or "").is_file()
    )


def _make_tables(engine: Engine) -> None:
    # Needed once a course, and long to load.
    from alembic.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        MigrationContext.configure(connection).stamp(ScriptDirectory(ALEMBIC_DIR), "head")


def _address(url: str) -> URL:
    try:
        # It connects to nothing yet; it loads the driver.
        create_engine(url)
        return make_url(url)
    except (ArgumentError, ImportError, ValueError) as error:
        reason = first_line(error).rstrip(".")
        if isinstance(error, ModuleNotFoundError):
            reason = f"{error.name} is not installed"
        raise BridgeError(_NO_ADDRESS.format(url=_without_password(url), reason=reason)) from error


def _without_password(url: str) -> str:
    try:
        return _rendered(make_url(url))
    except (ArgumentError, ValueError):
        return _PASSWORD.sub(r"\1***@", url)


def _patient(place: URL) -> URL:
    """Let a database wait for another program, formgrader for one, and not for ever."""
    waiting = {
        "sqlite": {"timeout": f"{LOCK_PATIENCE_MS / 1000:g}"},
        "postgresql": {"options": f"-c lock_timeout={LOCK_PATIENCE_MS}"},
    }
    # What the address says itself counts.
    return place.set(query={**waiting.get(place.get_backend_name(), {}), **place.query})


def _unusable(place: URL, error: SQLAlchemyError) -> str:
    what = f"The gradebook {_shown(place)} cannot be used: {first_line(error)}."
    if _is_locked(error):
        return (
            f"{what} Another program has it locked: close that, then run it again. `autograder grade` goes on with "
            "--resume."
        )
    if _is_of_another_nbgrader(place, error):
        return (
            f"{what} Its tables are those of another version of nbgrader. Keep a copy of it, and bring it up to date "
            f"with `nbgrader db upgrade {shlex.quote(f'--db={_rendered(_absolute(place))}')}`; then run it again."
        )
    if place.get_backend_name() == "sqlite":
        return (
            f"{what} If it is damaged, put back a copy of it that is whole; if another program has it open, close "
            "that; then run it again."
        )
    return f"{what} See that its server runs and lets you in; then run it again."


def _is_of_another_nbgrader(place: URL, error: SQLAlchemyError) -> bool:
    """Tell whether a statement failed in tables that nbgrader itself would upgrade first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    if not getattr(error, "statement", None):
        return False
    engine = create_engine(place)
    try:
        with engine.connect() as connection:
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
    return found != ScriptDirectory(ALEMBIC_DIR).get_current_head()


def _is_locked(error: SQLAlchemyError) -> bool:
    """Tell whether a database refused what another program holds, and not for another reason."""
    told = getattr(error, "orig", None)
    # SQLite's extended codes have more bits; a server has a code of the standard, whatever its driver calls that.
    code = getattr(told, "sqlite_errorcode", 0) & 0xFF
    state = getattr(told, "sqlstate", None) or getattr(told, "pgcode", None)
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or state == _LOCK_NOT_AVAILABLE


def _shown(place: URL) -> str:
    file = _absolute(place).database if place.get_backend_name() == "sqlite" else None
    return file or _rendered(place)


def _absolute(place: URL) -> URL:
    """Give an address that is the same from everywhere: a relative file is below the course folder."""
    if place.get_backend_name() != "sqlite" or not place.database:
        return place
    return place.set(database=str(Path(place.database).absolute()))


def _rendered(place: URL) -> str:
    """Give an address without its password, which may be among its settings, too."""
    if "password" in place.query:
        place = place.update_query_dict({"password": "***"})
    return place.render_as_string(hide_password=True)
