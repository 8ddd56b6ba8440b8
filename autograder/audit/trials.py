"""Running variants in this process, where the reference is at hand to compare them with.

Variants are trusted: the instructor's own code, with a change of ours.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType
from typing import Any

from autograder.audit.spread import Nearest, Spread, nearest, spread
from autograder.audit.variants import Variant
from autograder.checks.calls import same
from autograder.course import Paper
from autograder.examiner import Reference
from autograder.statements import Source, Statement, free_names, needed

Answer = Callable[..., Any]
Question = tuple[tuple[Any, ...], Mapping[str, Callable[..., Any]]]

# Of so many questions, one with other functions stood in.
_PROBED = 4
# Questions for measuring tolerances; their worst case settles after a few dozen.
_MEASURED = 25
# Questions of the audit are none that hidden tests or the diagnosis ask.
_FIRST_SEED = 2_000_000


def definition_of(variant: Variant, paper: Paper, *, silent: bool = False) -> Answer:
    """Run a variant's cell, with those of the course's own statements that it needs.

    Parameters
    ----------
    variant : Variant
    paper : Paper
    silent : bool
        Whether what it prints is not even written: where results alone are compared, to write an array takes longer
        than most answers.

    Raises
    ------
    Exception
        Whatever the cell raises.
    """
    others = tuple(text for name, text in paper.answers.items() if name != variant.function)
    space: dict[str, Any] = {"__name__": "__main__"}
    if silent:
        space["__builtins__"] = vars(builtins) | {"print": _unprinted}
    for code in _behind((*paper.given, *others), frozenset(free_names(variant.source))):
        exec(code, space)  # noqa: S102 - trusted
    exec(compile(variant.source, f"<variant of {variant.function}>", "exec"), space)  # noqa: S102 - trusted
    answer: Answer = space[variant.function]
    return answer


def _unprinted(*_: object, **__: object) -> None:
    """Stand in for `print`."""


@functools.lru_cache(maxsize=256)
def _behind(cells: tuple[str, ...], names: frozenset[str]) -> tuple[CodeType, ...]:
    """Compile the statements of the course that names depend on; hundreds of variants need the same few."""
    wanted = needed(_statements(cells), sorted(names))
    return tuple(compile(ast.Module([statement.node], []), statement.file, "exec") for statement in wanted)


@functools.lru_cache(maxsize=32)
def _statements(cells: tuple[str, ...]) -> list[Statement]:
    own = Source()
    for number, text in enumerate(cells, 1):
        own.add(text, f"<course cell {number}>")
    return own.statements


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
        drawn = draw and draw(_FIRST_SEED + seed)
        if drawn is not None:
            yield drawn, {}
        # A probe stands in for other functions with some that make more of the answer's steps show; one that stands in
        # for none may ask what has just been asked.
        if probe is not None and seed % _PROBED == 0:
            arguments, functions = probe(_FIRST_SEED + seed)
            if functions or not same(arguments, drawn):
                yield arguments, functions


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
    spreads = spread(answer, [definition_of(one, paper, silent=True) for one in right], asked, outputs)
    return list(spreads.values()), nearest(answer, known, asked, outputs) if known else None
