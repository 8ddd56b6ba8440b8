"""What `regrade` says where no mark would change, and where none can be told."""

from __future__ import annotations

import pytest

from autograder.api.changes import Regrading
from autograder.api.runs import Aside
from autograder.cli.regrade import _show, _show_end
from autograder.language import speaker

SAY = speaker("en")
BROKEN = [Aside(name, "hw", "The test cell fails.", ours=True) for name in ("ann", "ben")]


def told(capsys: pytest.CaptureFixture[str], found: Regrading) -> str:
    _show(found, SAY)
    _show_end(found, apply=False)
    return " ".join("".join(capsys.readouterr()).split())


def test_that_no_mark_changes_is_said_in_words(capsys) -> None:
    assert told(capsys, Regrading(same=2)).startswith("No mark changes. 0 gain,")


def test_where_points_are_to_be_confirmed_no_mark_changes_either(capsys) -> None:
    assert "No mark changes." in told(capsys, Regrading(unconfirmed=1, questioned=["ann"]))


def test_that_nothing_ran_again_is_said_in_words(capsys) -> None:
    assert "Nothing had to run again." in told(capsys, Regrading(same=2))


def test_what_ran_again_is_counted(capsys) -> None:
    assert "2 ran again; what the change cannot touch did not." in told(capsys, Regrading(same=2, again=2))


def test_who_cannot_be_graded_again_is_counted(capsys) -> None:
    assert "1 stay as they are, 2 cannot be graded again." in told(capsys, Regrading(same=1, aside=BROKEN))


def test_where_nobody_can_be_graded_again_no_mark_is_said_to_stay(capsys) -> None:
    assert "No mark changes" not in told(capsys, Regrading(aside=BROKEN))
