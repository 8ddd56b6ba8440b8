"""Running variants in this process, where the reference is at hand to compare them with.

Variants are trusted: the instructor's own code, with a change of ours.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.audit.spread import deviation
from autograder.audit.variants import Variant
from autograder.checks import observe
from autograder.course import Paper
from autograder.examiner import Reference, guarded
from autograder.statements import Source, free_names, needed

Answer = Callable[..., Any]
Arguments = tuple[Any, ...]

# Random questions that a mutant must answer like the reference before it is called equivalent.
QUESTIONS = 2000
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


def questions(reference: Reference, function: str, count: int = QUESTIONS) -> Iterator[Arguments]:
    """Give the edge cases of a function, then random questions."""
    yield from reference.edges.get(function, list)()
    draw = reference.questions.get(function)
    if draw is not None:
        for seed in range(_FIRST_SEED, _FIRST_SEED + count):
            yield draw(seed)


def separate(variants: Sequence[Variant], paper: Paper, reference: Reference) -> dict[Variant, str]:
    """Look for a question on which variants of one function do not do what the reference does.

    Parameters
    ----------
    variants : sequence of Variant
        All of one function.
    paper : Paper
    reference : Reference
        With its modules importable.

    Returns
    -------
    dict of Variant to str
        Where each differs; nothing where it never did.
    """
    function = variants[0].function
    outputs = reference.outputs.get(function, lambda result: {"result": result})
    # The cell's own text and not the module's function: with the same helpers, the last digits agree.
    right = definition_of(Variant(function, "reference", paper.answers[function]), paper)
    answers = {variant: definition_of(variant, paper) for variant in variants}
    found = dict.fromkeys(answers, "")
    for number, question in enumerate(questions(reference, function)):
        wanted = _seen(right, question, number)
        for variant, answer in answers.items():
            if not found[variant]:
                found[variant] = _unlike(wanted, answer, question, number, outputs)
        if all(found.values()):
            break
    return found


def _seen(answer: Answer, question: Arguments, number: int) -> tuple[Any, tuple[str, ...]]:
    # What was drawn before a call must not decide what it returns.
    np.random.seed(number)
    with guarded(_SECONDS, _MEMORY_MB), np.errstate(all="ignore"):
        seen = observe(answer, *question)
    return seen.value, seen.changed


def _unlike(
    right: tuple[Any, tuple[str, ...]],
    answer: Answer,
    question: Arguments,
    number: int,
    outputs: Callable[[Any], dict[str, Any]],
) -> str:
    """Say how an answer differs on a question; nothing where it does not."""
    wanted, changed = right
    try:
        value, touched = _seen(answer, question, number)
        got = outputs(value)
    except Exception as error:  # noqa: BLE001 - a wrong answer may fail in any way
        return f"question {number}: {type(error).__name__}"
    if touched != changed:
        return f"question {number}: changed {', '.join(touched) or 'nothing'}"
    for output, expected in outputs(wanted).items():
        if output not in got or not deviation(got[output], expected) <= _ROUNDING:
            return f"question {number}: {output} differs"
    return ""
