"""A tiny course, made anew for every test: nbgrader, its database and its exchange are real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course
from autograder.results import CheckResult, FunctionResult, Isolation, NotebookResult, Verdict
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

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


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "course"
    (root / "source" / "hw").mkdir(parents=True)
    (root / "exchange").mkdir()
    (root / "exchange").chmod(0o777)
    nbformat.write(source_notebook(), root / "source" / "hw" / "hw.ipynb")
    (root / "nbgrader_config.py").write_text(
        "from pathlib import Path\nfrom autograder.nbgrader_bridge import configure\nc = get_config()\nconfigure(c)\n"
        "c.CourseDirectory.course_id = 'tiny'\nc.Exchange.root = str(Path(__file__).parent / 'exchange')\n"
        "c.Exchange.cache = str(Path(__file__).parent / 'cache')\n"
    )
    yield root


@pytest.fixture
def generated(course: Path) -> Path:
    bridge.generate(course, "hw")
    return course


@pytest.fixture
def hand_in(generated: Path) -> Callable[..., Path]:
    """Put a submission where `collect` would; `change` edits the released notebook first."""

    def put(student: str, change: Callable[[NotebookNode], None] = lambda _: None) -> Path:
        notebook = nbformat.read(generated / "release" / "hw" / "hw.ipynb", as_version=4)
        change(notebook)
        path = generated / "submitted" / student / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
        return path

    return put


@pytest.fixture
def grades(generated: Path) -> Callable[[str], dict[str, tuple[float | None, bool]]]:
    """Read grade_id -> (auto_score, needs_manual_grade) of a student from the gradebook."""

    def read(student: str) -> dict[str, tuple[float | None, bool]]:
        with open_course(generated, "hw") as opened, opened.gradebook() as gradebook:
            (notebook,) = gradebook.find_submission("hw", student).notebooks
            return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}

    return read


@pytest.fixture
def autograded(generated: Path) -> Callable[[str], dict[str, NotebookNode]]:
    """Read grade_id -> cell of a student's autograded notebook."""

    def read(student: str) -> dict[str, NotebookNode]:
        notebook = nbformat.read(generated / "autograded" / student / "hw" / "hw.ipynb", as_version=4)
        return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}

    return read
