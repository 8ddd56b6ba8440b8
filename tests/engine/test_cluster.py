"""A Dask cluster, its scheduler and workers real processes, one of which is lost while it grades."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from command import typed
from frail_course import RIGHT, make_course, running, write_answer
from tables import contents

from autograder import nbgrader_bridge as bridge
from autograder.errors import ClusterError, UsageError

pytest.importorskip("distributed", reason="no Dask here: pip install 'autograder[cluster]'")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]

STUDENTS = 20
SECONDS = 120
SLOW = RIGHT.replace("    return x + x\n", "    import time\n\n    time.sleep(0.05)\n    return x + x\n")
Workers = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[Path]:
    """Start a scheduler in a folder that has nothing of a course; give the file that has its address."""
    with _scheduler(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


@pytest.fixture(scope="module", params=[["--no-nanny"], []], ids=["alone", "with a nanny"])
def workers(scheduler, request) -> Iterator[Workers]:
    """Start two workers beside the scheduler; give its address and them. Of their tests the last one loses one."""
    with _worker(scheduler, *request.param) as first, _worker(scheduler, *request.param) as second:
        yield _address(scheduler), [first, second]


@pytest.fixture
def frail(tmp_path) -> Iterator[tuple[Path, subprocess.Popen[bytes], subprocess.Popen[bytes]]]:
    """Start a scheduler and one worker, both of which may be lost; give the file with the address, and them."""
    with _scheduler(tmp_path) as (address, process), _worker(address, "--no-nanny") as worker:
        yield address, process, worker


@contextlib.contextmanager
def _scheduler(folder: Path) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    address = folder / "scheduler.json"
    with _started(folder, "scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", address) as process:
        while not address.exists():
            time.sleep(0.1)
        yield address, process


def _worker(scheduler: Path, *more: str) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    worker = ["worker", "--scheduler-file", scheduler, "--nthreads", "1", "--no-dashboard", *more]
    return _started(scheduler.parent, *worker)


@contextlib.contextmanager
def _started(folder: Path, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    dask = Path(sys.executable).with_name("dask")
    process = subprocess.Popen([dask, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
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
    assert typed(course, "grade", "hw", "--jobs", "2").returncode == 0
    return course


def grades(course: Path) -> list[dict[str, object]]:
    return contents(f"sqlite:///{course / 'gradebook.db'}")["grade"]


def _graded_while_lost(course: Path, address: str, lost: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Grade on a cluster that loses one of its processes meanwhile; give the exit status, and what was told."""
    command = [Path(sys.executable).with_name("autograder"), "grade", "hw", "--cluster", address, "--course", course]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and len(list(course.glob("autograded/*/hw"))) < STUDENTS // 4:
            time.sleep(0.05)
        lost.kill()
        said = process.stderr.read()
    return process.returncode, said


def test_a_cluster_without_a_worker_is_the_callers_mistake(scheduler, monkeypatch):
    from autograder.engine import cluster  # noqa: PLC0415 - it needs the extra

    monkeypatch.setattr(cluster, "_SECONDS_WITHOUT_WORKER", 1.0)
    address = _address(scheduler)
    with pytest.raises(UsageError, match=f"{address} has no worker.*`dask worker {address}`"):
        cluster.cluster(address, print).__enter__()


def test_runs_beside_each_other_have_each_its_own_set_up(workers, tmp_path):
    from autograder.engine.cluster import cluster  # noqa: PLC0415 - it needs the extra

    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
    one, other = (cluster(workers[0], partial(os.chdir, folder)) for folder in folders)
    with one as first, other as second:
        assert [run.submit(os.getcwd).result() for run in (first, second)] == [*map(str, folders)]


def test_a_run_leaves_no_process_behind(workers):
    from autograder.engine.cluster import cluster  # noqa: PLC0415 - it needs the extra

    with cluster(workers[0], os.getpid) as run:
        process = run.submit(os.getpid).result()
        assert running(process)
    until = time.monotonic() + 60
    while running(process) and time.monotonic() < until:
        time.sleep(0.1)
    assert not running(process)


def test_a_cluster_grades_as_one_process_does_also_when_a_worker_is_lost(workers, handed_in, alone, tmp_path):
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    address, (first, _) = workers
    status, said = _graded_while_lost(course, address, first)
    assert status == 0, said
    assert grades(course) == grades(alone)


def test_a_scheduler_that_is_lost_ends_the_command_in_a_line_and_what_is_graded_is_kept(
    frail, handed_in, alone, tmp_path
):
    course = Path(shutil.copytree(handed_in, tmp_path / "course"))
    scheduler, process, _ = frail
    address = _address(scheduler)
    status, said = _graded_while_lost(course, address, process)
    *before, last = said.splitlines()
    assert status == 3, said
    assert last.startswith(f"The Dask scheduler at {address} was lost")
    assert last.endswith("goes on from here with --resume.")
    assert not [line for line in before if "distributed" in line or line.startswith("Traceback")], said
    kept = len(grades(course))
    assert typed(course, "grade", "hw", "--resume", "--jobs", "1").returncode == 0
    assert 0 < kept < len(grades(course))
    assert grades(course) == grades(alone)


def test_a_run_whose_last_worker_is_lost_ends_as_one_that_finds_none(frail, monkeypatch):
    from autograder.engine import cluster  # noqa: PLC0415 - it needs the extra

    scheduler, _, worker = frail
    with cluster.cluster(_address(scheduler), print) as run:
        assert run.submit(os.getpid).result()
        monkeypatch.setattr(cluster, "_SECONDS_WITHOUT_WORKER", 1.0)
        lost = run.submit(time.sleep, SECONDS)
        worker.kill()
        with pytest.raises(ClusterError, match=f"{_address(scheduler)} has no worker.*`dask worker "):
            lost.result(SECONDS)
        with pytest.raises(ClusterError, match="has no worker"):
            run.submit(os.getpid).result(SECONDS)


def test_a_worker_that_comes_in_time_goes_on_with_what_the_last_one_had(frail):
    from autograder.engine.cluster import cluster  # noqa: PLC0415 - it needs the extra

    scheduler, _, worker = frail
    with cluster(_address(scheduler), print) as run:
        assert run.submit(os.getpid).result()
        lost = run.submit(time.sleep, 0.5)
        worker.kill()
        worker.wait()
        with _worker(scheduler, "--no-nanny"):
            assert lost.result(SECONDS) is None


def test_what_a_client_drops_that_finds_its_scheduler_again_is_not_waited_for(workers):
    from autograder.engine.cluster import cluster  # noqa: PLC0415 - it needs the extra

    with cluster(workers[0], os.getpid) as run:
        future = run.submit(time.sleep, 600)
        for dropped in list(run._dask._futures):
            dropped.cancel()
        with pytest.raises(ClusterError, match="was lost"):
            future.result(SECONDS)


def test_a_cluster_that_does_not_answer_is_the_callers_mistake(handed_in, monkeypatch):
    from autograder.engine import cluster  # noqa: PLC0415 - it needs the extra

    monkeypatch.setattr(cluster, "_PATIENCE", "1s")
    monkeypatch.setattr("autograder.waiting.SECONDS_UNTIL_TOLD", 0.1)
    done = typed(handed_in, "grade", "hw", "--cluster", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert "Waiting for the Dask scheduler at tcp://127.0.0.1:1." in done.stderr
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in " ".join(done.stderr.split())
