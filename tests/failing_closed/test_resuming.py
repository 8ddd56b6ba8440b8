"""Drivers, workers and fork-servers are killed at random moments: `--resume` ends where an undisturbed run ends."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import typed
from frail_course import RIGHT, children, make_course, running, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.api.runs import JOURNAL, STATE

HALF = RIGHT.replace("x + x + x", "x")
SLOW = RIGHT.replace("    return x + x\n", "    import time\n\n    time.sleep(0.02)\n    return x + x\n")
ANSWERS = [RIGHT, HALF, SLOW, "pass"]
STUDENTS = 24
ROUNDS = 12
SEEDS = 3
# By a part of the command line: the one that was started, a worker of its pool, a fork-server.
WORKER = "spawn_main"
VICTIMS = ("", WORKER, "autograder.sandbox.server")
# Each submission is kept by itself, and a few may be seen as one step.
STEPS, LEAST_STEPS = STUDENTS // 3, 1
# A run that has fewer left may have ended before anything is killed.
LEAST_LEFT = 4
COLUMNS = "student.id, base_cell.name, auto_score, manual_score, needs_manual_grade"
TABLES = """
    from {table} join base_cell on base_cell.id = {table}.cell_id
    join submitted_notebook on submitted_notebook.id = {table}.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join student on student.id = submitted_assignment.student_id order by 1, 2
"""

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("resuming")]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    course = make_course(tmp_path_factory.mktemp("handed-in") / "course")
    # A busy machine shall not turn a slow answer into a wrong one.
    (course / "course.toml").write_text("[limits]\nseconds_per_call = 30\nseconds_per_cell = 60\n")
    bridge.generate(course, "hw")
    for number in range(STUDENTS):
        text = f"{ANSWERS[number % len(ANSWERS)]}\n# student {number}\n"
        write_answer(course / "submitted" / f"s{number:02}" / "hw" / "hw.ipynb", text)
    return course


@pytest.fixture(scope="module")
def undisturbed(handed_in, tmp_path_factory) -> Path:
    course = Path(shutil.copytree(handed_in, tmp_path_factory.mktemp("undisturbed") / "course"))
    assert typed(course, "grade", "hw", "--jobs", "2").returncode == 0
    return course


def gradebook(course: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as database:
        grades = database.execute(f"select {COLUMNS} {TABLES.format(table='grade')}").fetchall()
        comments = f"select student.id, base_cell.name, auto_comment {TABLES.format(table='comment')}"
        return [*grades, *database.execute(comments).fetchall()]


def files(course: Path) -> dict[str, bytes]:
    folder = course / "autograded"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def family(pid: int) -> Iterator[int]:
    """Give a process and all that descend from it."""
    yield pid
    for child in children(pid):
        yield from family(child)


def of_kind(pid: int, kind: str) -> list[int]:
    """Give the processes of a kind among those that descend from one; they may end while they are looked at."""
    with contextlib.suppress(OSError):
        return [one for one in family(pid) if kind.encode() in Path(f"/proc/{one}/cmdline").read_bytes()]
    return []


def wait_for_work(process: subprocess.Popen[str], course: Path, steps: int) -> None:
    """Wait until a command has a worker, and has since then kept results so many times; or has ended."""
    journal = course / STATE / f"{JOURNAL}-wal"
    while process.poll() is None and not of_kind(process.pid, WORKER):
        time.sleep(0.01)
    seen = {touched(journal)}
    while process.poll() is None and len(seen) <= steps:
        time.sleep(0.01)
        seen.add(touched(journal))


def touched(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def disturb(course: Path, chance: random.Random, most_steps: int, *arguments: str) -> None:
    """Run a command, and kill it or one of its processes while it is at work."""
    command = [Path(sys.executable).with_name("autograder"), *arguments, "--jobs", "2"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen([*command, "--course", course], text=True, **quiet) as process:
        wait_for_work(process, course, chance.randint(0, most_steps))
        kind = chance.choice(VICTIMS)
        victims = of_kind(process.pid, kind) if kind else []
        number = signal.SIGINT if not kind and chance.random() < 0.5 else signal.SIGKILL
        assert process.poll() is None, "it had ended before anything was killed"
        os.kill(chance.choice(victims or [process.pid]), number)
        # A worker that is just starting when its driver ends has a traceback of Python's own.
        said = process.stderr.read()
        assert said.count("Traceback") == said.count("in spawn_main")


def known(course: Path, query: str) -> int:
    """Count what the journal has."""
    path = course / STATE / JOURNAL
    if not path.exists():
        return 0
    with contextlib.closing(sqlite3.connect(path)) as journal:
        return journal.execute(query).fetchone()[0]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_is_killed_the_gradebook_becomes_that_of_an_undisturbed_run(handed_in, undisturbed, tmp_path, seed):
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    chance = random.Random(seed)  # noqa: S311 - a moment, no secret
    for _ in range(ROUNDS // SEEDS):
        # What has hardly anything left to grade begins anew.
        if 0 < known(course, "select count(*) from entry") <= STUDENTS - LEAST_LEFT:
            disturb(course, chance, LEAST_STEPS, "grade", "hw", "--resume")
        else:
            disturb(course, chance, STEPS, "grade", "hw")
    done = typed(course, "grade", "hw", "--jobs", "2", "--resume")
    assert done.returncode == 0, done.stderr
    assert gradebook(course) == gradebook(undisturbed)
    assert files(course) == files(undisturbed)


@pytest.fixture(scope="module")
def changed(undisturbed, tmp_path_factory) -> Path:
    """Give a graded class whose tests have changed since."""
    course = Path(shutil.copytree(undisturbed, tmp_path_factory.mktemp("changed") / "course"))
    path = course / "source" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace("assert triple(2) == 6", "assert triple(2) in (6, 2)"))
    return course


@pytest.fixture(scope="module")
def regraded(changed, tmp_path_factory) -> Path:
    course = Path(shutil.copytree(changed, tmp_path_factory.mktemp("regraded") / "course"))
    assert typed(course, "regrade", "hw", "--jobs", "2", "--apply").returncode == 0
    return course


@pytest.mark.parametrize("seed", range(2))
def test_regrading_that_is_killed_ends_where_an_undisturbed_one_ends(changed, regraded, tmp_path, seed):
    course = Path(shutil.copytree(changed, tmp_path / "course"))
    chance = random.Random(seed)  # noqa: S311 - a moment, no secret
    results = "select count(*) from result"
    before = known(course, results)
    for _ in range(ROUNDS // 4):
        # What has run again does not do so another time.
        if known(course, results) - before <= STUDENTS - LEAST_LEFT:
            disturb(course, chance, LEAST_STEPS, "regrade", "hw", "--apply")
    done = typed(course, "regrade", "hw", "--jobs", "2", "--apply")
    assert done.returncode == 0, done.stderr
    assert gradebook(course) == gradebook(regraded)
    assert gradebook(course) != gradebook(changed)
    assert files(course) == files(regraded)


def test_regrading_writes_what_an_ended_one_has_found_and_not_written(changed, regraded, tmp_path):
    course = Path(shutil.copytree(regraded, tmp_path / "course"))
    for part in ("gradebook.db", "autograded"):
        path = course / part
        path.unlink() if path.is_file() else shutil.rmtree(path)
        copy = shutil.copy if path.suffix else shutil.copytree
        copy(changed / part, path)
    with contextlib.closing(sqlite3.connect(course / STATE / JOURNAL)) as journal, journal:
        journal.execute("update entry set written = 0")
    done = typed(course, "regrade", "hw", "--jobs", "2", "--apply")
    assert done.returncode == 0, done.stderr
    assert gradebook(course) == gradebook(regraded)


def test_what_is_graded_and_written_is_neither_graded_nor_written_again(undisturbed):
    before = {path: path.stat().st_mtime_ns for path in (undisturbed / "autograded").rglob("*.ipynb")}
    done = typed(undisturbed, "grade", "hw", "--jobs", "2", "--resume")
    assert done.returncode == 0, done.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_no_worker_outlives_its_driver(handed_in, tmp_path):
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    command = [Path(sys.executable).with_name("autograder"), "grade", "hw", "--jobs", "2", "--course", course]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while len(list(family(process.pid))) < 6 and time.monotonic() < deadline:
            time.sleep(0.05)
        members = list(family(process.pid))[1:]
        process.kill()
    while any(map(running, members)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in members if running(pid)] == []
