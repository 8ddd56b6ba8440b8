"""What is said where a command is stopped, where the machine refuses a place, and where a name has no letters."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_course import make_course

from autograder import adoption, demo
from autograder import nbgrader_bridge as bridge
from autograder.api import collecting, gradebook, outcomes, regrading, solutions
from autograder.api.runs import LOG, STATE
from autograder.cli.main import main
from autograder.cli.stopping import take_interrupts
from autograder.demo import lab
from autograder.hosts import packing

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("main") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    target = root / "submitted" / "ada" / "hw"
    target.mkdir(parents=True)
    (target / "hw.ipynb").write_bytes((root / "release" / "hw" / "hw.ipynb").read_bytes())
    return root


@pytest.fixture
def run(course: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the course; give its exit status, and what stands on both streams."""

    def command(*arguments: object, encoding: str = "utf-8") -> tuple[int, str]:
        taken = io.BytesIO()
        for name in ("stdout", "stderr"):
            monkeypatch.setattr(sys, name, io.TextIOWrapper(taken, encoding, write_through=True))
        monkeypatch.setattr(sys, "argv", ["autograder", *map(str, arguments)])
        monkeypatch.chdir(course)
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        return status, re.sub(r"\s+", " ", taken.getvalue().decode(encoding))

    return command


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["grade", "hw"], "Stopped. Nothing was written half; `autograder grade` goes on from here with --resume."),
        (["regrade", "hw"], "Stopped. Nothing was written."),
        (["regrade", "hw", "--apply"], "Stopped. Nothing was written half; the same command goes on from here."),
        (["similar", "hw"], "Stopped. Nothing was written."),
        (
            ["collect", "hw", "--zip", "."],
            "Stopped. Each submission is collected whole or not at all; the same command goes on.",
        ),
        (["collect", "hw", "--zip", ".", "--dry-run"], "Stopped. Nothing was written."),
        (
            ["collect", "hw"],
            "Stopped. Each submission is collected whole or not at all; the same command goes on.",
        ),
        (
            ["feedback", "hw"],
            "Stopped. Some students may have a new page and others not; the same command makes and releases all.",
        ),
        (["report", "hw"], "Stopped. No page is written half; the same command writes all of them."),
        (["export", "hw"], "Stopped. The grades may not all be written: run the same command again."),
        (["bundle", "hw", "--for", "docker"], "Stopped. No archive was written."),
        (["adopt", "."], "Stopped. Nothing was changed."),
        (["demo"], "Stopped. What is in demo is half a course: remove that folder, then run this again."),
        (["lab"], "Stopped. What is in lab is half a course: remove that folder, then run this again."),
    ],
)
def test_ctrl_c_is_answered_with_what_is_true_of_the_command(run, monkeypatch, arguments, wanted) -> None:
    for module, name in (
        (gradebook, "grade_assignments"),
        (regrading, "regrade"),
        (collecting, "collect_download"),
        (outcomes, "class_outcome"),
        (packing, "packed"),
        (adoption, "adopt"),
        (demo, "run_demo"),
        (lab, "set_up"),
    ):
        monkeypatch.setattr(module, name, interrupt)
    for name in ("submissions", "collect", "generate_feedback"):
        monkeypatch.setattr(bridge, name, interrupt)
    status, said = run(*arguments)
    assert (status, said.strip()) == (130, wanted)


@pytest.mark.parametrize(
    ("module", "name", "wanted"),
    [
        (bridge, "release", "Stopped. The release of hw may be half made: run the same command again."),
        (
            solutions,
            "unearned",
            "Stopped. The solution was not tried to the end; hw is released all the same.",
        ),
    ],
    ids=["before", "after"],
)
def test_ctrl_c_says_whether_students_can_fetch_the_release(tmp_path, run, monkeypatch, module, name, wanted) -> None:
    make_course(tmp_path / "course")
    monkeypatch.setattr(module, name, interrupt)
    status, said = run("release", "hw", "--course", tmp_path / "course")
    assert (status, "Stopped." + said.partition("Stopped.")[2].rstrip()) == (130, wanted)


@pytest.mark.usefixtures("put_back")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP], ids=["machine", "terminal"])
def test_a_machine_or_terminal_that_goes_is_answered_as_ctrl_c_is_and_the_log_has_an_end(
    course, run, monkeypatch, ending
) -> None:
    monkeypatch.setattr(gradebook, "run_all", lambda *_: os.kill(os.getpid(), ending))
    take_interrupts()
    status, said = run("grade", "hw", "--jobs", "1")
    lines = (course / STATE / LOG).read_text().splitlines()
    shutil.rmtree(course / STATE)
    assert (status, "goes on from here with --resume" in said) == (130, True)
    assert [json.loads(line)["event"] for line in lines] == ["begin", "end"]


def test_a_place_of_the_callers_that_is_no_folder_is_the_callers_mistake(course, run) -> None:
    (course / ".autograder").write_text("in the way")
    try:
        status, said = run("grade", "hw", "--jobs", "1")
    finally:
        (course / ".autograder").unlink()
    assert status == 2
    assert f"{course / '.autograder'} cannot be used: File exists" in said
    assert "Make room" not in said


@pytest.mark.parametrize(
    ("number", "place", "status"),
    [
        (errno.EACCES, "{course}/x", 2),
        (errno.EISDIR, "given", 2),
        (errno.ENOTDIR, "given/ada", 2),
        (errno.EEXIST, "{course}", 2),
        (errno.EROFS, "{course}/x", 2),
        (errno.ENOENT, "given/ada", 2),
        (errno.EROFS, "/proc/1/mem", 3),
        (errno.EACCES, "/proc/1/mem", 3),
        (errno.ENOSPC, "{course}/x", 3),
        (errno.EACCES, None, 3),
    ],
)
def test_only_a_refused_place_that_the_caller_chose_is_the_callers_mistake(
    course, run, monkeypatch, number, place, status
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), place and place.format(course=course))

    monkeypatch.setattr(regrading, "regrade", refuse)
    assert run("regrade", "hw", "--json=given")[0] == status


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/proc/x"), "Make room on the disk and in memory"),
        (OSError(errno.EIO, "the journal cannot be written: disk I/O error", "/proc/x"), "Make room"),
        (MemoryError("no more"), "Make room on the disk and in memory"),
        (OSError(errno.EROFS, "Read-only file system", "/proc/x"), "Let it be written"),
        (PermissionError(errno.EACCES, "Permission denied", "/proc/x"), "Let it be written"),
        (OSError(errno.EMFILE, "Too many open files", "/proc/x"), "Put that right"),
    ],
    ids=["full", "full to SQLite", "no memory", "read-only", "not allowed", "another"],
)
def test_the_advice_is_that_of_what_the_machine_refused(run, monkeypatch, error, advice) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(regrading, "regrade", refuse)
    status, said = run("regrade", "hw")
    assert (status, advice in said) == (3, True)
    assert said.count("Make room") == advice.startswith("Make room")


@pytest.mark.parametrize("command", [["init", "/proc/x"], ["report", "hw", "--pages", "/proc/x"]])
def test_a_place_where_nothing_can_be_made_is_the_callers_mistake(course, run, command) -> None:
    assert run("grade", "hw", "--jobs", "1")[0] == 0
    try:
        status, said = run(*command)
    finally:
        shutil.rmtree(course / STATE)
    assert (status, "/proc/x cannot be used" in said, "Make room" in said) == (2, True, False)


def test_a_name_that_the_terminal_has_no_letters_for_is_printed_all_the_same(run, tmp_path) -> None:
    status, said = run("init", tmp_path / "王", encoding="latin-1")
    assert status == 0
    assert "\\u738b" in said


def test_a_folder_in_the_place_of_a_notebook_is_the_callers_mistake(course, run) -> None:
    status, said = run("score", course / "submitted")
    assert status == 2
    assert f"{course / 'submitted'} is a folder" in said
    assert "Nothing was graded" in said
