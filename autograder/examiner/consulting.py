"""Which test cells ask the reference themselves, as ``reference.f(x)``; their text tells.

They can run nowhere but in the examiner: a candidate never has the reference.
"""

from __future__ import annotations

import ast

from autograder.course import Paper
from autograder.statements import needed, statements_of

_PACKAGE = "reference"


def consulting(paper: Paper) -> frozenset[str]:
    """Find the test cells that import the reference, or that need what imports it.

    Parameters
    ----------
    paper : Paper

    Returns
    -------
    frozenset of str
        Grade ids.
    """
    cells = [(cell, statements_of(cell.source)) for cell in paper.cells if cell.kind != "student"]
    every = [statement for _, statements in cells for statement in statements]
    found = set()
    for cell, statements in cells:
        uses = frozenset().union(*(statement.uses for statement in statements))
        nodes = [node for s in (*statements, *needed(every, uses)) for node in ast.walk(s.node)]
        if cell.kind == "test" and any(map(_imports_it, nodes)):
            found.add(cell.grade_id)
    return frozenset(found)


def _imports_it(node: ast.AST) -> bool:
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom) and not node.level:
        modules.append(node.module or "")
    return any(module.split(".")[0] == _PACKAGE for module in modules)
