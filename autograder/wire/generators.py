"""NumPy's random generators, which both sides draw from in turns: known by numbers, kept equal by their states.

A generator that one side hands over is rebuilt on the other as a plain one of NumPy's, in the same state. Whoever sends
a message tells with it what was drawn meanwhile, so that a stream goes on where the other side has left it. Only
NumPy's own bit generators cross, by an allow-list; a state is checked in all its parts before NumPy is given it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy import random

from autograder.errors import WireError
from autograder.wire.states import NAMES, Drawn, bits_of, built, check, put, state_of
from autograder.wire.streams import Belief
from autograder.wire.values import Drawing

# Linked at a time, from one call to the next; and in one message with all that came since the call.
_MOST_LINKED = 32
_MOST = 1000
# The classes that cross; an instance of one derived from these is the plain generator of its state.
GENERATORS = (random.Generator, random.RandomState)


class Generators:
    """The generators of one test cell, as one side knows them.

    Parameters
    ----------
    trusted : bool
        Whether this is the examiner's side. Of a generator that it has handed over it believes only what can have been
        drawn from it; else an answer would choose what a test draws next.
    """

    def __init__(self, *, trusted: bool) -> None:
        self._trusted = trusted
        self._count = 0
        self._known: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._told: dict[int, Drawn] = {}
        # Those that this side has handed over, and that still draw as they do here.
        self._own: set[int] = set()
        self._belief = Belief()

    def refer(self, generator: object) -> Drawing | None:
        """Give the record of a generator; None where it is none of NumPy's own, or where there are too many."""
        number = self._numbers.get(id(generator))
        if number is None:
            if len(self._known) >= _MOST or type(bits_of(generator)) not in NAMES:
                return None
            number = self._count if self._trusted else -1 - self._count
            self._count += 1
            self._own.add(number)
            self._add(number, generator)
        return Drawing(number)

    def find(self, record: Drawing) -> Any:  # noqa: ANN401
        """Give the generator of a record.

        Raises
        ------
        WireError
            Where there is none.
        """
        if record.number not in self._known:
            raise WireError(f"there is no generator number {record.number}")
        return self._known[record.number]

    def trim(self) -> None:
        """Forget the oldest; to be called by both sides when a call begins, so that they forget the same ones."""
        for number in list(self._known)[:-_MOST_LINKED]:
            self._numbers.pop(id(self._known.pop(number)), None)
            self._told.pop(number, None)

    def news(self, *, everything: bool = False) -> list[Drawn]:
        """Give the states that the other side does not know yet, or all of them where it may have missed some."""
        if not self._known:
            return []
        states = {number: state_of(number, generator) for number, generator in self._known.items()}
        fresh = [state for number, state in states.items() if everything or self._told.get(number) != state]
        self._told = states
        return fresh

    def learn(self, states: Sequence[Drawn]) -> None:
        """Take over what the other side tells of generators in one message.

        Raises
        ------
        WireError
            Where a state is none, or there are too many, or two of one generator.
        """
        if len({state.number for state in states}) < len(states):
            raise WireError("a message tells of one generator twice")
        for state in states:
            check(state)
            mine = self._known.get(state.number)
            if mine is not None:
                self._take_over(mine, state)
            elif (state.number < 0) is self._trusted:
                if len(self._known) >= _MOST:
                    raise WireError(f"more than {_MOST} generators came")
                self._add(state.number, built(state))
            else:
                # Forgotten meanwhile.
                continue
            self._told[state.number] = state_of(state.number, self._known[state.number])

    def _take_over(self, mine: Any, state: Drawn) -> None:  # noqa: ANN401
        before = state_of(state.number, mine)
        if (before.legacy, before.kind) != (state.legacy, state.kind):
            raise WireError("a generator came back as one of another kind")
        if self._trusted and state.number in self._own and not self._belief.follows(before, state):
            # From here on the answer's is another one than the test's.
            self._own.remove(state.number)
            del self._numbers[id(mine)]
            self._add(state.number, built(state))
        else:
            if self._trusted and state.number not in self._own:
                self._admit_children(before, state)
            put(mine, state)

    def _admit_children(self, before: Drawn, after: Drawn) -> None:
        more = after.seed.spawned - before.seed.spawned if before.seed and after.seed else 0
        if more > 0 and not self._belief.may_spawn(more):
            raise WireError(f"{more} children of a generator came in one test cell")

    def _add(self, number: int, generator: object) -> None:
        self._known[number] = generator
        self._numbers[id(generator)] = number
