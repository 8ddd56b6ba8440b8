"""However a command is ended, the files that it made for itself go: hidden tests are among them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from frail_course import RIGHT, children, make_course, running, write_answer

from autograder import nbgrader_bridge as bridge

pytestmark = pytest.mark.slow

SECONDS = 120
SLOW = RIGHT.replace("    return x + x\n", "    import time\n\n    time.sleep(0.5)\n    return x + x\n")
GRADE = ("grade", "hw", "--jobs", "2")
SCORE = ("score", "submitted/s0/hw/hw.ipynb", "submitted/s1/hw/hw.ipynb", "--jobs", "1")
ADOPT = ("adopt", ".", "--jobs", "1")
ADOPT_SIDE_BY_SIDE = ("adopt", "twice", "--jobs", "2")
Ending = Callable[[subprocess.Popen[bytes]], None]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("endings") / "course")
    bridge.generate(course, "hw")
    for copied in ("one", "two"):
        shutil.copytree(course / "source" / "hw", course / "twice" / "source" / copied)
    for number in range(8):
        write_answer(course / "submitted" / f"s{number}" / "hw" / "hw.ipynb", SLOW)
    return course


def to_driver(*numbers: int) -> Ending:
    """Send signals to the driver, one upon the other."""

    def send(process: subprocess.Popen[bytes]) -> None:
        for number in numbers:
            process.send_signal(number)

    return send


def to_all(number: int) -> Ending:
    """Send a signal to the driver and its workers, as a closed terminal does, or a service that is stopped."""
    return lambda process: os.killpg(process.pid, number)


def family(pid: int) -> Iterator[int]:
    for child in children(pid):
        yield child
        yield from family(child)


def until(reached: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("command", "own", "ended"),
    [
        (GRADE, "autograder-*/*/source/hw/hw.ipynb", to_driver(signal.SIGHUP)),
        (GRADE, "autograder-*/*/source/hw/hw.ipynb", to_driver(signal.SIGKILL)),
        (GRADE, "autograder-*/*/source/hw/hw.ipynb", to_all(signal.SIGHUP)),
        (GRADE, "autograder-*/*/source/hw/hw.ipynb", to_all(signal.SIGTERM)),
        (SCORE, "autograder-*", to_driver(signal.SIGHUP)),
        (SCORE, "autograder-*", to_driver(signal.SIGTERM)),
        (SCORE, "autograder-*", to_driver(signal.SIGTERM, signal.SIGHUP)),
        (ADOPT, "autograder-adopt-*/autograded", to_driver(signal.SIGTERM)),
        (ADOPT_SIDE_BY_SIDE, "autograder-adopt-*/autograded", to_all(signal.SIGTERM)),
    ],
    ids=[
        "hang-up",
        "killed driver",
        "hang-up of all",
        "end of all",
        "hang-up of one",
        "end of one",
        "end and hang-up of one",
        "end of plain nbgrader",
        "end of plain nbgrader in workers",
    ],
)
def test_an_ended_command_leaves_no_files(course: Path, tmp_path: Path, command, own, ended) -> None:
    started = [Path(sys.executable).with_name("autograder"), *command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(started, cwd=course, env={**os.environ, "TMPDIR": str(tmp_path)}, **quiet) as process:
        until(lambda: any(tmp_path.glob(own)) or process.poll() is not None)
        assert process.poll() is None
        members = list(family(process.pid))
        ended(process)
        process.wait(SECONDS)
    until(lambda: not any(map(running, members)))
    # A worker that was just starting is not among them.
    until(lambda: not any(tmp_path.glob("autograder-*")))


def test_what_is_to_go_on_without_its_terminal_goes_on(course: Path, tmp_path: Path) -> None:
    started = ["nohup", Path(sys.executable).with_name("autograder"), *SCORE]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(started, cwd=course, env={**os.environ, "TMPDIR": str(tmp_path)}, **quiet) as process:
        until(lambda: any(tmp_path.glob("autograder-*")) or process.poll() is not None)
        process.send_signal(signal.SIGHUP)
        assert process.wait(SECONDS) == 0
