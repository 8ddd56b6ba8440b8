"""Worker processes are killed at random moments: every notebook has its right marks, or none and a plain sentence."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from command import Done, typed
from frail_course import FULL, POINTS, RIGHT, make_course, rows_of, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dying workers")]

HALF = RIGHT.replace("x + x + x", "x")
SLOW = RIGHT.replace("    return x + x\n", "    import time\n\n    time.sleep(0.03)\n    return x + x\n")
WORTH = {SLOW: FULL, HALF: FULL - 2 * POINTS, "pass": 0.0}
# Ends the worker that grades it, and no other.
KILLER = RIGHT.replace("x + x\n", "-1 if x == 99 else x + x\n")
DEADLY = {"deadly": "import os\nif double(99) == -1: os.kill(os.getpid(), 9)\nassert double(4) == 8"}
OURS = "It could not be graded, for a reason of ours"
KILLS = 2


@pytest.fixture(scope="module")
def batch(tmp_path_factory) -> tuple[Path, dict[Path, float]]:
    """Make a course, and submissions with the marks that they are worth."""
    folder = tmp_path_factory.mktemp("batch")
    answers = [*WORTH] * 16
    paths = {write_answer(folder / f"{n}.ipynb", text): WORTH[text] for n, text in enumerate(answers)}
    return make_course(folder / "course"), paths


def workers_of(pid: int) -> list[int]:
    """Find the worker processes of a pool."""
    lists = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    children = [child for text in lists for child in text.split()]
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def harass(process: subprocess.Popen[str], chance: random.Random) -> int:
    """Kill workers, each a random while after it was seen; give how many were killed."""
    killed = 0
    while process.poll() is None:
        # A process may end while it is looked at.
        with contextlib.suppress(OSError):
            workers = workers_of(process.pid)
            if workers and killed < KILLS:
                time.sleep(chance.uniform(0.0, 2.0))
                if (victim := chance.choice(workers)) in workers_of(process.pid):
                    os.kill(victim, signal.SIGKILL)
                    killed += 1
        time.sleep(0.05)
    return killed


class Harassed(NamedTuple):
    """What became of a batch whose workers were killed: how many were, the command's end, and its rows."""

    killed: int
    status: int
    said: str
    rows: list[dict[str, Any]]

    @property
    def lost(self) -> list[dict[str, Any]]:
        """The notebooks without marks."""
        return [row for row in self.rows if "error" in row]


@pytest.fixture(scope="module", params=range(3))
def harassed(batch, tmp_path_factory, request) -> Harassed:
    course, worth = batch
    rows = tmp_path_factory.mktemp("harassed") / "rows"
    command = [Path(sys.executable).with_name("autograder"), "score", *worth, "--assignment", "hw", "--jobs", "2"]
    command += ["--course", course, "--json", rows]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        killed = harass(process, random.Random(request.param))  # noqa: S311 - a moment, no secret
        said = process.stderr.read()
    assert killed
    return Harassed(killed, process.returncode, said, rows_of(rows))


def test_a_batch_has_a_row_for_each_notebook_whichever_workers_died(batch, harassed):
    assert [Path(row["notebook"]) for row in harassed.rows] == list(batch[1])


def test_what_is_graded_beside_dying_workers_has_its_right_marks(batch, harassed):
    worth = batch[1]
    graded = [row for row in harassed.rows if row not in harassed.lost]
    assert graded
    assert all(row["score"] == worth[Path(row["notebook"])] for row in graded)


def test_what_is_lost_with_a_worker_says_so_in_a_plain_sentence(harassed):
    assert all(row["error"].startswith(OURS) for row in harassed.lost)


def test_fewer_notebooks_are_lost_than_workers_died(harassed):
    assert len(harassed.lost) < harassed.killed


def test_the_status_says_whether_a_notebook_was_lost(harassed):
    assert harassed.status == (3 if harassed.lost else 0)


def test_the_death_of_workers_shows_no_traceback(harassed):
    assert "Traceback" not in harassed.said


@pytest.fixture(scope="module")
def deadly(tmp_path_factory) -> Path:
    """Make a course with three submissions, one of which ends each worker that grades it."""
    course = make_course(tmp_path_factory.mktemp("deadly") / "course", {"double": DEADLY})
    bridge.generate(course, "hw")
    for student, answer in {"ada": RIGHT, "bo": KILLER, "cy": HALF}.items():
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", answer)
    return course


@pytest.fixture(scope="module")
def graded(deadly) -> Done:
    return typed(deadly, "grade", "hw", "--jobs", "2")


def test_what_kills_its_worker_twice_is_a_fault_of_ours(graded):
    assert graded.returncode == 3


def test_what_kills_its_worker_twice_is_named(graded):
    assert f"bo: not graded: {OURS}" in " ".join(graded.stderr.split())


@pytest.mark.usefixtures("graded")
def test_what_kills_its_worker_twice_costs_nobody_else_a_mark(deadly):
    rows = {row.student: (row.points, row.needs_manual_grade) for row in bridge.standing(deadly, "hw")}
    assert rows == {"ada": (FULL + POINTS, False), "bo": (0.0, True), "cy": (FULL - POINTS, False)}


@pytest.mark.usefixtures("graded")
def test_what_kills_its_worker_twice_is_entered_without_a_score(deadly):
    with open_course(deadly, "hw") as opened, opened.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission("hw", "bo").notebooks
        assert {(grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades} == {(None, True)}
