"""Answers of one line: wrapped at blanks in a terminal, whole where another program reads them."""

from __future__ import annotations

import io
import os
import pty
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

from rich.console import Console

from autograder.cli.telling import tell, tell_of

PATH = "/a/folder/that/is/longer/than/the/whole/line"


def told(text: str, columns: int, *, terminal: bool = True) -> list[str]:
    written = io.StringIO()
    tell(Console(file=written, force_terminal=terminal, width=columns, color_system=None), text)
    return written.getvalue().splitlines()


def test_a_narrow_terminal_gets_lines_that_end_at_blanks() -> None:
    assert told("Run `autograder release regularization` first.", 20) == [
        "Run `autograder",
        "release",
        "regularization`",
        "first.",
    ]


def test_a_line_that_just_fits_stays_one() -> None:
    assert told("Name one of these.", 18) == ["Name one of these."]


def test_what_has_no_blank_stays_whole_so_that_it_can_be_copied() -> None:
    assert told(f"It is in {PATH} now.", 20) == ["It is in", PATH, "now."]


def test_where_no_terminal_is_the_line_stays_whole() -> None:
    text = f"It is in {PATH} now."
    assert told(text, 20, terminal=False) == [text]


def test_letters_of_two_columns_count_as_two() -> None:
    assert told("正则化 正则化", 10) == ["正则化", "正则化"]


def test_what_is_indented_goes_on_as_far_in() -> None:
    assert told("  3 of 9 use the name", 12) == ["  3 of 9 use", "  the name"]


def test_blanks_in_a_name_stay_as_many_as_they_are() -> None:
    assert told("no file 'a  b' here\n\nSo.", 40) == ["no file 'a  b' here", "", "So."]


def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    assert told("hw[red]1", 40) == ["hw[red]1"]


def test_a_refusal_is_not_cut_in_words_by_a_terminal(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    command = [sys.executable, "-c", "from autograder.cli import run; run()", "score", "no-such-notebook.ipynb"]
    environment = {name: text for name, text in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    subprocess.run(command, cwd=tmp_path, stdout=follower, stderr=follower, env=environment, check=False)
    os.close(follower)
    shown = os.read(leader, 4096).decode()
    os.close(leader)
    lines = [line for line in shown.replace("\x1b[31m", "").replace("\x1b[0m", "").split("\r\n") if line]
    assert lines == ["No such file: no-such-notebook.ipynb.", "Nothing was graded."]


def test_a_name_of_somebody_elses_starts_no_line_and_sends_the_terminal_nothing() -> None:
    written = io.StringIO()
    tell_of(Console(file=written, width=80), "not collected: a\nb\x1b[2J: a link.")
    assert written.getvalue() == "not collected: a b [2J: a link.\n"
