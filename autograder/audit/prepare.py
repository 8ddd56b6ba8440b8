"""The right and the wrong answers to a function, and the verdicts on those that need no sandbox for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from autograder.audit.marks import Marked
from autograder.audit.mutation import hard_coded, mutants
from autograder.audit.rewriting import rewrites
from autograder.audit.soundness import otherwise
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
    dropped : mapping of Variant to str
        Rewritings that are no right answers, and where they differ from the reference.
    """

    right: tuple[Variant, ...]
    wrong: tuple[Variant, ...]
    dropped: Mapping[Variant, str]

    @property
    def lesser(self) -> list[Variant]:
        """The rewrites at single places, where the same rule has another that says more."""
        furthest = {variant.name.rpartition("-")[0]: variant for variant in self.right}
        mixed = (variant for variant in self.right if variant.name.startswith("mixed-"))
        kept = {*furthest.values(), *mixed}
        return [variant for variant in self.right if variant not in kept]


def prepared(function: Function, paper: Paper, reference: Reference, rehearsal: Rehearsal) -> Prepared:
    """Make right and wrong answers of the reference.

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
    rewritten = rewrites(answer, name)
    dropped = otherwise(rewritten, paper, reference)
    right = (Variant(name, "reference", answer), *(one for one in rewritten if one not in dropped))
    return Prepared(right, (*mutants(answer, name), *hard_coded(answer, name, published)), dropped)


def judged_wrong(variants: Iterable[Variant], paper: Paper, rehearsal: Rehearsal) -> list[Marked]:
    """Judge wrong answers in this process, where that costs far less than in a sandbox.

    Parameters
    ----------
    variants : iterable of Variant
    paper : Paper
    rehearsal : Rehearsal

    Returns
    -------
    list of Marked
        Of those that a test refused, and those that passed: what these are worth is found out by questions. One that
        cannot be defined, does not come back or takes all memory is left to the sandbox.
    """
    return [one for one in _judged(variants, paper, rehearsal) if one.passed or _plainly_refused(one)]


def judged_right(variants: Iterable[Variant], paper: Paper, rehearsal: Rehearsal) -> list[Marked]:
    """Judge right answers in this process: the `lesser` ones.

    What a rule does at all its places goes over the wire, what it does at each of them is arithmetic.

    Returns
    -------
    list of Marked
        Of those that passed. One that does not is left to the sandbox.
    """
    return [one for one in _judged(variants, paper, rehearsal) if one.passed]


def _judged(variants: Iterable[Variant], paper: Paper, rehearsal: Rehearsal) -> Iterator[Marked]:
    functions = {function.name: function for function in paper.functions}
    for variant in variants:
        try:
            answer = definition_of(variant, paper)
        except Exception:  # noqa: BLE001, S112 - it may fail in any way, and the sandbox shall say what of it
            continue
        yield Marked(variant, tuple(rehearsal.judge(functions[variant.function], answer)))


def _plainly_refused(one: Marked) -> bool:
    return any(check.verdict is Verdict.FAILED and not check.undecided for check in one.checks)
