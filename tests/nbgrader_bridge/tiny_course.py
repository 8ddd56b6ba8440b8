"""The tiny course of these tests, and results for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.results import CheckResult, FunctionResult, Isolation, NotebookResult, Verdict

CONFIG = """
from pathlib import Path

from autograder.nbgrader_bridge import configure

c = get_config()
configure(c)
c.CourseDirectory.course_id = "tiny"
c.Exchange.root = str(Path(__file__).parent / "exchange")
c.Exchange.cache = str(Path(__file__).parent / "cache")
"""
ANSWER = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
HIDDEN = "### BEGIN HIDDEN TESTS\nassert double(21) == 42\n### END HIDDEN TESTS"


def metadata(grade_id: str, points: float | None = None, *, solution: bool = False) -> dict[str, Any]:
    about = {"schema_version": 3, "grade_id": grade_id, "grade": points is not None, "solution": solution}
    about["locked"] = not solution
    return {"nbgrader": about | ({} if points is None else {"points": points})}


def source_notebook() -> NotebookNode:
    cells = [
        new_code_cell("import math", metadata=metadata("given_imports")),
        new_code_cell(ANSWER, metadata=metadata("double", solution=True)),
        new_code_cell("assert double(1) == 2", metadata=metadata("test_visible", 2)),
        new_code_cell("# Other numbers.\n" + HIDDEN, metadata=metadata("test_hidden", 3)),
    ]
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec})


def check(grade_id: str, score: float | None, max_score: float, verdict: str, message: str = "") -> CheckResult:
    return CheckResult(grade_id, score, max_score, Verdict(verdict), message)


def result(*checks: CheckResult) -> NotebookResult:
    function = FunctionResult("double", Verdict.PARTIAL, 0.0, 5.0, checks)
    return NotebookResult("hw", "hw", 0.0, 5.0, False, 0.0, Isolation("none", ()), (function,))  # noqa: FBT003


ALL_PASSED = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", 3.0, 3.0, "passed"))


def make_course(root: Path) -> None:
    (root / "source" / "hw").mkdir(parents=True)
    (root / "exchange").mkdir()
    (root / "exchange").chmod(0o777)
    nbformat.write(source_notebook(), root / "source" / "hw" / "hw.ipynb")
    (root / "nbgrader_config.py").write_text(CONFIG)
