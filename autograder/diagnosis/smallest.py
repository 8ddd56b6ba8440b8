"""The smallest example: a small case, drawn by nobody's test, on which an answer and what is right differ."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.diagnosis.copies import key_of
from autograder.diagnosis.evidence import Outputs, Question, item_label, read
from autograder.diagnosis.numbers import Numbers, alike
from autograder.diagnosis.pasting import pasted, shown
from autograder.results import Counterexample

Parts = Mapping[str, Any]
Answered = tuple[dict[str, Numbers | None], dict[str, Numbers], Any]
"""The answer's outputs, the right ones, and what the answer returned."""

# No limit of time: on a busy machine another example would be found, or none. Each call has its own deadline.
_MOST_CALLS = 40
_MOST_ENTRIES = 60
_MOST_SHOWN = 3
_MOST_KEPT = 500
# A mask of one entry is the same in every other call.
_MOST_AGAIN = 4
# What differs by less, as a share of the largest entry, shows too late in the digits to convince anybody.
_APART = 1e-4
_RANDOM_STATE = 30_000
_UNSEEDED = "  # other numbers in each call"


@dataclass(frozen=True, slots=True)
class Small:
    """Small cases of one graded function.

    Parameters
    ----------
    starts : sequence of mapping
        The free parts of a case by name, the smallest case first: numbers, arrays, lists. Floats may be replaced by 0
        and 1 to make a case simpler still.
    build : callable
        Given free parts, the arguments by the function's parameters; what depends on other parts is computed. Raises
        `ValueError` for parts of which no fair question can be made.
    stand_ins : mapping of str to str
        Functions that stand in for others that the answer calls, by global name, as code.
    """

    starts: Sequence[Parts]
    build: Callable[[Parts], Mapping[str, Any]] = dict
    stand_ins: Mapping[str, str] = field(default_factory=dict)


class Smallest:
    """Looks for the smallest example of one graded function.

    Parameters
    ----------
    small : Small
    answer : callable
        Given a question, what the reference returns.
    outputs : callable
        Names the judged outputs.
    lent : mapping of str to callable
        What stands in for the other graded functions.
    """

    def __init__(
        self,
        small: Small,
        answer: Callable[[Question], Any],
        outputs: Outputs,
        lent: Mapping[str, Callable[..., Any]],
    ) -> None:
        self._small = small
        self._answer = answer
        self._outputs = outputs
        self._right: dict[Hashable, dict[str, Numbers] | None] = {}
        code = small.stand_ins.items()
        # The course's own text, which students are shown as it stands.
        self._lent = {**lent, **{name: eval(text, {"np": np}) for name, text in code}}  # noqa: S307

    def find(self, ask: Callable[[Question], Any]) -> Counterexample | None:
        """Find the smallest case on which an answer is wrong, and make its numbers as simple as may be.

        Parameters
        ----------
        ask : callable
            Given a question, what the answer returns; may raise.

        Returns
        -------
        Counterexample or None
            None where the answer is right for all small cases, or raises.
        """
        search = _Search(self._separates, ask)
        for start in self._small.starts:
            found = search.tried(start)
            if found:
                parts, found = self._shrunk(start, found, search)
                return self._told(parts, found, self._again(parts, ask))
        return None

    def _again(self, parts: Parts, ask: Callable[[Question], Any]) -> list[dict[str, Numbers | None]]:
        """Give the answer's outputs in other random states: what is not seeded is other numbers when it is pasted."""
        arguments = tuple(self._small.build(parts).values())
        found = []
        for state in range(_RANDOM_STATE + 1, _RANDOM_STATE + 1 + _MOST_AGAIN):
            with contextlib.suppress(Exception):  # an answer may raise anything
                found.append(read(self._outputs, ask(Question(arguments, state, self._lent)))[0])
        return found

    def _shrunk(self, parts: Parts, found: Answered, search: _Search) -> tuple[Parts, Answered]:
        """Put simpler numbers in the place of others, as long as the answer stays wrong."""
        current, known = dict(parts), found
        for name in parts:
            for simpler in _simpler(current[name]):
                better = search.tried({**current, name: simpler})
                if better:
                    current[name], known = simpler, better
                    break
        return current, known

    def _separates(self, parts: Parts, ask: Callable[[Question], Any]) -> Answered | None:
        """Give the answer's outputs and the right ones for a case on which they differ."""
        try:
            arguments = self._small.build(parts)
        except ValueError:
            return None
        question = Question(tuple(arguments.values()), _RANDOM_STATE, self._lent)
        wanted = self._wanted(parts, question)
        if wanted is None:
            return None
        value = ask(question)
        got = read(self._outputs, value)[0]
        return (got, wanted, value) if any(_apart(got.get(label), right) for label, right in wanted.items()) else None

    def _wanted(self, parts: Parts, question: Question) -> dict[str, Numbers] | None:
        """Give the right outputs, where all are finite; the first cases are the same for every answer."""
        key = key_of(dict(parts))
        if key not in self._right:
            if len(self._right) >= _MOST_KEPT:
                self._right.clear()
            right = read(self._outputs, self._answer(question))[0]
            finite = {name: value for name, value in right.items() if value is not None and np.all(np.isfinite(value))}
            self._right[key] = finite if len(finite) == len(right) else None
        return self._right[key]

    def _told(
        self, parts: Parts, found: Answered, again: Sequence[Mapping[str, Numbers | None]]
    ) -> Counterexample | None:
        got, wanted, returned = found
        wrong = [label for label, value in wanted.items() if _apart(got.get(label), value)]
        shown_ones = [label for label in wrong if wanted[label].size <= _MOST_ENTRIES][:_MOST_SHOWN]
        yours, expected = {}, {}
        for label in shown_ones:
            value, right = got.get(label), wanted[label]
            if value is not None and value.size <= _MOST_ENTRIES:
                yours[label] = shown(value, right) + _caveat(value, [one.get(label) for one in again])
            expected[label] = shown(right, value)
        if not expected:
            return None
        arguments = self._small.build(parts)
        inputs = {name: pasted(value) for name, value in arguments.items()}
        right = self._answer(Question(tuple(arguments.values()), _RANDOM_STATE, self._lent))
        absent = _keys(right) - _keys(returned) if isinstance(returned, dict) else set()
        missing = tuple(label for label in expected if label in absent)
        return Counterexample({**self._small.stand_ins, **inputs}, yours, expected, missing)


class _Search:
    """Tries cases, and none any more when there have been enough."""

    def __init__(
        self,
        separates: Callable[[Parts, Callable[[Question], Any]], Answered | None],
        ask: Callable[[Question], Any],
    ) -> None:
        self._separates = separates
        self._ask = ask
        self._calls = 0

    def tried(self, parts: Parts) -> Answered | None:
        self._calls += 1
        if self._calls > _MOST_CALLS:
            return None
        try:
            return self._separates(parts, self._ask)
        except Exception:  # noqa: BLE001 - what an answer raises here is no example of a wrong value
            return None


def _apart(got: Numbers | None, right: Numbers) -> bool:
    if got is None or got.shape != right.shape:
        return got is None or max(got.size, right.size) > 1 or _apart(got.reshape(right.shape), right)
    return not alike(got, right, _APART, _APART * float(np.max(np.abs(right), initial=0)) + 1e-9)


def _keys(value: object) -> set[str]:
    return {item_label(key) for key in value} if isinstance(value, dict) else set()


def _caveat(value: Numbers, others: Sequence[Numbers | None]) -> str:
    moved = any(one is not None and not np.array_equal(one, value, equal_nan=True) for one in others)
    return _UNSEEDED if moved else ""


def _simpler(value: Any) -> Iterator[Any]:  # noqa: ANN401
    """Give simpler numbers in the place of some, the simplest first."""
    if isinstance(value, float):
        yield from (number for number in (0.0, 1.0) if abs(number) < abs(value))
    elif isinstance(value, np.ndarray) and value.dtype == np.float64 and np.any(value):
        yield np.zeros_like(value)
        if np.max(np.abs(value)) > 1:
            yield np.ones_like(value)
