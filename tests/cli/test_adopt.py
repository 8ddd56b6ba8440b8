"""``autograder adopt`` on somebody's nbgrader course, and ``autograder init``."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from command import invoke

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.errors import UsageError

pytestmark = pytest.mark.slow

DOUBLE = (
    ("answer", "double", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"),
    ("test", "shown", "assert double(2) == 4"),
    ("test", "wrong", "assert double(2) == 5"),
)
KEPT = (
    ("answer", "keep", 'def keep(text):\n    with open("out.txt", "w") as f:\n        f.write(text)'),
    ("test", "written", 'keep("abc")\nassert open("out.txt").read() == "abc"'),
)


def run(*arguments: object) -> str:
    done = invoke([*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return re.sub(r"\s+", " ", done.output)


@pytest.fixture(scope="module")
def loose(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loose")
    bridge.write_source(folder / "good.ipynb", DOUBLE)
    bridge.write_source(folder / "kept.ipynb", KEPT)
    (folder / "torn.ipynb").write_text('{"cells": [', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def rows(loose):
    run("adopt", loose, "--json", loose / "rows.jsonl")
    lines = (loose / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["notebook"]: row for row in map(json.loads, lines)}


def test_a_loose_notebook_has_a_line_with_both_marks(rows):
    row = rows["good.ipynb"]
    marks = [(row[who]["score"], row[who]["max_score"]) for who in ("stock", "ours")]
    assert marks == [(1.0, 2.0), (1.0, 2.0)]
    assert [(cell["grade_id"], cell["trust"], cell["equal"]) for cell in row["cells"]] == [
        ("shown", "examined", True),
        # Its own solution fails it: that is the instructor's to mend, where plain nbgrader gives 0.
        ("wrong", "examined", False),
    ]


def test_a_cell_that_is_not_examined_says_why_and_what_to_write_instead(rows):
    (cell,) = rows["kept.ipynb"]["cells"]
    assert (cell["trust"], cell["equal"]) == ("in-candidate", True)
    assert cell["reason"]
    assert "compare what it returns" in cell["rewrite"]


def test_a_notebook_that_nbgrader_cannot_run_is_a_line_with_an_error(rows):
    assert rows["torn.ipynb"]["error"]
    assert "cells" not in rows["torn.ipynb"]


def test_nothing_is_changed(loose, rows):
    assert rows
    assert sorted(path.name for path in loose.iterdir()) == ["good.ipynb", "kept.ipynb", "rows.jsonl", "torn.ipynb"]


def test_apply_writes_the_configuration_of_a_course(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", DOUBLE[:2])
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Mine.setting = 1\n", encoding="utf-8")
    run("adopt", tmp_path, "--apply")
    config = (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8")
    assert config.startswith("c = get_config()\nc.Mine.setting = 1\n")
    assert "configure(get_config())" in config
    assert 'execution = "full"' in (tmp_path / "course.toml").read_text(encoding="utf-8")


def test_what_cannot_be_applied_is_refused_before_anything_is_tried(loose, tmp_path):
    command = ["adopt", str(loose / "torn.ipynb"), "--apply", "--json", str(tmp_path / "rows.jsonl")]
    with pytest.raises(UsageError, match="has no folder source"):
        invoke(command, catch_exceptions=False)
    assert not (tmp_path / "rows.jsonl").exists()


def test_of_a_folder_that_is_not_there_that_is_told(tmp_path):
    with pytest.raises(UsageError, match="There is no folder"):
        invoke(["adopt", str(tmp_path / "nowhere"), "--apply"], catch_exceptions=False)


def test_init_starts_a_course_that_can_be_graded(tmp_path):
    run("init", tmp_path / "new")
    with Grader(tmp_path / "new") as grader:
        result = grader.score(tmp_path / "new" / "source" / "example" / "example.ipynb", "example")
    assert (result.score, result.max_score) == (2.0, 2.0)


def test_what_init_writes_says_what_each_setting_is_for(tmp_path):
    said = run("init", tmp_path / "new")
    settings = (tmp_path / "new" / "course.toml").read_text(encoding="utf-8")
    assert tomllib.loads(settings) == {"execution": "full"}
    assert "Without this line an assignment that has its solutions in" in settings
    assert "seconds_per_call" in settings
    assert "c.Exchange.root" in (tmp_path / "new" / "nbgrader_config.py").read_text(encoding="utf-8")
    assert "docs/own-assignment.md" in said


def test_what_init_only_suggests_can_be_switched_on(tmp_path):
    run("init", tmp_path / "new")
    path = tmp_path / "new" / "course.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(re.sub(r"^# (?=\[|\w+ = )", "", line) for line in lines), encoding="utf-8")
    with Grader(tmp_path / "new") as grader:
        (paper,) = grader.course.papers
    assert paper.limits.seconds_per_call == 5


def test_init_leaves_a_folder_with_something_in_it_alone(tmp_path):
    (tmp_path / "mine").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="adopt"):
        invoke(["init", str(tmp_path)], catch_exceptions=False)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
