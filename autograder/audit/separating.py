"""Mutants that earned full marks: a question on which one differs makes it a mistake, none in thousands its equal."""

from __future__ import annotations

import copy
import itertools
import random as python_random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.audit.likeness import apart, settled
from autograder.audit.trials import Answer, Question, definition_of, questions
from autograder.audit.variants import Variant
from autograder.audit.yielding import listed
from autograder.checks import injected
from autograder.checks.calls import same
from autograder.course import Paper
from autograder.errors import CandidateError
from autograder.examiner import Reference, guarded

Outputs = Callable[[Any], Mapping[str, Any]]

# Random questions that a mutant must answer like the reference before it is called equivalent; probes come on top.
QUESTIONS = 2000
# As a share of what the tolerance allows: what lies below is another rounding.
_ROUNDING = 1e-2
_SECONDS = 60
_MEMORY_MB = 2048


def separate(
    variants: Sequence[Variant], paper: Paper, reference: Reference, seeds: range, most: float = _ROUNDING
) -> dict[Variant, str]:
    """Look for a question on which variants of one function do not do what the reference does.

    Parameters
    ----------
    variants : sequence of Variant
        All of one function.
    paper : Paper
    reference : Reference
        With its modules importable.
    seeds : range
        Of the questions.
    most : float
        As a share of what the tolerance allows, the deviation up to which an answer is the reference's.

    Returns
    -------
    dict of Variant to str
        Where each differs; nothing where it never did.
    """
    function = variants[0].function
    outputs = reference.outputs.get(function, lambda result: {"result": result})
    # The cell's own text and not the module's function: with the same helpers, the last digits agree.
    right = definition_of(Variant(function, "reference", paper.answers[function]), paper, silent=True)
    asked = [
        _Asked(right, question, number, outputs)
        for number, question in enumerate(questions(reference, function, seeds))
    ]
    found = {}
    for variant in variants:
        answer = definition_of(variant, paper, silent=True)
        with guarded(_SECONDS, _MEMORY_MB):
            unlike = (
                f"seed {seeds.start} + {number}: {how}"
                for number, one in enumerate(asked)
                if (how := one.unlike(answer, most))
            )
            found[variant] = next(unlike, "")
    return found


class _Asked:
    """A question that the reference has answered.

    All variants are given the same copy of its arguments, and a new one is made where one of them changed it: copies
    take longer than most answers.

    Parameters
    ----------
    right : callable
        The reference.
    question : Question
    number : int
        Seed of NumPy's legacy generator: what was drawn before a call must not decide what it returns.
    outputs : callable
        What is judged of a result, by name.
    """

    def __init__(self, right: Answer, question: Question, number: int, outputs: Outputs) -> None:
        self._arguments, self._functions = question
        self._number = number
        self._outputs = outputs
        self._before = settled(self._arguments)
        self._given = copy.deepcopy(self._arguments)
        _seed(number)
        with np.errstate(all="ignore"):
            value = listed(injected(right, **self._functions))(*self._given)
        self._wanted = {output: (value, _bits(value)) for output, value in outputs(value).items()}
        self._left = self._now()
        self._given = copy.deepcopy(self._arguments)

    def unlike(self, answer: Answer, most: float) -> str:
        """Say how an answer differs on the question; nothing where it does not."""
        _seed(self._number)
        try:
            with np.errstate(all="ignore"):
                got = self._outputs(self._asking(answer)(*self._given))
                unlike = [name for name, wanted in self._wanted.items() if not _alike(got, name, *wanted, most)]
        except CandidateError:
            return "it does not end"
        except Exception as error:  # noqa: BLE001 - a wrong answer may fail in any way
            return type(error).__name__
        finally:
            left = self._now()
            if not same(left, self._before):
                self._given = copy.deepcopy(self._arguments)
        changed = next(
            filter(None, map(_change, itertools.count(1), self._before, self._left, left, itertools.repeat(most))), ""
        )
        return changed or (f"{unlike[0]} differs" if unlike else "")

    def _asking(self, answer: Answer) -> Answer:
        return listed(injected(answer, **self._functions) if self._functions else answer)

    def _now(self) -> tuple[Any, ...]:
        """Give what a call has left of the arguments."""
        now: tuple[Any, ...] = settled(self._given)
        # Copied only where it is something else, for the answers after it go on with the same arguments.
        return self._before if same(now, self._before) else copy.deepcopy(now)


def _change(number: int, before: object, wanted: object, left: object, most: float) -> str:
    """Say how an argument is another than the reference has left it; nothing where it is not."""
    if same(before, wanted):
        return "" if same(before, left) else f"it changed argument {number}"
    return "" if apart(left, wanted) <= most else f"it leaves another argument {number}"


def _bits(value: object) -> tuple[type, tuple[int, ...], bytes] | None:
    """Give what tells doubles from all others; nothing of any other value."""
    if not isinstance(value, (np.ndarray, float)):
        return None
    array = np.asarray(value)
    if array.dtype != np.float64:
        return None
    return type(value), array.shape, array.tobytes()


def _alike(got: Mapping[str, Any], output: str, wanted: object, bits: object, most: float) -> bool:
    """Tell whether an output is the right one but for its rounding."""
    if output not in got:
        return False
    # Most equivalent mutants give the very same bits, which is told much faster than a deviation.
    return (bits is not None and _bits(got[output]) == bits) or apart(got[output], wanted) <= most


def _seed(number: int) -> None:
    np.random.seed(number)
    python_random.seed(number)
