"""What is told of a run: how much it did itself, and how much it found done."""

from __future__ import annotations

from itertools import count

from autograder.engine import Tally


def test_what_an_earlier_run_had_graded_is_told_apart_and_is_not_among_the_slowest() -> None:
    ticks = count()
    tally = Tally(3, clock=lambda: float(next(ticks)))
    tally.add("ada", 9.0, ["passed"], fresh=False)
    tally.add("bob", 2.0, ["wrong"])
    tally.pass_over()
    progress = tally.progress()
    assert (progress.done, progress.kept, progress.rate) == (3, 1, 1.0)
    assert progress.slowest == ((2.0, "bob"),)
    assert progress.verdicts == {"passed": 1, "wrong": 1}
