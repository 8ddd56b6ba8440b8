"""Whether drawing leads from one state of a random generator to another, which an answer says it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy import random

from autograder.wire.states import LAYOUTS, Drawn, Seed, numpys, state_of

# What an answer may draw in one go from a generator of the test's own, in raw words of 32 or 64 bits; and what is
# looked through in vain for all that comes in one test cell, which takes about a second.
_MOST_DRAWS = 2**25
# How far back what is left of a word or of a pair of normal deviates is looked for; and what may be spawned.
_MOST_SINCE, _MOST_SPAWNED = 2**22, 2**12
_FIRST_CHUNK, _LARGEST_CHUNK, _PART = 2**8, 2**20, 2**18
_OUTPUTS = 4
# A pair of normal deviates takes two numbers of 53 bits: as many words, or twice as many of 32 bits.
_PAIR, _PAIR_OF_HALVES = 2, 4
_NEAR = 1e-9


class Belief:
    """Believes of the states that come in one test cell those that drawing and spawning have led to.

    What an answer can still choose is how much it draws, and so one of the `_MOST_DRAWS` states that come next.
    """

    def __init__(self) -> None:
        self._in_vain = _MOST_DRAWS
        self._spawned = _MOST_SPAWNED

    def follows(self, before: Drawn, after: Drawn) -> bool:
        """Tell whether one state of a generator follows from another of the same one."""
        if not self._seed_follows(before.seed, after.seed):
            return False
        draws, walked = self._draws(before, after)
        if draws is not None:
            if _left_over_follows(before, after, draws):
                return True
            walked += min(draws, _MOST_SINCE)
        self._in_vain -= walked
        return False

    def _seed_follows(self, before: Seed | None, after: Seed | None) -> bool:
        if before is None:
            # The other side knows of no seed either, and has taken another one.
            return True
        if after is None or (before.entropy, before.key) != (after.entropy, after.key):
            return False
        return self.may_spawn(after.spawned - before.spawned)

    def may_spawn(self, children: int) -> bool:
        """Tell whether so many are believed beside all before; each takes some microseconds here too."""
        if not 0 <= children <= self._spawned:
            return False
        self._spawned -= children
        return True

    def _draws(self, before: Drawn, after: Drawn) -> tuple[int | None, int]:
        """Give how many words lie between two states, None where that is not found; and how many were looked at."""
        if (before.words, before.position) == (after.words, after.position):
            return 0, 0
        if _constant(before) != _constant(after):
            return None, 0
        target = _walker(after).random_raw(_OUTPUTS)
        walker, passed, chunk = _walker(before), 0, _FIRST_CHUNK
        tail = np.zeros(0, dtype=np.uint64)
        while passed < self._in_vain:
            outputs = np.concatenate([tail, walker.random_raw(chunk)])
            for start in np.flatnonzero(outputs[: 1 - _OUTPUTS] == target[0]):
                if np.array_equal(outputs[start : start + _OUTPUTS], target):
                    draws = passed + int(start)
                    reached = _after(before, draws) == (after.words, after.position)
                    return (draws if reached else None), draws + len(outputs)
            passed += len(outputs) - _OUTPUTS + 1
            tail = outputs[1 - _OUTPUTS :]
            chunk = min(2 * chunk, _LARGEST_CHUNK)
        return None, passed


def _walker(state: Drawn) -> Any:  # noqa: ANN401
    bits = LAYOUTS[state.kind].kind(0)
    bits.state = numpys(state)
    return bits


def _constant(state: Drawn) -> object:
    constant = LAYOUTS[state.kind].constant
    told = numpys(state)["state"].get(constant)
    return told if told is None or isinstance(told, int) else told.tolist()


def _after(before: Drawn, draws: int) -> tuple[bytes, int]:
    walker = _walker(before)
    walker.random_raw(draws, output=False)
    state = state_of(0, random.Generator(walker))
    return state.words, state.position


def _left_over_follows(before: Drawn, after: Drawn, draws: int) -> bool:
    """Tell whether half a word and a normal deviate that are left were there before, or come from what was drawn."""
    half = after.spare in (None, before.spare)
    normal = after.normal in (None, before.normal)
    if half and normal:
        return True
    for start, words in _last_words(before, draws):
        half = half or bool(np.any(words >> np.uint64(32) == after.spare))
        normal = normal or _gives_normal(before, after, start, words)
        if half and normal:
            return True
    return False


def _last_words(before: Drawn, draws: int) -> Iterator[tuple[int, np.ndarray[Any, Any]]]:
    """Give the last of the words that are drawn, in overlapping parts, each with the number of draws before it."""
    start = max(0, draws - _MOST_SINCE)
    walker = _walker(before)
    walker.random_raw(start, output=False)
    words = np.zeros(0, dtype=np.uint64)
    while start + len(words) < draws:
        tail = words[1 - _PAIR_OF_HALVES :]
        start += len(words) - len(tail)
        fresh = min(_PART, draws - start - len(tail))
        words = np.concatenate([tail, walker.random_raw(fresh)])
        yield start, words


def _gives_normal(before: Drawn, after: Drawn, start: int, words: np.ndarray[Any, Any]) -> bool:
    """Tell whether a pair of normal deviates that was drawn from some words has left the one that is left."""
    wanted = after.normal
    if wanted is None:
        return False
    doubles: np.ndarray[Any, Any]
    if before.kind == "MT19937":
        doubles = ((words[:-1] >> np.uint64(5)) * 2.0**26 + (words[1:] >> np.uint64(6))) * 2.0**-53
        step = _PAIR_OF_HALVES // 2
    else:
        doubles = (words >> np.uint64(11)) * 2.0**-53
        step = _PAIR // 2
    first, second = 2.0 * doubles[:-step] - 1.0, 2.0 * doubles[step:] - 1.0
    square = first * first + second * second
    with np.errstate(all="ignore"):
        normal = first * np.sqrt(-2.0 * np.log(square) / square)
        # Logarithms differ in their last digit; what NumPy itself leaves there decides.
        places = np.flatnonzero(np.abs(normal - wanted) <= _NEAR * max(1.0, abs(wanted)))
    return any(_normal_at(before, start + int(place)) == wanted for place in places)


def _normal_at(before: Drawn, draws: int) -> float:
    """Give the normal deviate that is left where one is drawn after so many words."""
    walker = _walker(before)
    walker.random_raw(draws, output=False)
    generator = random.RandomState(walker)
    generator.standard_normal()
    return float(generator.get_state(legacy=False)["gauss"])
