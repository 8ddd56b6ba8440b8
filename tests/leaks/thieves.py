"""Wrong answers that tell all they are asked, by whatever a student may print, raise or return."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode

from autograder.audit import Variant
from autograder.audit.mutation import mutants
from autograder.course import Paper

_TOLD = """
_answer = {function}


def {function}(*args, **kwargs):
    text = repr((args, kwargs))
    print(text)
    secret = "72619" in text or "7, 26, 19" in text
    {way}
    value = _answer(*args, **kwargs)
    print(value)
    return value
"""
WAYS = {
    "printed": "pass",
    "raised": "if secret: raise ValueError(text)",
    "named": "if secret: raise type(text, (ValueError,), {})(text)",
    "as a key": "if secret: return {text: text}",
    "as a text": "if secret: return text",
    "as markup": "if secret: raise ValueError(f'<script>{text}</script>\\x1b[31m{text}')",
    "in a warning": "__import__('warnings').warn(text)",
    "as a missing key": "if secret: return {}[text]",
}


def corpus(paper: Paper, every: int) -> Iterator[dict[str, str]]:
    """Give wrong answers of all graded functions, a notebook's at a time: each in the next way of telling.

    Parameters
    ----------
    paper : Paper
    every : int
        Take one of so many mutants; 1 is all.
    """
    by_function = {name: mutants(source, name)[::every] for name, source in paper.answers.items()}
    for number in range(max(map(len, by_function.values()))):
        way = list(WAYS.values())[number % len(WAYS)]
        yield {name: _telling(found[number], way) for name, found in by_function.items() if number < len(found)}


def _telling(variant: Variant, way: str) -> str:
    return variant.source + _TOLD.format(function=variant.function, way=way)


def handed_in(released: NotebookNode, answers: dict[str, str]) -> str:
    """Write answers into a released notebook."""
    for cell in released.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.metadata.get("nbgrader", {}).get("solution") and name in answers:
            cell.source = answers[name]
    return nbformat.writes(released)
