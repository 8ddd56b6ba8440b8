"""The right and the wrong answers to one function, and the plainly wrong ones judged."""

from __future__ import annotations

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
    refused : tuple of Marked
        Those of the wrong ones that a check refused in this process: no sandbox is needed for these.
    """

    right: tuple[Variant, ...]
    wrong: tuple[Variant, ...]
    refused: tuple[Marked, ...]


def prepared(function: Function, paper: Paper, reference: Reference, rehearsal: Rehearsal) -> Prepared:
    """Make right and wrong answers of the reference, and judge the wrong ones.

    Judged here, a wrong answer costs far less than in a sandbox. One that is refused by anything else than the verdict
    of a check, or by nothing, is left to the sandbox: what raises here may be understood there.

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
    judged = (_judged(variant, function, paper, rehearsal) for variant in wrong)
    return Prepared(right, wrong, tuple(one for one in judged if _plainly_refused(one)))


def _judged(variant: Variant, function: Function, paper: Paper, rehearsal: Rehearsal) -> Marked:
    try:
        answer = definition_of(variant, paper)
    except Exception:  # noqa: BLE001 - a wrong answer may fail in any way
        return Marked(variant, ())
    return Marked(variant, tuple(rehearsal.judge(function, answer)))


def _plainly_refused(one: Marked) -> bool:
    return any(check.verdict is Verdict.FAILED and not check.undecided for check in one.checks)
