"""Which test cells ask for nothing of the answer cell above them: each stands for itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from autograder.notebook import definitions_of

if TYPE_CHECKING:
    from autograder.course.paper import Function, Paper, SourceCell

_ASSIGNED = re.compile(r"^(?![ \t])([\w \t,*()\[\]]+?)(?::[^=\n]+)?=(?!=)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_COMMENT = re.compile(r"#.*")


def by_names(paper: Paper) -> Paper:
    """Give a paper whose test cells are of the answer above them only where they use its names.

    Any other, which uses names of earlier answers, and what follows it up to the next answer, becomes a function of its
    own: so the order stays.

    Parameters
    ----------
    paper : Paper
    """
    strays = _strays(paper.cells)
    names = {function.name for function in paper.functions}
    functions: list[Function] = []
    for function in paper.functions:
        split = next((n for n, test in enumerate(function.tests) if test.grade_id in strays), len(function.tests))
        alone = [replace(function, name=test.grade_id, tests=(test,)) for test in function.tests[split:]]
        if not alone or any(one.name in names for one in alone):
            functions.append(function)
        else:
            functions += [*([replace(function, tests=function.tests[:split])] if split else []), *alone]
    return replace(paper, functions=tuple(functions))


@dataclass(slots=True)
class _Walk:
    """The names of the last answer, and of those before it."""

    current: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()


def _strays(cells: Sequence[SourceCell]) -> set[str]:
    walk = _Walk()
    found: set[str] = set()
    for cell in cells:
        if cell.kind == "student" and cell.grade_id:
            walk.current, walk.earlier = _bound(cell.source), walk.earlier | walk.current
        elif cell.kind == "test":
            words = frozenset(_WORD.findall(_COMMENT.sub("", cell.source)))
            # An answer that binds nothing is known by what it writes or draws.
            if walk.current and words & walk.earlier and not words & walk.current:
                found.add(cell.grade_id)
            elif walk.current:
                walk.current |= _bound(cell.source)
    return found


def _bound(text: str) -> frozenset[str]:
    """Give the names that a cell defines or assigns at its margin."""
    assigned = (name for names in _ASSIGNED.findall(text) for name in _WORD.findall(names))
    return frozenset(definitions_of(text)).union(assigned)
