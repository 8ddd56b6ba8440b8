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

import pytest
from frail_course import FULL, POINTS, RIGHT, autograder, make_course, rows_of, write_answer

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course

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


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_batch_survives_the_death_of_workers(batch, tmp_path, seed):
    course, worth = batch
    command = [Path(sys.executable).with_name("autograder"), "score", *worth, "--assignment", "hw", "--jobs", "2"]
    command += ["--course", course, "--json", tmp_path / "rows"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        killed = harass(process, random.Random(seed))  # noqa: S311 - a moment, no secret
        assert "Traceback" not in process.stderr.read()
    rows = rows_of(tmp_path / "rows")
    lost = [row for row in rows if "error" in row]
    assert [Path(row["notebook"]) for row in rows] == list(worth)
    assert all(row["score"] == worth[Path(row["notebook"])] for row in rows if row not in lost)
    assert all(row["error"].startswith(OURS) for row in lost)
    assert killed
    assert len(lost) < killed
    assert process.returncode == (3 if lost else 0)


@pytest.fixture(scope="module")
def deadly(tmp_path_factory) -> Path:
    """Make a course with three submissions, one of which ends each worker that grades it."""
    course = make_course(tmp_path_factory.mktemp("deadly") / "course", {"double": DEADLY})
    bridge.generate(course, "hw")
    for student, answer in {"ada": RIGHT, "bo": KILLER, "cy": HALF}.items():
        write_answer(course / "submitted" / student / "hw" / "hw.ipynb", answer)
    return course


@pytest.mark.slow
def test_what_kills_its_worker_twice_is_entered_without_a_score(deadly):
    done = autograder(deadly, "grade", "hw", "--jobs", "2")
    assert done.returncode == 3
    assert f"bo: not graded: {OURS}" in " ".join(done.stderr.split())
    rows = {row.student: (row.points, row.needs_manual_grade) for row in bridge.standing(deadly, "hw")}
    assert rows == {"ada": (FULL + POINTS, False), "bo": (0.0, True), "cy": (FULL - POINTS, False)}
    with open_course(deadly, "hw") as opened, opened.gradebook() as gradebook:
        (notebook,) = gradebook.find_submission("hw", "bo").notebooks
        assert {(grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades} == {(None, True)}
