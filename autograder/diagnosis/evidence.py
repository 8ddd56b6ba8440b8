"""What an answer was asked, and what was seen: the ground of every diagnosis."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.diagnosis.copies import copied, like
from autograder.diagnosis.numbers import ATOL, RTOL, Numbers, alike, coarseness, largest, numbers
from autograder.errors import CandidateError, with_article

Arguments = tuple[Any, ...]
Outputs = Callable[[Any], Mapping[str, Any]]
Drawn = tuple[Arguments, Mapping[str, Callable[..., Any]]]
Probe = Callable[[int], Drawn]
_MOST_OUTPUTS = 200
_LONGEST_LABEL = 40
_MOST_CALLS = 1000
_MOST_LEAVES = 1000


class Recorder:
    """A lent function that notes what it is asked.

    Parameters
    ----------
    function : callable

    Attributes
    ----------
    calls : list of tuple
        The arguments of each call, as they were at the time.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.calls: list[Arguments] = []
        functools.update_wrapper(self, function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Note the arguments, and answer."""
        self.calls.append(copied((*args, *kwargs.values())))
        return self._function(*args, **kwargs)


# Two questions are the same only where they are one object: arrays do not compare.
@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One call to be made.

    Parameters
    ----------
    arguments : tuple
    seed : int
        What NumPy's legacy generator is seeded with before the call.
    lent : dict of str to callable
        What stands in for functions that the answer may call, by global name.
    varied : str
        The parameter that alone differs from those of the first question; empty in a question of its own.
    """

    arguments: Arguments
    seed: int
    lent: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    varied: str = ""


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of a question.

    Parameters
    ----------
    question : Question
    value : object
        What the answer returned: plain data, not to be trusted in any way.
    changed : tuple of str
        The arguments that the call changed.
    asked : dict of str to list
        The arguments of each call of a lent function.
    after : tuple or None
        The arguments after the call; None where that is not known.
    """

    question: Question
    value: Any
    changed: tuple[str, ...] = ()
    asked: Mapping[str, Sequence[Arguments]] = field(default_factory=dict)
    after: Arguments | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the right outputs and the answer's, each by its label.

    Parameters
    ----------
    question : Question
    right_value, value : object
        As they were returned.
    right, got : dict of str to array
        The judged outputs as numbers, in the order of computation. `got` lacks what the answer does not return, and
        has None for what is no number.
    raw : dict of str to object
        The answer's outputs as they are.
    asked : dict of str to list
        The arguments of each call of a lent function by the answer.
    wanted : dict of str to object
        The right outputs as they are.
    """

    question: Question
    right_value: Any
    value: Any
    right: dict[str, Numbers]
    got: dict[str, Numbers | None]
    raw: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Sequence[Arguments]] = field(default_factory=dict)
    wanted: Mapping[str, Any] = field(default_factory=dict)
    # Every search for an explanation wants to know it again.
    _judged: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_right(self, label: str) -> bool:
        """Tell whether an output is as it should be; one that this case does not have is."""
        if label not in self._judged:
            self._judged[label] = label not in self.right or self.close_to(self.right[label], label)
        return self._judged[label]

    def close_to(self, told: Numbers, label: str, rtol: float = RTOL, atol: float = ATOL) -> bool:
        """Tell whether the answer's output is something else but for rounding, NaN where that is NaN."""
        coarse = self.coarse(label)
        return alike(self.got.get(label), told, max(rtol, coarse), max(atol, coarse * largest(told)), equal_nan=True)

    def coarse(self, label: str) -> float:
        """Give how far right numbers of an output may be apart; see `coarseness`."""
        return coarseness(self.wanted.get(label))

    def wrong(self) -> tuple[str, ...]:
        """List the outputs that are not as they should be."""
        return tuple(label for label in self.right if not self.is_right(label))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known when an explanation is looked for.

    Parameters
    ----------
    fresh : tuple of Case
        Questions that have nothing in common.
    again : Case or None
        The first question once more, from another random state.
    edges : tuple of Case
        Questions at the edges of the function's contract.
    varied : tuple of Case
        The first question with one argument changed.
    default : Case or None
        A question that leaves out all arguments with a default.
    spelled : Case or None
        The same with the reference's defaults written out, one of the edges.
    changed : frozenset of str
        Arguments that some call changed.
    uncalled : tuple of str
        Functions that the reference calls and the answer never did.
    untouched : dict of str to set of str
        Arguments that the reference changes and the answer never did, with their outputs.
    """

    fresh: tuple[Case, ...]
    again: Case | None = None
    edges: tuple[Case, ...] = ()
    varied: tuple[Case, ...] = ()
    default: Case | None = None
    spelled: Case | None = None
    changed: frozenset[str] = frozenset()
    uncalled: tuple[str, ...] = ()
    untouched: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The outputs that are wrong for some fresh question, in the order of computation."""
        found = [label for case in self.fresh for label in case.wrong()]
        order = [label for case in self.fresh for label in case.right]
        return tuple(sorted(set(found), key=order.index))

    def having(self, label: str) -> tuple[Case, ...]:
        """Give the fresh questions that have an output."""
        return tuple(case for case in self.fresh if label in case.right)


def keyed_by_data(case: Case) -> bool:
    """Tell whether labels of outputs are no names that a function gives, but texts or numbers out of its arguments."""
    if not isinstance(case.right_value, dict):
        return False
    texts = set(_texts(case.question.arguments))
    keys = (key for key in case.right_value if item_label(key) in case.right)
    return any(not isinstance(key, str) or key in texts for key in keys)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    """Give the texts in arguments, and the words in them."""
    if isinstance(value, str):
        yield from (value, *value.split())
    elif isinstance(value, np.ndarray) and value.dtype.kind in "UO":
        yield from _texts(value.ravel().tolist())
    elif isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def any_outputs(value: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Name the outputs of a function of which nothing is known: the items of a dictionary or tuple, or the whole."""
    if isinstance(value, dict):
        return {item_label(key): item for key, item in list(value.items())[:_MOST_OUTPUTS]}
    if isinstance(value, tuple):
        return {f"result[{n}]": item for n, item in enumerate(value[:_MOST_OUTPUTS])}
    return {"the result": value}


def item_label(key: object) -> str:
    """Say the key of an answer's dictionary, which may be anything that can be one."""
    try:
        return str(key)[:_LONGEST_LABEL]
    except ValueError:
        # A whole number of thousands of digits, by itself or in a tuple.
        return with_article(type(key).__name__)


def read(outputs: Outputs, value: Any) -> tuple[dict[str, Numbers | None], Mapping[str, Any]]:  # noqa: ANN401
    """Give the judged outputs of a returned value as numbers, and as they are."""
    try:
        found = dict(outputs(value))
    except CandidateError:
        raise
    except Exception:  # noqa: BLE001 - an instructor's code may raise anything
        # Built otherwise than the course's own table expects.
        found = dict(any_outputs(value))
    return {label: numbers(item) for label, item in found.items()}, found


def drawn(
    draw: Callable[[int], Arguments], probe: Probe | None, seeds: Iterable[int]
) -> tuple[list[Drawn], Exception | None]:
    """Give arguments for some seeds, and what stands in for other functions meanwhile.

    Parameters
    ----------
    draw : callable
        Given a seed, arguments.
    probe : callable or None
        Given a seed, arguments and stand-ins that tell more; where it raises, it is done without.
    seeds : iterable of int

    Returns
    -------
    asked : list of (arguments, stand-ins)
    error : Exception or None
        What the probe raised.
    """
    error = None
    if probe:
        try:
            return [probe(seed) for seed in seeds], None
        except Exception as raised:  # noqa: BLE001 - an instructor's code may raise anything
            error = raised
    return [(draw(seed), {}) for seed in seeds], error


def asked(calls: Mapping[str, Sequence[Arguments]]) -> list[list[float]]:
    """Write down what lent functions were asked, as numbers; only so much as can be the answer to a small question.

    Parameters
    ----------
    calls : dict of str to list
        The arguments of each call, by the function's name.
    """
    first = itertools.islice(((name, one) for name in sorted(calls) for one in calls[name]), _MOST_CALLS)
    return [[round(x, 9) for x in itertools.islice(_leaves(arguments), _MOST_LEAVES)] for _, arguments in first]


def _leaves(value: Any) -> Iterator[float]:  # noqa: ANN401
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item)
    else:
        found = numbers(value)
        yield from [] if found is None else map(float, found.ravel())


def varied_arguments(arguments: Arguments, parameters: Sequence[str]) -> list[tuple[str, Arguments]]:
    """Change one argument after the other by a quarter, where it holds floats.

    Returns
    -------
    list of (parameter, arguments)
    """
    found = []
    for place, (name, value) in enumerate(zip(parameters, arguments, strict=False)):
        other = _grown(value)
        if other is not None:
            found.append((name, (*arguments[:place], other, *arguments[place + 1 :])))
    return found


def _grown(value: Any) -> Any:  # noqa: ANN401
    """Give a value with all of its floats larger by a quarter; None where there are none."""
    if isinstance(value, dict):
        items = {key: _grown(item) for key, item in value.items()}
        return None if all(v is None for v in items.values()) else {k: _or(v, value[k]) for k, v in items.items()}
    if isinstance(value, (list, tuple)):
        parts = [_grown(item) for item in value]
        if all(part is None for part in parts):
            return None
        return like(value, [_or(part, item) for part, item in zip(parts, value, strict=True)])
    kind = getattr(getattr(value, "dtype", None), "kind", "f" if isinstance(value, float) else "")
    return value * 1.25 if kind == "f" else None


def _or(value: Any, other: Any) -> Any:  # noqa: ANN401
    return other if value is None else value
