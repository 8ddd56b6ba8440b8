"""What `grade` says of a run as a whole: how many submissions, what came of the functions, and what took longest."""

from __future__ import annotations

import re
import shutil

import pytest
from command import run
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.cli.grade import _show_run
from autograder.engine import Progress
from autograder.language import speaker

RUN = Progress(
    done=3,
    total=3,
    kept=1,
    seconds=4.0,
    rate=0.5,
    remaining=0.0,
    verdicts={"internal_error": 2, "waits for a person": 1, "passed": 4},
    slowest=((1.5, "ann (hw)"),),
)


def told(capsys: pytest.CaptureFixture[str], language: str) -> list[str]:
    _show_run(RUN, speaker(language))
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_verdicts_are_spelled_as_in_the_table(capsys) -> None:
    assert told(capsys, "en") == [
        "submissions 2 in 4.0 s, 0.5 a second; 1 were graded before",
        "functions 2 internal error, 1 waits for a person, 4 passed",
        "slowest ann (hw) 1.50 s",
    ]


def test_in_chinese_only_names_and_units_are_not(capsys) -> None:
    words = set(re.findall(r"[A-Za-z_]+", " ".join(told(capsys, "zh"))))
    assert words == {"ann", "hw"}


def test_all_that_grade_says_in_chinese_is_chinese(tmp_path) -> None:
    make_course(tmp_path)
    bridge.generate(tmp_path, "hw")
    for student in ("ann", "ben"):
        (tmp_path / "submitted" / student / "hw").mkdir(parents=True)
        shutil.copy(tmp_path / "release" / "hw" / "hw.ipynb", tmp_path / "submitted" / student / "hw")
    said = run(tmp_path, "grade", "hw", "--language", "zh").replace(str(tmp_path), "")
    names = {"hw", "ann", "ben", "double", "autograder", "log", "jsonl", "full", "reduced", "none"}
    assert set(re.findall(r"[A-Za-z_]+", said)) - names == set()
