"""The gradebook in PostgreSQL: a real server, started here from Debian's binaries, as an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.converters import GenerateAssignment
from sqlalchemy import create_engine, text
from tables import contents
from typer.testing import CliRunner

from autograder import nbgrader_bridge as bridge
from autograder.cli.main import app
from autograder.errors import BridgeError, GradebookError
from autograder.nbgrader_bridge import gradebooks
from autograder.nbgrader_bridge.course import open_course

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("postgresql"),
    pytest.mark.skipif(not BINARIES, reason="no PostgreSQL here: apt-get install postgresql"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server that listens on a socket in a folder of its own; give the URL of its database."""
    # Not below pytest's folders: another user could not reach them, and a socket's path is short.
    folder = Path(f"/tmp/autograder-postgresql-{os.getpid()}")  # noqa: S108
    folder.mkdir()
    as_user = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **as_user}
    try:
        data = folder / "data"
        initdb = [BINARIES[-1] / "initdb", "-D", data, "-U", "grader", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, **quiet)
        options = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        with subprocess.Popen([BINARIES[-1] / "postgres", "-D", data, *options], **quiet) as process:
            _wait_for(folder / ".s.PGSQL.5432")
            yield f"postgresql+psycopg://grader@/postgres?host={folder}"
            process.terminate()
    finally:
        shutil.rmtree(folder)


def _wait_for(socket: Path) -> None:
    ready = [BINARIES[-1] / "pg_isready", "-h", socket.parent, "-q"]
    for _ in range(600):
        if socket.exists() and subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.1)
    pytest.fail("PostgreSQL did not start")


@pytest.fixture(scope="module")
def graded(server, template, tmp_path_factory) -> tuple[str, str]:
    """Grade the same class twice, into PostgreSQL and into SQLite; give both URLs."""
    course = Path(shutil.copytree(template, tmp_path_factory.mktemp("postgresql") / "course"))
    with open_course(course, "hw") as opened:
        opened.directory.db_url = server
        opened.run(opened.converter(GenerateAssignment), "generating hw")
    for student, answer in {"ann": "def double(x):\n    return x + x", "ben": "def double(x):\n    return 2"}.items():
        notebook = nbformat.read(course / "release" / "hw" / "hw.ipynb", as_version=4)
        notebook.cells[1].source = answer
        path = course / "submitted" / student / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    for options in ([], ["--db", server]):
        done = CliRunner().invoke(app, ["grade", "hw", "--course", str(course), *options], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return server, f"sqlite:///{course / 'gradebook.db'}"


@pytest.mark.parametrize(
    "table", ["student", "submitted_assignment", "submitted_notebook", "grade", "comment", "course"]
)
def test_postgresql_holds_what_sqlite_holds(graded, table):
    theirs, ours = (contents(url)[table] for url in graded)
    assert ours == theirs
    assert ours


def test_an_empty_database_is_to_be_named_in_the_configuration_which_fills_it(server, template, tmp_path):
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("create database empty"))
    engine.dispose()
    empty = server.replace("/postgres?", "/empty?")
    course = Path(shutil.copytree(template, tmp_path / "course"))
    with pytest.raises(BridgeError, match=r"no gradebook at postgresql.*: name it in nbgrader_config\.py") as told:
        bridge.submissions(course, "hw", empty)
    assert "copy" not in str(told.value)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.CourseDirectory.db_url = {empty!r}\n")
    bridge.release(course, "hw")
    assert bridge.submissions(course, "hw", empty) == ()


def test_a_table_that_another_program_has_locked_is_not_waited_for_without_end(graded, server, template, monkeypatch):
    assert graded
    monkeypatch.setattr(gradebooks, "LOCK_PATIENCE_MS", 100)
    engine = create_engine(server)
    with engine.begin() as other:
        other.execute(text("lock table grade in access exclusive mode"))
        with pytest.raises(GradebookError, match="lock timeout"):
            bridge.standing(template, "hw", server)
    engine.dispose()
