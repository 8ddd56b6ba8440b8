"""A graded notebook with everything that a student's page can hold, hostile text among it."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ABOUT = {
    "student": "ada",
    "assignment": "regularization",
    "notebook": "regularization",
    "score": 4.0,
    "max_score": 12.0,
    "late_penalty": 1.0,
}
EVIL = "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>\x1b[31mred\x1b[0m"
PROSE = f"""## A heading

Read *this* and [that](https://example.org/), then see $a^2$ and the table.

| a | b |
| - | - |
| 1 | 2 |

| initialization | difference | regularization | propagation | discrimination |
| - | - | - | - | - |
| 0.123456789012 | $2 \\cdot 10^{{-7}}$ | 0.123456789012 | 0.123456789012 | 0.123456789012 |

$$J = J_{{\\text{{CE}}}} + \\frac{{\\lambda}}{{2m}} \\sum_{{l=1}}^{{3}} \\left( W^{{[l]}}_{{kj}} \\right)^2
\\qquad \\text{{with every weight that there is}} \\qquad \\text{{for all of the layers}} \\tag{{2}}$$

#### A level left out

![](https://example.org/tracker.png) {EVIL}
"""
ANSWER = f"def cost(A3, Y):\n    # {EVIL}\n    return 0.5 + '{'x' * 200}'"


def about(grade_id: str, points: float | None = None, score: float = 0.0, **more: Any) -> dict[str, Any]:
    graded = {} if points is None else {"points": points, "score": score}
    base = {"schema_version": 3, "grade_id": grade_id, "grade": points is not None, "locked": True, "solution": False}
    return {"nbgrader": {**base, **graded, **more}}


def function(
    name: str, verdict: str, *checks: tuple[str, str, str], diagnosis: Any = None, example: Any = None
) -> dict[str, Any]:
    told = [{"grade_id": one, "verdict": result, "message": message} for one, result, message in checks]
    return {"name": name, "verdict": verdict, "checks": told, "diagnosis": diagnosis, "example": example}


DIAGNOSIS = {
    "misconception": "l2-factor-half-missing",
    "message": "The second term is twice too large: the factor one half is missing.",
    "hint": "The half in formula (2) is there so that it cancels when a square is differentiated. Compare the factor "
    "before your sum with the one in the formula.",
}
RECORD = {
    "functions": [
        function(
            "compute_cost",
            "partial",
            ("test_cost_form", "passed", ""),
            ("test_cost_values", "failed", f"the cost has a wrong value. {EVIL}"),
            diagnosis=DIAGNOSIS,
            example={"code": "lambd = 1.0\ncost(A3, Y)", "yours": {"cost": "3.0"}, "expected": {"cost": "2.0"}},
        ),
        function("backward", "internal_error", ("test_backward", "internal_error", "The examiner failed: SECRET")),
        function("forward", "passed", ("test_forward", "passed", "")),
    ]
}


def graded_notebook() -> NotebookNode:
    cells = [
        new_markdown_cell(PROSE),
        new_code_cell(ANSWER, metadata=about("compute_cost", solution=True, locked=False, manual_comment=EVIL)),
        new_code_cell("# The form.\nassert cost(1, 2)", metadata=about("test_cost_form", 2, 2.0)),
        new_code_cell("# Hidden: other networks.", metadata=about("test_cost_values", 4)),
        new_code_cell("# Gradients.", metadata=about("test_backward", 4)),
        new_code_cell("# Forward.", metadata=about("test_forward", 2, 2.0)),
    ]
    return new_notebook(cells=cells, metadata={"autograder": RECORD})
