"""What the reference gave is remembered from one submission to the next."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from autograder.checks.memory import Memory, Remembered, recalling
from autograder.examiner.guard import unsplit
from autograder.examiner.reference import Reference


class Recall:
    """Puts remembered functions in the place of the reference's answers and questions, while a test cell runs.

    Only then: whoever looks at the reference from outside, to choose what may be lent for one, finds its own functions.

    Parameters
    ----------
    reference : Reference
        Its answers and questions depend on their arguments alone.
    forget : callable
        Lets its functions keep nothing of earlier calls by themselves.
    """

    def __init__(self, reference: Reference, forget: Callable[[], None]) -> None:
        self._memory = Memory(forget)
        self._places: list[tuple[dict[str, object], str, Remembered[..., object]]] = []
        functions = [*reference.answers.values(), *reference.questions.values()]
        for module in {function.__module__ for function in functions}:
            space = vars(sys.modules[module])
            for name, value in space.items():
                if any(value is function for function in functions):
                    self._places.append((space, name, Remembered(value, space, name)))

    def in_use(self) -> contextlib.AbstractContextManager[None]:
        """Remember, for the length of a ``with``; an alarm leaves nothing of it in the reference."""
        return unsplit(self._in_place())

    @contextlib.contextmanager
    def _in_place(self) -> Iterator[None]:
        before = [(space, name, space[name]) for space, name, _ in self._places]
        try:
            for space, name, function in self._places:
                space[name] = function
            with recalling(self._memory):
                yield
        finally:
            for space, name, value in before:
                space[name] = value
