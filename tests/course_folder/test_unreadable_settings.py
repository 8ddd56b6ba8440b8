"""A ``course.toml`` that cannot be read is told in words, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.settings import load_settings


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'\xef\xbb\xbfexecution = "full"\n', "begins with a byte order mark; save it as UTF-8 without one"),
        ("# für\n".encode("latin-1"), "line 1 is not in UTF-8; save it in this encoding"),
        (b'\nlanguage = "en"\nlanguage = "zh"\n', "something is set twice (at line 3, column 16); keep one of the two"),
        (b"[limits]\n[limits]\n", "something is set twice (at line 2, column 8); keep one of the two"),
    ],
    ids=["mark", "encoding", "twice", "table twice"],
)
def test_the_cause_and_what_to_do_are_told(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "course.toml").write_bytes(data)
    (fault,) = load_settings(tmp_path / "course.toml")[1]
    assert fault.startswith("course.toml")
    assert told in fault
