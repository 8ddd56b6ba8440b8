"""Running variants in this process, where the reference is at hand to compare them with.

Variants are trusted: the instructor's own code, with a change of ours.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.audit.spread import Nearest, Spread, deviation, nearest, spread
from autograder.audit.variants import Variant
from autograder.checks import injected, observe
from autograder.course import Paper
from autograder.errors import CandidateError
from autograder.examiner import Reference, guarded
from autograder.statements import Source, free_names, needed

Answer = Callable[..., Any]
Question = tuple[tuple[Any, ...], Mapping[str, Callable[..., Any]]]

# Random questions that a mutant must answer like the reference before it is called equivalent.
QUESTIONS = 2000
# Of so many questions, one with other functions stood in.
_PROBED = 4
# Questions for measuring tolerances; their worst case settles after a few dozen.
_MEASURED = 25
# Questions of the audit are none that hidden tests or the diagnosis ask.
_FIRST_SEED = 2_000_000
# As a share of what the tolerance allows: what lies below is another rounding.
_ROUNDING = 1e-2
_SECONDS = 60
_MEMORY_MB = 2048


def definition_of(variant: Variant, paper: Paper) -> Answer:
    """Run a variant's cell, with those of the course's own statements that it needs.

    Raises
    ------
    Exception
        Whatever the cell raises.
    """
    own, cell = Source(), Source()
    others = [text for name, text in paper.answers.items() if name != variant.function]
    for number, text in enumerate((*paper.given, *others), 1):
        own.add(text, f"<course cell {number}>")
    cell.add(variant.source, f"<variant of {variant.function}>")
    space: dict[str, Any] = {"__name__": "__main__"}
    for statement in (*needed(own.statements, free_names(variant.source)), *cell.statements):
        exec(compile(ast.Module([statement.node], []), statement.file, "exec"), space)  # noqa: S102 - trusted
    answer: Answer = space[variant.function]
    return answer


def questions(reference: Reference, function: str, seeds: range) -> Iterator[Question]:
    """Give questions that a function has not been asked by its tests or a diagnosis.

    Parameters
    ----------
    reference : Reference
    function : str
    seeds : range
        From 0; with 0 in it the edge cases come first.

    Yields
    ------
    arguments : tuple
    functions : mapping of str to callable
        What stands in for the other functions.
    """
    if 0 in seeds:
        yield from ((arguments, {}) for arguments in reference.edges.get(function, list)())
    draw, probe = reference.questions.get(function), reference.probes.get(function)
    for seed in seeds:
        if draw is not None:
            yield draw(_FIRST_SEED + seed), {}
        # A probe stands in for other functions with some that make more of the answer's steps show.
        if probe is not None and seed % _PROBED == 0:
            yield probe(_FIRST_SEED + seed)


def measured(
    name: str, right: Sequence[Variant], paper: Paper, reference: Reference
) -> tuple[list[Spread], Nearest | None]:
    """Measure the room that the tolerance leaves round one function.

    Parameters
    ----------
    name : str
        The graded function.
    right : sequence of Variant
        Its right answers.
    paper : Paper
    reference : Reference
        With its modules importable.

    Returns
    -------
    spreads : list of Spread
        By output; none where the course names no outputs.
    nearest : Nearest or None
        None where it names no outputs or no known mistakes.
    """
    if name not in reference.outputs or name not in reference.questions:
        return [], None
    answer, outputs = reference.answers[name], reference.outputs[name]
    asked = [reference.questions[name](_FIRST_SEED + seed) for seed in range(_MEASURED)]
    known = {entry.name: entry.wrong for entry in reference.catalogue if entry.function == name}
    spreads = spread(answer, [definition_of(one, paper) for one in right], asked, outputs)
    return list(spreads.values()), nearest(answer, known, asked, outputs) if known else None


def separate(variants: Sequence[Variant], paper: Paper, reference: Reference, seeds: range) -> dict[Variant, str]:
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

    Returns
    -------
    dict of Variant to str
        Where each differs; nothing where it never did.
    """
    function = variants[0].function
    outputs = reference.outputs.get(function, lambda result: {"result": result})
    # The cell's own text and not the module's function: with the same helpers, the last digits agree.
    right = definition_of(Variant(function, "reference", paper.answers[function]), paper)
    asked = list(questions(reference, function, seeds))
    wanted = [_seen(right, question, number) for number, question in enumerate(asked)]
    found = {}
    for variant in variants:
        answer = definition_of(variant, paper)
        with guarded(_SECONDS, _MEMORY_MB):
            unlike = (
                f"seed {seeds.start} + {number}: {how}"
                for number, (question, expected) in enumerate(zip(asked, wanted, strict=True))
                if (how := _unlike(expected, answer, question, number, outputs))
            )
            found[variant] = next(unlike, "")
    return found


def _seen(answer: Answer, question: Question, number: int) -> tuple[Any, tuple[str, ...]]:
    # What was drawn before a call must not decide what it returns.
    np.random.seed(number)
    arguments, functions = question
    with np.errstate(all="ignore"):
        seen = observe(injected(answer, **functions), *arguments)
    return seen.value, seen.changed


def _unlike(
    right: tuple[Any, tuple[str, ...]],
    answer: Answer,
    question: Question,
    number: int,
    outputs: Callable[[Any], dict[str, Any]],
) -> str:
    """Say how an answer differs on a question; nothing where it does not."""
    wanted, changed = right
    try:
        value, touched = _seen(answer, question, number)
        got = outputs(value)
    except CandidateError:
        return "it does not end"
    except Exception as error:  # noqa: BLE001 - a wrong answer may fail in any way
        return type(error).__name__
    if touched != changed:
        return f"it changed {', '.join(touched) or 'nothing'}"
    for output, expected in outputs(wanted).items():
        if output not in got or not deviation(got[output], expected) <= _ROUNDING:
            return f"{output} differs"
    return ""
