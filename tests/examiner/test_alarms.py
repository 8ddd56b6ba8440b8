"""An alarm may ring at any moment: nothing of the examiner's own is split by it."""

from __future__ import annotations

import contextlib
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from autograder.checks import memory
from autograder.errors import CandidateError, CandidateTimeoutError
from autograder.examiner import guard, recall, workplace
from autograder.examiner.guard import guarded, timely, undisturbed
from autograder.examiner.patience import Deadline, Patience
from autograder.examiner.recall import Recall
from autograder.examiner.reference import Reference
from autograder.examiner.workplace import Workplace


class Over(Deadline):
    """One that has passed whenever it is asked, whatever the clock says."""

    def __init__(self) -> None:
        super().__init__(60, Patience())

    def left(self) -> float:
        return -1.0


# Made once: an alarm in between shall find work to split, not the making of deadlines.
OVER = Over()


# No block is empty: `pass` is no work in which Python would hear of a signal, and no handler covers it.
def nested() -> None:
    with guarded(60, 1000), timely(OVER), timely(OVER):
        sum(())


def caught_within() -> None:
    with guarded(60, 1000):
        for _ in range(2):
            with contextlib.suppress(CandidateTimeoutError), timely(OVER):
                sum(range(10))
            with undisturbed():
                sum(())


def raising() -> None:
    with contextlib.suppress(KeyError), guarded(60, 1000), timely(OVER):
        raise KeyError


# Whose code an alarm may ring in; contextlib's own is what enters and leaves a generator.
PLACES = {module.__file__ for module in (guard, recall, workplace, memory, contextlib)} | {__file__}
SCENES = {scene.__name__: scene for scene in (nested, caught_within, raising)}


@contextlib.contextmanager
def alarms_of_ours() -> Iterator[list[int]]:
    """Collect the alarms that nobody has asked for; by the default they would end the process."""
    stray: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: stray.append(number))
    tick = guard._TICK
    # On a busy machine a timer's own alarm would ring in what traces the scene, where Python hears of none without it.
    guard._TICK = 60.0
    try:
        yield stray
    finally:
        guard._TICK = tick
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        guard._deadlines.clear()


def rung_at(moment: int, scene: Callable[[], None]) -> int:
    """Play a scene, and ring before one of its bytecodes, which are counted from 1; give their number."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename not in PLACES or frame.f_code is guard._ring.__code__:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode" and signal.getsignal(signal.SIGALRM) is guard._ring:
            count += 1
            if count == moment:
                signal.raise_signal(signal.SIGALRM)
        return trace

    # What measures coverage traces as well.
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        scene()
    except CandidateError:
        pass
    finally:
        sys.settrace(before)
    return count


def moments(scene: Callable[[], None]) -> range:
    """Give the moments at which a scene can be rung at, as many as where nobody rings."""
    return range(1, rung_at(0, scene) + 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_whenever_an_alarm_rings_all_is_put_back(name):
    memory = resource.getrlimit(resource.RLIMIT_AS)
    tried = 0
    with alarms_of_ours() as stray:
        theirs = signal.getsignal(signal.SIGALRM)
        for moment in moments(SCENES[name]):
            rung_at(moment, SCENES[name])
            left = guard._deadlines, signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)
            assert left == ([], theirs, (0.0, 0.0)), moment
            assert resource.getrlimit(resource.RLIMIT_AS) == memory, moment
            tried = moment
    assert tried > 50
    assert stray == []


def test_an_alarm_that_code_has_swallowed_rings_again():
    with timely(Deadline(0.01, Patience())):
        for _ in range(2):
            with pytest.raises(CandidateTimeoutError):
                sum(1 for _ in iter(int, 1))


def test_work_of_ours_comes_to_its_end_whenever_an_alarm_rings():
    began: list[int] = []
    done: list[int] = []

    def scene() -> None:
        with timely(OVER), undisturbed():
            began.append(1)
            sum(range(10))
            done.append(1)

    with alarms_of_ours():
        for moment in moments(scene):
            rung_at(moment, scene)
            assert began == done, moment
    assert began


def double(x: float) -> float:
    return 2 * x


def test_no_stand_in_is_left_in_the_reference_whenever_an_alarm_rings():
    plain = double
    remembering = Recall(Reference(answers={"double": double}), lambda: None)

    def scene() -> None:
        with timely(OVER), remembering.in_use():
            assert double is not plain
            sum(range(10))

    with alarms_of_ours():
        for moment in moments(scene):
            rung_at(moment, scene)
            assert double is plain, moment
            assert memory._active == [], moment


def test_the_working_folder_is_the_same_whenever_an_alarm_rings(tmp_path):
    here, place = Path.cwd(), Workplace(tmp_path)
    place.prepare()

    def scene() -> None:
        with timely(OVER), place.prepared():
            sum(range(10))

    with alarms_of_ours():
        for moment in moments(scene):
            rung_at(moment, scene)
            assert Path.cwd() == here, moment
            with place.prepared():
                assert Path.cwd() != here, moment
