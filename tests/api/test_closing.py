"""Whoever has started a fork-server ends it, and nobody else."""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from frail_course import FULL, RIGHT, fork_servers, make_course, write_answer
from toy_course import code

from autograder.api import Grader, score_many
from autograder.api.bundles import bundle_of
from autograder.api.notebooks import AGENT
from autograder.api.workers import Desk, Task, grade, set_up
from autograder.course import load
from autograder.hosts.grading import grade_submission
from autograder.limits import Limits
from autograder.results import NotebookResult
from autograder.sandbox import Sandbox

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a course whose notebook runs with a library that a fork-server loads for it."""
    root = make_course(tmp_path_factory.mktemp("furnished"))
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, code("import pandas", grade=False, solution=False, locked=True, grade_id="library"))
    nbformat.write(notebook, path)
    (root / "course.toml").write_text('execution = "full"\n')
    return root


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    return write_answer(tmp_path / "hw.ipynb", RIGHT)


@pytest.fixture
def started() -> Callable[[], list[int]]:
    """Tell of the fork-servers that have been started since."""
    before = fork_servers()
    return lambda: [pid for pid in fork_servers() if pid not in before]


def test_a_grader_leaves_the_sandbox_that_was_passed_in(furnished, answer, started):
    with Sandbox(AGENT, Limits()) as sandbox:
        with Grader(furnished, sandbox=sandbox) as grader:
            grader.score(answer, "hw")
            assert len(started()) == 2
        assert started() == [sandbox._server.pid]


def test_a_grader_that_was_closed_grades_again(furnished, answer):
    grader = Grader(furnished)
    for _ in range(2):
        with grader:
            result = grader.score(answer, "hw")
            assert isinstance(result, NotebookResult)
            assert result.internal_error is False


def test_a_desk_leaves_nothing(furnished, answer, started):
    bundle = bundle_of(load(furnished), "hw")
    desk = Desk((bundle,), None)
    desk.grade(Task("student", "hw", bundle.hash, (("hw", answer.read_bytes()),)))
    assert len(started()) == 2
    desk.close()
    assert started() == []


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def soon_interrupted() -> Iterator[Callable[[], None]]:
    """Have what is called next interrupted while it waits."""
    before = signal.signal(signal.SIGALRM, interrupt)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, 0.5)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_a_desk_that_is_interrupted_at_its_end_leaves_no_files(plain, answer, started, soon_interrupted):
    bundle = bundle_of(load(plain), "hw")
    desk = Desk((bundle,), None)
    desk.grade(Task("student", "hw", bundle.hash, (("hw", answer.read_bytes()),)))
    (server,) = started()
    os.kill(server, signal.SIGSTOP)
    soon_interrupted()
    with pytest.raises(KeyboardInterrupt):
        desk.close()
    left = desk._folder.path.exists()
    os.kill(server, signal.SIGKILL)
    desk.close()
    assert not left


def test_a_host_leaves_nothing(furnished, answer, started):
    grade_submission(furnished, "hw", answer.parent, None)
    assert started() == []


def test_a_process_that_is_made_a_worker_twice_remembers_one_end():
    set_up((), None)
    before = atexit._ncallbacks()
    set_up((), None)
    assert atexit._ncallbacks() == before


def test_a_worker_that_is_given_the_same_course_again_keeps_its_fork_server(plain, furnished, answer, started):
    first, other = (bundle_of(load(root), "hw") for root in (plain, furnished))
    kept = []
    for bundle in (first, first, other):
        set_up((bundle,), None)
        grade(Task("student", "hw", bundle.hash, (("hw", answer.read_bytes()),)))
        kept.append(started()[0])
    assert kept[0] == kept[1] != kept[2]


def test_a_second_course_ends_the_fork_server_of_the_first(plain, furnished, answer, started):
    for root in (plain, furnished, plain):
        list(score_many(root, [answer], "hw"))
    assert len(started()) == 1


def test_a_course_that_has_changed_is_read_anew(tmp_path, answer):
    root = make_course(tmp_path / "course")
    assert [result.max_score for _, result, _ in score_many(root, [answer])] == [FULL]
    path = root / "source" / "hw" / "hw.ipynb"
    path.write_text(path.read_text().replace('"points": 2.0', '"points": 3.0'))
    assert [result.max_score for _, result, _ in score_many(root, [answer])] == [1.5 * FULL]
