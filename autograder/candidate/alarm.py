"""The time that code of the student's may take."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

_AGAIN = 0.1
TraceFunction = Callable[[FrameType, str, Any], Any]


class Alarm:
    """Raises an error in what takes too long, and again where that is caught; a context manager.

    From the second time on it raises it twice: in the midst of what runs, and where that is caught on the next line. So
    a loop that catches whatever its body raises comes to its end.

    Parameters
    ----------
    seconds : float
        More than none.
    kind : type of BaseException
    text : str
    """

    def __init__(self, seconds: float, kind: type[BaseException], text: str) -> None:
        self._seconds = seconds
        self._kind = kind
        self._text = text
        self._has_rung = False

    def __enter__(self) -> None:
        self._outside = sys._getframe(1)  # noqa: SLF001 - `inspect` asks the same, and has to be loaded
        self._traced = sys.gettrace()
        self._before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, self._seconds, _AGAIN)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._has_rung:
            # First, for what follows is traced as well.
            sys.settrace(self._traced)
        signal.signal(signal.SIGALRM, self._before)

    def _ring(self, _number: int, frame: FrameType | None) -> None:
        # Not in this module itself, nor in what it calls: that would keep the alarm from being taken away, and it would
        # ring for ever.
        if frame is None or self._is_ours(frame):
            return
        if self._has_rung:
            sys.settrace(self._trace)
            while frame is not None and frame is not self._outside:
                frame.f_trace = self._trace
                frame = frame.f_back
        self._has_rung = True
        raise self._kind(self._text)

    def _is_ours(self, frame: FrameType | None) -> bool:
        while frame is not None and frame is not self._outside:
            if frame.f_globals is globals():
                return True
            frame = frame.f_back
        return False

    def _trace(self, frame: FrameType, event: str, _arg: object) -> TraceFunction | None:
        if frame.f_globals is globals():
            return None
        if event in {"call", "line"}:
            # Python traces no more after that, until it rings again.
            raise self._kind(self._text)
        return self._trace
