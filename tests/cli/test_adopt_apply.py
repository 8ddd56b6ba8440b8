"""``autograder adopt --apply`` on files that somebody else has written."""

from __future__ import annotations

import contextlib
import re
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.adoption import apply
from autograder.course import configured
from autograder.course.settings import load_settings
from autograder.errors import BridgeError, UsageError
from autograder.limits import FULL_LIMITS


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_lines_of_a_file_end_as_they_did(tmp_path: Path, end: str) -> None:
    (tmp_path / "source").mkdir()
    config, settings = tmp_path / "nbgrader_config.py", tmp_path / "course.toml"
    config.write_bytes(f"c = get_config(){end}{end}x = 'ü'{end}{end}".encode())
    settings.write_bytes(f"[limits]{end}".encode())
    apply(tmp_path)
    for path, kept in ((config, f"c = get_config(){end}{end}x = 'ü'{end}"), (settings, f"[limits]{end}")):
        text = path.read_bytes().decode()
        assert kept in text
        assert text.count("\n") == text.count(end)
    assert "configure(get_config())" in config.read_text()
    assert 'execution = "full"' in settings.read_text()


def test_a_configuration_in_another_encoding_keeps_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    config, before = tmp_path / "nbgrader_config.py", b"# -*- coding: latin-1 -*-\nc = get_config()\nx = 'caf\xe9'\n"
    config.write_bytes(before)
    apply(tmp_path)
    after = config.read_bytes()
    assert after.startswith(before)
    assert after.endswith(b"configure(get_config())\n")


def test_settings_that_are_no_utf_8_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "course.toml").write_bytes(b"\n# caf\xe9\n")
    with pytest.raises(UsageError, match=r"course\.toml: line 2 is not in UTF-8; save it"):
        apply(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course.toml", "source"]


def course_id_of(course: Path) -> object:
    return configured(course)["CourseDirectory.course_id"]


def test_the_folder_that_one_is_in_names_the_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "algebra" / "source").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "algebra")
    apply(Path())
    assert course_id_of(Path()) == "algebra"


@pytest.mark.parametrize("name", ['q"uote', "back\\slash", "it's {x}"])
def test_a_folder_of_any_name_names_its_course(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "source").mkdir(parents=True)
    apply(tmp_path / name)
    assert course_id_of(tmp_path / name) == name


def test_a_course_that_nbgrader_would_miss_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "hw[1]" / "source").mkdir(parents=True)
    with pytest.raises(BridgeError, match=re.escape(f"The name of the folder {tmp_path / 'hw[1]'} has [ ]")):
        apply(tmp_path / "hw[1]")
    assert [path.name for path in (tmp_path / "hw[1]").iterdir()] == ["source"]


def limits_after(course: Path, config: str, settings: str = "") -> object:
    (course / "source").mkdir()
    (course / "nbgrader_config.py").write_text(f"c = get_config()\n{config}\n", encoding="utf-8")
    if settings:
        (course / "course.toml").write_text(settings, encoding="utf-8")
    apply(course)
    found, faults = load_settings(course / "course.toml")
    assert faults == []
    return found.limits_of("hw", "full")


@pytest.mark.parametrize("setting", ["Execute.timeout", "ExecutePreprocessor.timeout"])
def test_nbgraders_patience_with_a_cell_is_carried_over(tmp_path: Path, setting: str) -> None:
    limits = limits_after(tmp_path, f"c.{setting} = 120")
    assert (limits.seconds_per_call, limits.seconds_per_cell, limits.seconds_to_define) == (120, 120, 1200)


def test_other_limits_of_the_course_stay(tmp_path: Path) -> None:
    limits = limits_after(tmp_path, "c.Execute.timeout = 120", "language = 'zh'\n\n[limits]\nmemory_mb = 77\n")
    assert (limits.seconds_per_call, limits.memory_mb) == (120, 77)


def test_patience_that_the_course_has_set_itself_stays(tmp_path: Path) -> None:
    limits = limits_after(tmp_path, "c.Execute.timeout = 120", "[limits]\nseconds_per_cell = 5\n")
    assert (limits.seconds_per_call, limits.seconds_per_cell) == (FULL_LIMITS.seconds_per_call, 5)


def test_no_patience_at_all_is_not_carried_over(tmp_path: Path) -> None:
    assert limits_after(tmp_path, "c.Execute.timeout = None") == FULL_LIMITS


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """Let no file grow beyond a few bytes, as on a full disk; for the call only, or pytest could not write either."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def with_settings(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "course.toml").write_text("language = 'zh'\n")
    return tmp_path


@pytest.fixture
def with_config(with_settings: Path) -> Path:
    (with_settings / "course.toml").write_text('execution = "full"\n')
    (with_settings / "nbgrader_config.py").write_text("c = get_config()\nc.Exchange.root = '/srv'\n")
    return with_settings


@pytest.mark.parametrize(("course", "name"), [("with_settings", "course.toml"), ("with_config", "nbgrader_config.py")])
def test_a_full_disk_leaves_a_file_as_it_was(request, course: str, name: str) -> None:
    folder = request.getfixturevalue(course)
    before = (folder / name).read_text()
    with pytest.raises(OSError, match="too large"), no_room():
        apply(folder)
    assert (folder / name).read_text() == before
