"""What the tests of one function make of answers that are known without any variant."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from autograder.audit.soundness import asked
from autograder.audit.visible import overpaid
from autograder.course import Function
from autograder.examiner import Reference, Rehearsal, unusable
from autograder.results import Verdict, function_verdict


@dataclass(frozen=True, slots=True)
class Known:
    """What was seen of one function.

    Parameters
    ----------
    caught : mapping of str to bool
        By misconception of the course, whether it lost marks.
    overpaid : tuple of str
        Which visible test cells give more than their own points, a sentence each.
    seconds : mapping of str to float
        By test cell, what it takes with the reference, the second time it is run.
    asked : bool
        Whether the course has random questions of it.
    unusable : tuple of str
        What of its questions and known mistakes cannot explain lost marks, a sentence each.
    """

    caught: Mapping[str, bool]
    overpaid: tuple[str, ...]
    seconds: Mapping[str, float]
    asked: bool
    unusable: tuple[str, ...]


def known(function: Function, reference: Reference, rehearsal: Rehearsal) -> Known:
    """Try the misconceptions, what knows the visible tests by heart, and the reference.

    Parameters
    ----------
    function : Function
    reference : Reference
        With its modules importable.
    rehearsal : Rehearsal

    Returns
    -------
    Known
    """
    return Known(
        _caught(function, reference, rehearsal),
        tuple(overpaid(function, reference, rehearsal)),
        _seconds(function, reference, rehearsal),
        asked(function.name, reference),
        unusable(reference, function.name),
    )


def _caught(function: Function, reference: Reference, rehearsal: Rehearsal) -> dict[str, bool]:
    wrong = {entry.name: entry.wrong for entry in reference.catalogue if entry.function == function.name}
    return {
        one: function_verdict(tuple(rehearsal.judge(function, answer))) is not Verdict.PASSED
        for one, answer in wrong.items()
    }


def _seconds(function: Function, reference: Reference, rehearsal: Rehearsal) -> dict[str, float]:
    found = {}
    answer = reference.answers[function.name]
    for test in function.tests:
        rehearsal.judge(function, answer, {test.grade_id})
        started = time.perf_counter()
        rehearsal.judge(function, answer, {test.grade_id})
        found[test.grade_id] = round(time.perf_counter() - started, 6)
    return found
