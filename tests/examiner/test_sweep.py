"""What came from a candidate does not stay in the examiner."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.examiner.sweep import Sweep

MUCH = 2**27
KEEPING = """
import sys, weakref
class Kept: pass
one = Kept()
sys.kept.append(weakref.ref(one))
assert double(1) == 2
"""


class Ring:
    """Held by nothing but itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(name="ring")
def _ring() -> Iterator[weakref.ref[Ring]]:
    gc.disable()
    yield weakref.ref(Ring())
    gc.enable()


def test_what_only_itself_holds_goes_when_much_has_come(ring) -> None:
    Sweep().look(MUCH)
    assert ring() is None


def test_nothing_is_looked_for_when_little_has_come(ring) -> None:
    sweep = Sweep()
    sweep.look(1000)
    sweep.end()
    assert ring() is not None


def test_little_of_many_submissions_is_much(ring) -> None:
    sweep = Sweep()
    for _ in range(200):
        sweep.begin()
        sweep.look(MUCH // 100)
    assert ring() is None


@pytest.mark.usefixtures("ring")
def test_at_the_end_of_a_submission_what_its_last_cells_held_goes() -> None:
    sweep = Sweep()
    sweep.look(MUCH)
    last = weakref.ref(Ring())
    sweep.look(MUCH + 1000)
    assert last() is not None
    sweep.end()
    assert last() is None


@pytest.mark.parametrize("execution", ["definitions", "full"])
def test_what_test_cells_have_bound_is_gone_with_its_submission(tmp_path, monkeypatch, execution) -> None:
    kept: list[weakref.ref[object]] = []
    monkeypatch.setattr(sys, "kept", kept, raising=False)
    cells = [
        ("answer", "double", "def double(x):\n    ### BEGIN SOLUTION\n    return x + x\n    ### END SOLUTION\n"),
        (
            "test",
            "asks",
            KEEPING,
        ),
    ]
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", cells)
    (tmp_path / "course.toml").write_text(f'execution = "{execution}"\n')
    with Grader(tmp_path) as grader:
        result = grader.score(tmp_path / "source" / "hw" / "hw.ipynb", "hw")
        gc.collect()
        assert (result.score, len(kept) > 0, [one() for one in kept if one()]) == (1, True, [])
