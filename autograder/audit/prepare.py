"""The right and the wrong answers to one function, and those judged that need no sandbox for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.audit.marks import Marked
from autograder.audit.mutation import hard_coded, mutants
from autograder.audit.rewriting import rewrites
from autograder.audit.trials import definition_of
from autograder.audit.variants import Variant
from autograder.audit.visible import recorded, visible_cells
from autograder.course import Function, Paper
from autograder.examiner import Reference, Rehearsal
from autograder.results import Verdict


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be tried on the tests of one function.

    Parameters
    ----------
    right, wrong : tuple of Variant
    judged : tuple of Marked
        Those that were judged in this process: wrong ones that a check refused, right ones that passed.
    """

    right: tuple[Variant, ...]
    wrong: tuple[Variant, ...]
    judged: tuple[Marked, ...]


def prepared(function: Function, paper: Paper, reference: Reference, rehearsal: Rehearsal) -> Prepared:
    """Make right and wrong answers of the reference, and judge most of them.

    Judged here, an answer costs far less than in a sandbox. A wrong one that is refused by anything else than the
    verdict of a check, or by nothing, is left to the sandbox: what raises here may be understood there. So is a right
    one that is refused, and of every rule the one that goes furthest: what a rule does at all its places goes over the
    wire, what it does at each of them is arithmetic.

    Parameters
    ----------
    function : Function
    paper : Paper
    reference : Reference
        With its modules importable.
    rehearsal : Rehearsal

    Returns
    -------
    Prepared
    """
    name, answer = function.name, paper.answers[function.name]
    published = [
        (args, result)
        for cell in visible_cells(function)
        for args, named, result in recorded(function, cell, reference, rehearsal)
        if not named
    ]
    right = (Variant(name, "reference", answer), *rewrites(answer, name))
    wrong = (*mutants(answer, name), *hard_coded(answer, name, published))
    refused = (_judged(variant, function, paper, rehearsal) for variant in wrong)
    passed = (_judged(variant, function, paper, rehearsal) for variant in _lesser(right))
    judged = (*filter(_plainly_refused, refused), *(one for one in passed if one.passed))
    return Prepared(right, wrong, judged)


def _lesser(right: Sequence[Variant]) -> list[Variant]:
    """Give the rewrites at single places, where the same rule has another that says more."""
    furthest = {variant.name.rpartition("-")[0]: variant for variant in right}
    mixed = (variant for variant in right if variant.name.startswith("mixed-"))
    kept = {*furthest.values(), *mixed}
    return [variant for variant in right if variant not in kept]


def _judged(variant: Variant, function: Function, paper: Paper, rehearsal: Rehearsal) -> Marked:
    try:
        answer = definition_of(variant, paper)
    except Exception:  # noqa: BLE001 - a wrong answer may fail in any way
        return Marked(variant, ())
    return Marked(variant, tuple(rehearsal.judge(function, answer)))


def _plainly_refused(one: Marked) -> bool:
    return any(check.verdict is Verdict.FAILED and not check.undecided for check in one.checks)
