"""What a candidate is told of a notebook: given cells, the student's own, and the part in which each function ends."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from autograder.course import Paper
from autograder.notebook import CodeCell, Notebook
from autograder.statements import statements_of
from autograder.wire import Cell, Load


def load_of(paper: Paper, notebook: Notebook, asked: Iterable[str]) -> Load:
    """Give what a candidate is to define.

    Parameters
    ----------
    paper : Paper
    notebook : Notebook
    asked : iterable of str
        The names that test cells ask of it.
    """
    tested = {test.grade_id: function.name for function in paper.functions for test in function.tests}
    given = [Cell(source, given=True) for source in paper.given]
    # What a student wrote into a locked cell counts where the instructor's own text does not say otherwise.
    edited = [Cell(cell.source, given=False) for cell in notebook.cells if cell.edited]
    parted = _parted(notebook, tested)
    mine = [(cell, part) for cell, part in parted if cell.grade_id not in paper.given_ids]
    own = [Cell(cell.source, given=False, part=part) for cell, part in mine if not cell.edited]
    folder = str(paper.folder.resolve())
    return Load(edited + given + own, list(asked), folder, paper.limits.seconds_to_define, _ends(parted, tested))


def draws_with_python(paper: Paper) -> bool:
    """Tell whether a cell of the source imports Python's own ``random``, which a test that seeds it does.

    Parameters
    ----------
    paper : Paper

    Returns
    -------
    bool
    """
    # Most cells need no more than a look.
    likely = (cell.source for cell in paper.cells if "random" in cell.source and "import" in cell.source)
    statements = (statement for source in likely for statement in statements_of(source, ""))
    return any(_imports_random(node) for statement in statements for node in ast.walk(statement.node))


def _imports_random(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(one.name == "random" for one in node.names)
    return isinstance(node, ast.ImportFrom) and node.module == "random" and not node.level


def _parted(notebook: Notebook, tested: Mapping[str, str]) -> list[tuple[CodeCell, int]]:
    """Give cells with the part of the notebook that they stand in: a test begins one, or each cell without any."""
    begins = [int(cell.grade_id in tested) for cell in notebook.cells]
    return list(zip(notebook.cells, accumulate(begins if any(begins) else [1] * len(begins)), strict=True))


def _ends(parted: Sequence[tuple[CodeCell, int]], tested: Mapping[str, str]) -> dict[str, int]:
    """Give by function the part above its last test."""
    return {tested[cell.grade_id]: part - 1 for cell, part in parted if cell.grade_id in tested}
