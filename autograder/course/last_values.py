"""Test cells whose last value is an answer's own, where it would count as their score.

To nbgrader, a number that the last expression of a test cell gives is partial credit. Tests that count points mean it;
who checks a call and throws its value away does not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from autograder.course.paper import Paper, TestCell

# Those of `autograder.checks` that give a value of the answer's back, which may be a number.
_HANDING_ON = frozenset({"scalar", "untouched"})
_OURS = re.compile(r"^\s*(?:from|import)\s+autograder\b", re.MULTILINE)
_MOST_SAID = 60


def last_value_faults(paper: Paper) -> list[str]:
    """Say which test cells of a paper would be worth what an answer says.

    A call of a graded function itself is one only where the paper was written for this: in other people's courses it
    may show a value that nobody takes for points.

    Parameters
    ----------
    paper : Paper
    """
    graded = paper.answers.keys() if paper.execution != "full" else ()
    checks = _HANDING_ON if any(_OURS.search(cell.source) for cell in paper.cells) else ()
    tests = (test for function in paper.functions for test in function.tests)
    return [
        f"source/{paper.assignment}/{paper.name}.ipynb: the test cell {test.grade_id!r} ends with the value of "
        f"`{told}`, which the answer chooses: a number there would be the points of the cell. Give it a name, and "
        "check it."
        for test in tests
        if (told := _handed_on(test, graded, checks))
    ]


def _handed_on(test: TestCell, graded: Collection[str], checks: Collection[str]) -> str:
    """Give the last expression of a test cell where its value is the answer's; empty where it is none."""
    if test.source.rstrip().endswith(";"):
        return ""
    try:
        body = ast.parse(test.source).body
    except (SyntaxError, ValueError):
        # With magics it may be sound; what else it is, others tell.
        return ""
    call = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if not isinstance(call, ast.Call):
        return ""
    theirs = isinstance(call.func, ast.Name) and call.func.id in graded
    text = ast.unparse(call) if theirs or _name(call.func) in checks else ""
    return text if len(text) <= _MOST_SAID else f"{text[: _MOST_SAID - 1]}…"


def _name(function: ast.expr) -> str:
    """Give the last name of what is called."""
    return getattr(function, "attr", getattr(function, "id", ""))
