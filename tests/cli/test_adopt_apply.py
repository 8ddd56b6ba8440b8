"""``autograder adopt --apply`` on files that somebody else has written."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.adoption import apply


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
