"""What is shown of worker processes while they work."""

from __future__ import annotations

import io

import pytest

from autograder.cli.at_work import at_work
from autograder.cli.terminal import errors


@pytest.fixture
def written(monkeypatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr(errors, "_file", stream)
    monkeypatch.setattr(errors, "_force_terminal", True)
    monkeypatch.setattr(errors, "is_interactive", True)
    monkeypatch.setattr(errors, "_width", 80)
    return stream


def test_what_each_task_is_at_stands_below_the_bar(written) -> None:
    with at_work("trying out", ["a/a.ipynb", "b/b.ipynb"]) as showing:
        showing.slate.write("b/b.ipynb", "in plain nbgrader, 30 s a cell at most")
        showing.bar.refresh()
    assert "b/b.ipynb: in plain nbgrader, 30 s a cell at most, " in written.getvalue()
    assert "a/a.ipynb" not in written.getvalue()


def test_of_a_task_that_is_done_nothing_is_shown_any_more() -> None:
    with at_work("trying out", ["a", "b"]) as showing:
        showing.slate.write("a", "in ours")
        showing.slate.write("b", "in ours")
        showing.done("a")
        assert [line.partition(":")[0] for line in showing.slate.lines()] == ["b"]


def test_a_task_that_never_began_can_be_done() -> None:
    with at_work("trying out", ["a"]) as showing:
        showing.done("a")
        assert list(showing.slate.lines()) == []


def test_a_name_that_a_terminal_would_obey_is_shown(written) -> None:
    with at_work("trying out", ["[red]a\x1b[2J"]) as showing:
        showing.slate.write("[red]a\x1b[2J", "in ours")
        showing.bar.refresh()
    assert "[red]a [2J: in ours" in written.getvalue()


def test_where_no_terminal_is_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with at_work("trying out", ["a"]) as showing:
        showing.slate.write("a", "in ours")
        showing.done("a")
    assert capsys.readouterr().err == ""
