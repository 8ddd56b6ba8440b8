"""The log of a run: lines that a machine can read, whatever students are called, and while it runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.engine import RunLog


@pytest.mark.parametrize("name", ["b\udcffd", "名字", "a\nb", 'a"b\\'])
def test_every_name_that_a_folder_can_have_is_a_line(tmp_path: Path, name: str) -> None:
    with RunLog(tmp_path / "log.jsonl") as log:
        log.add("aside", student=name)
    (line,) = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["student"] == name


def test_that_a_run_has_begun_can_be_read_while_it_runs(tmp_path: Path) -> None:
    with RunLog(tmp_path / "log.jsonl") as log:
        log.add("begin", submissions=3)
        assert json.loads((tmp_path / "log.jsonl").read_text())["event"] == "begin"


def test_a_log_knows_whether_another_run_has_it_open(tmp_path: Path) -> None:
    with RunLog(tmp_path / "log.jsonl") as first, RunLog(tmp_path / "log.jsonl") as second:
        assert (first.alone, second.alone) == (True, False)
    with RunLog(tmp_path / "log.jsonl") as later:
        assert later.alone
