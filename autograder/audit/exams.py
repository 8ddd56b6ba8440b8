"""Notebooks that hold a variant of every graded function, so that few submissions try many variants.

Functions are judged independently of each other, so what stands beside a variant makes no difference to it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.audit.variants import Variant
from autograder.notebook import CodeCell, Notebook


@dataclass(frozen=True, slots=True)
class Exam:
    """One notebook to be graded.

    Parameters
    ----------
    notebook : Notebook
    sits : dict of str to Variant
        By graded function, the variant in its place; the others are missing.
    """

    notebook: Notebook
    sits: dict[str, Variant]


def exams(variants: Iterable[Variant]) -> list[Exam]:
    """Deal variants out to notebooks, one of each function to each notebook.

    Parameters
    ----------
    variants : iterable of Variant

    Returns
    -------
    list of Exam
        As many as the function with the most variants needs.
    """
    by_function: dict[str, list[Variant]] = {}
    for variant in variants:
        by_function.setdefault(variant.function, []).append(variant)
    rows = itertools.zip_longest(*by_function.values())
    return [_exam([variant for variant in row if variant is not None]) for row in rows]


def _exam(row: Sequence[Variant]) -> Exam:
    return Exam(Notebook(tuple(CodeCell(one.source, {}) for one in row)), {one.function: one for one in row})
