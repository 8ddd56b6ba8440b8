"""Bars on a terminal that has standard output and standard error both: results are printed when the bar is gone."""

from __future__ import annotations

import io
import shutil
import time
from pathlib import Path

import pytest
from command import run
from terminals import BAR_IS_GONE, seen
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.cli.grading import class_progress, stages_bar
from autograder.cli.terminal import errors
from autograder.engine import Tally
from autograder.language import speaker


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bars") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    for student in ("ann", "ben"):
        (root / "submitted" / student / "hw").mkdir(parents=True)
        shutil.copy(root / "release" / "hw" / "hw.ipynb", root / "submitted" / student / "hw")
    run(root, "grade", "hw", "--jobs", 1)
    return root


@pytest.fixture(scope="module")
def changed(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(graded, tmp_path_factory.mktemp("changed") / "course"))
    source = root / "source" / "hw" / "hw.ipynb"
    source.write_text(source.read_text().replace("assert double(21) == 42", "assert True"))
    return root


@pytest.mark.parametrize("more", [(), ("--apply",)])
def test_regrade_shows_whose_marks_change_when_the_bar_is_gone(
    changed: Path, tmp_path: Path, more: tuple[str, ...]
) -> None:
    root = shutil.copytree(changed, tmp_path / "course")
    bar, _, shown = seen("regrade", "hw", "--jobs", 1, *more, "--course", root).partition(BAR_IS_GONE)
    assert ("student" in bar, "2 gain" in shown) == (False, True)


def test_regrade_shows_that_nothing_changes_when_the_bar_is_gone(graded: Path) -> None:
    bar, _, shown = seen("regrade", "hw", "--jobs", 1, "--course", graded).partition(BAR_IS_GONE)
    assert ("stay as" in bar, "2 stay as they are" in shown) == (False, True)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Have bars drawn, and give what is drawn."""
    written = io.StringIO()
    monkeypatch.setattr(errors, "_file", written)
    monkeypatch.setattr(errors, "_force_terminal", True)
    monkeypatch.setattr(errors, "is_interactive", True)
    return written


def drawn_of(drawn: io.StringIO, seconds: float, verdicts: tuple[str, ...]) -> str:
    tally = Tally(1)
    tally.add("ann (hw)", seconds, verdicts)
    with class_progress("hw", speaker("en")) as watch:
        watch(tally.progress())
    return drawn.getvalue()


def test_a_bar_names_what_took_longest(drawn: io.StringIO) -> None:
    assert "1 passed; slowest ann (hw) 2.0 s" in drawn_of(drawn, 2.0, ("passed",))


def test_a_bar_does_not_separate_what_took_longest_from_nothing(drawn: io.StringIO) -> None:
    assert "; slowest" not in drawn_of(drawn, 2.0, ())


def test_a_bar_names_nobody_of_whom_no_time_is_known(drawn: io.StringIO) -> None:
    assert "slowest" not in drawn_of(drawn, 0.0, ())


def test_a_bar_of_several_stages_names_the_one_that_it_is_at(drawn: io.StringIO) -> None:
    with stages_bar("auditing hw[red]1") as bar:
        bar("making answers", 4, 4)
        bar("judging answers", 0, 72)
    *_, last = drawn.getvalue().replace(BAR_IS_GONE, "").split("auditing ")
    assert last.startswith("hw[red]1: judging answers ")


def test_the_time_that_a_stage_takes_says_nothing_of_the_next(drawn: io.StringIO) -> None:
    with stages_bar("auditing hw") as bar:
        for done in range(5):
            bar("making answers", done, 4)
        bar("judging answers", 0, 4)
        time.sleep(1)  # it is drawn again and again meanwhile
    assert "-:--:--" in drawn.getvalue().rpartition("judging answers")[2]
