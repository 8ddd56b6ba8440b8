"""What the terminal shows of names and messages that others chose."""

from __future__ import annotations

import functools
import io

import pytest

from autograder.cli.grading import class_progress, progress_bar
from autograder.cli.terminal import doing, errors, literal, output, warn
from autograder.language import speaker

CLASS_PROGRESS = functools.partial(class_progress, say=speaker("en"))


@pytest.mark.parametrize("console", [output, errors])
def test_a_name_with_colons_is_shown_as_it_is(console, capsys) -> None:
    console.print(literal("a:smile:b"))
    assert "a:smile:b" in "".join(capsys.readouterr())


def test_an_error_with_colons_is_shown_as_it_is(capsys) -> None:
    errors.print("No Dask scheduler answers at nonsense:abc:123", markup=False)
    warn("x:smile:y gets no page")
    said = capsys.readouterr().err
    assert "nonsense:abc:123" in said
    assert "x:smile:y" in said


@pytest.mark.parametrize("shown", [doing, progress_bar, CLASS_PROGRESS])
def test_what_a_command_is_at_is_shown_as_it_is(monkeypatch, shown) -> None:
    written = io.StringIO()
    monkeypatch.setattr(errors, "_file", written)
    monkeypatch.setattr(errors, "_force_terminal", True)
    monkeypatch.setattr(errors, "is_interactive", True)
    with shown("grading hw[red]1"):
        pass
    assert "hw[red]1" in written.getvalue()


@pytest.mark.parametrize("bar", [progress_bar, CLASS_PROGRESS])
def test_where_no_terminal_is_a_bar_leaves_no_empty_line(capsys: pytest.CaptureFixture[str], bar) -> None:
    with bar("grading"):
        pass
    assert capsys.readouterr().err == ""
