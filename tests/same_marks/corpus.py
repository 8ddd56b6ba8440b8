"""Notebooks that hold right and wrong answers to every graded function, one variant of each in a notebook."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from pathlib import Path

from numpy_words import WORDS, answers

from autograder.audit.mutation import mutants
from autograder.course import Paper, load

ROOT = Path(__file__).parents[2]
# A right answer, and those in words of other NumPys, of each function.
_WORDS = 1 + max(map(len, WORDS.values()))


def write(folder: Path) -> list[Path]:
    """Write the corpus; of functions with fewer variants than others, the reference's answer fills the rest.

    Functions are judged each by itself, so what the others in a notebook are is nothing to them; see
    ``tests/course/test_independence.py``.

    Returns
    -------
    list of Path
        The notebooks, in the order of their names.
    """
    return [
        write_notebook(folder / f"{paper.assignment}-{number:03}.ipynb", cells)
        for paper in load(ROOT).papers
        for number, cells in enumerate(_notebooks(paper))
    ]


def sample(paths: list[Path], every: int) -> list[Path]:
    """Choose the notebooks with right answers and words of other NumPys, and some of those with mutants."""
    return [path for path in paths if (number := int(path.stem[-3:])) < _WORDS or number % every == 0]


def write_notebook(path: Path, cells: Iterable[str]) -> Path:
    """Write cells of code as a notebook; nbformat would look at each of the hundreds twice."""
    written = [
        {"cell_type": "code", "execution_count": None, "id": f"c{n}", "metadata": {}, "outputs": [], "source": cell}
        for n, cell in enumerate(cells)
    ]
    path.write_text(json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def _notebooks(paper: Paper) -> Iterable[list[str]]:
    columns = [_variants(function.name, paper.answers[function.name]) for function in paper.functions]
    rights = [paper.answers[function.name] for function in paper.functions]
    for row in itertools.zip_longest(*columns):
        yield ["import math\nimport numpy as np", *(source or right for source, right in zip(row, rights, strict=True))]


def _variants(function: str, right: str) -> list[str]:
    return [right, *answers(function, right).values(), *(mutant.source for mutant in mutants(right, function))]
