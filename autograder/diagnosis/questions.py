"""What every answer to one graded function is asked, drawn once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.evidence import Arguments, Probe, Question, drawn, varied_arguments

FRESH = 3
"""How many questions have nothing in common."""
# Far from the seeds that hidden tests use, so that nothing of theirs is asked here.
_FIRST_SEED = 1_000_000
_RANDOM_STATE = 20_000
_MOST_EDGES = 6

Lent = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of one graded function; see `Evidence`, which has what came of them.

    Parameters
    ----------
    fresh : tuple of Question
        Those that have nothing in common.
    again : Question
        The first once more, from another random state.
    default : Question or None
        One that leaves out all arguments with a default; None where the function has none.
    spelled : Question or None
        The same with the default written out: an answer that is wrong there too has no other default.
    edges : tuple of Question
        At the edges of the function's contract, `spelled` among them.
    varied : tuple of Question
        The first with one argument changed.
    """

    fresh: tuple[Question, ...]
    again: Question
    default: Question | None
    spelled: Question | None
    edges: tuple[Question, ...]
    varied: tuple[Question, ...]

    @property
    def further(self) -> tuple[Question, ...]:
        """What to ask where the fresh questions did not settle it."""
        default = (self.default,) if self.default else ()
        return (self.again, *default, *self.edges, *self.varied)


def fresh_questions(
    draw: Callable[[int], Arguments], probe: Probe | None, lent: Lent
) -> tuple[tuple[Question, ...], Exception | None]:
    """Draw the questions that have nothing in common.

    Parameters
    ----------
    draw : callable
        Given a seed, arguments.
    probe : callable or None
        Given a seed, arguments and stand-ins that tell more.
    lent : mapping of str to callable
        What stands in for the other graded functions.

    Returns
    -------
    questions : tuple of Question
    error : Exception or None
        What the probe raised; its place was taken by what is drawn.
    """
    asked, error = drawn(draw, probe, range(_FIRST_SEED, _FIRST_SEED + FRESH))
    return tuple(
        Question(arguments, _RANDOM_STATE + n, {**lent, **stand_ins}) for n, (arguments, stand_ins) in enumerate(asked)
    ), error


def questions(
    right: Callable[..., Any],
    draw: Callable[[int], Arguments],
    fresh: tuple[Question, ...],
    lent: Lent,
    edges: Sequence[Arguments],
) -> Questions:
    """Make the questions that follow from the fresh ones.

    Parameters
    ----------
    right : callable
        The reference.
    draw : callable
        Given a seed, arguments.
    fresh : tuple of Question
    lent : mapping of str to callable
        What stands in for the other graded functions.
    edges : sequence of tuple
        Arguments at the edges of the contract.
    """
    first = fresh[0]
    parameters = tuple(inspect.signature(right).parameters)
    defaults = getattr(right, "__defaults__", None) or ()
    needed = draw(_FIRST_SEED)[: len(parameters) - len(defaults)]

    def plain(*arguments: Any) -> Question:  # noqa: ANN401 - whatever the function takes
        return Question(arguments, _RANDOM_STATE, lent)

    spelled = plain(*needed, *defaults) if defaults else None
    return Questions(
        fresh,
        again=Question(first.arguments, _RANDOM_STATE - 1, first.lent),
        default=plain(*needed) if defaults else None,
        spelled=spelled,
        edges=(*(plain(*arguments) for arguments in edges[:_MOST_EDGES]), *((spelled,) if spelled else ())),
        varied=tuple(
            Question(arguments, _RANDOM_STATE, first.lent, name)
            for name, arguments in varied_arguments(first.arguments, parameters)
        ),
    )
