"""A Dask cluster, its scheduler and workers real processes, one of which is lost while it grades."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from frail_course import RIGHT, autograder, make_course, write_answer
from tables import contents

from autograder import nbgrader_bridge as bridge

pytest.importorskip("distributed", reason="no Dask here: pip install 'autograder[cluster]'")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]

STUDENTS = 30
SLOW = RIGHT.replace("    return x + x\n", "    import time\n\n    time.sleep(0.05)\n    return x + x\n")
Workers = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture(params=[["--no-nanny"], []], ids=["alone", "with a nanny"])
def workers(tmp_path, request) -> Iterator[Workers]:
    """Start a scheduler and two workers in folders that have nothing of a course; give its address and the workers."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    dask = [Path(sys.executable).with_name("dask")]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    address = folder / "scheduler.json"
    started = [
        subprocess.Popen([*dask, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", address], **quiet)
    ]
    try:
        while not address.exists():
            time.sleep(0.1)
        worker = [*dask, "worker", "--scheduler-file", address, "--nthreads", "1", "--no-dashboard", *request.param]
        started += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        yield _address(address), started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _address(file: Path) -> str:
    import json  # noqa: PLC0415

    return str(json.loads(file.read_text())["address"])


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Path:
    course = make_course(tmp_path_factory.mktemp("handed-in") / "course")
    bridge.generate(course, "hw")
    for number in range(STUDENTS):
        write_answer(course / "submitted" / f"s{number:02}" / "hw" / "hw.ipynb", f"{SLOW}\n# {number}\n")
    return course


@pytest.fixture(scope="module")
def alone(handed_in, tmp_path_factory) -> Path:
    course = Path(shutil.copytree(handed_in, tmp_path_factory.mktemp("alone") / "course"))
    assert autograder(course, "grade", "hw", "--jobs", "1").returncode == 0
    return course


def grades(course: Path) -> list[dict[str, object]]:
    return contents(f"sqlite:///{course / 'gradebook.db'}")["grade"]


def test_a_cluster_grades_as_one_process_does_also_when_a_worker_is_lost(workers, handed_in, alone, tmp_path):
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    address, (first, _) = workers
    command = [Path(sys.executable).with_name("autograder"), "grade", "hw", "--cluster", address, "--course", course]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and len(list(course.glob("autograded/*/hw"))) < STUDENTS // 4:
            time.sleep(0.05)
        first.kill()
        said = process.stderr.read()
    assert process.returncode == 0, said
    assert grades(course) == grades(alone)


def test_a_cluster_that_does_not_answer_is_the_callers_mistake(handed_in):
    done = autograder(handed_in, "grade", "hw", "--cluster", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in " ".join(done.stderr.split())
