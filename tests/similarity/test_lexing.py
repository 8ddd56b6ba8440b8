"""Tokens of what no person has written."""

from __future__ import annotations

import sys

import pytest

from autograder.similarity.lexing import build, own_names, words


@pytest.mark.parametrize("endless", ["'" + "\\'" * 600, "x = " + "1 + " * 600 + "1"], ids=["quotes", "sum"])
def test_a_line_that_nobody_would_write_is_passed_over(endless: str) -> None:
    assert words(f"a = 1\n{endless}\nb = 2") == "a = 1 b = 2"


FORMATTED = ['f"its {x!r:>{w}} {{end}}"', "rF'{x}'", 'f"""a\n{\nx\n}b"""', "f\"{f'{x}' if x else {1: 2}[1]}\""]
if sys.version_info >= (3, 12):
    # Older ones do not read it.
    FORMATTED.append('f"{f"{x}" if x else {1: 2}[1]}"')


@pytest.mark.parametrize("text", FORMATTED)
def test_a_formatted_text_is_a_text_on_every_python(text: str) -> None:
    code = f"print({text})"
    assert build(code) == ("print", "(", '""', ")")
    assert list(own_names(code)) == ["print"]
    assert words(code) == f"print ( {text} )"


def test_what_stands_behind_a_very_long_cell_is_passed_over() -> None:
    assert "last" not in words("a = 1\n" * 40_000 + "last = 2")


def test_what_stands_behind_more_odd_lines_than_anybody_would_write_is_passed_over() -> None:
    odd = "if 1:\n    a\n  b\n"
    assert ("last" in words(odd * 5 + "last = 2"), "last" in words(odd * 50 + "last = 2")) == (True, False)
