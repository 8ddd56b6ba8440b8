"""A small course of its own, and answers to it."""

from __future__ import annotations

from pathlib import Path

import nbformat

from autograder.results import FunctionResult, NotebookResult

REFERENCE = '''
"""Reference of the toy assignment."""

import numpy as np


def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


def fourfold(x):
    ### BEGIN SOLUTION
    return double(double(x))
    ### END SOLUTION


def noise(n):
    ### BEGIN SOLUTION
    return np.random.randn(n)
    ### END SOLUTION
'''
GIVEN = "import numpy as np\nfrom toy_helpers import half\n\nSCALE = 3\n\n\ndef given(x):\n    return half(x) * SCALE\n"
HIDDEN = "# Other inputs.\n### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
CHECKS = "from autograder import checks\nfrom reference import toy as reference\n"
TESTS = {
    "double": {
        "shown": (1, "np.testing.assert_allclose(double(np.array([2.0])), [4.0], err_msg='twice the input is wanted')"),
        "values": (
            2,
            HIDDEN.format(CHECKS + "x = np.array([1.5, -7.25])\nchecks.close(double(x), reference.double(x))"),
        ),
        "untouched": (1, HIDDEN.format(CHECKS + "doubled = checks.untouched(double, np.ones(3))")),
    },
    "fourfold": {
        "values": (2, HIDDEN.format(CHECKS + "checks.close(fourfold(1.5), 6.0)")),
        "asks": (
            2,
            HIDDEN.format(
                CHECKS
                + "probe = checks.counted(lambda x: x + 10)\n"
                + "checks.close(checks.injected(fourfold, double=probe)(1.0), 21.0)\n"
                + "checks.require(len(probe.calls) == 2, 'fourfold never called double')"
            ),
        ),
    },
    "noise": {
        "seeded": (
            1,
            "np.random.seed(4)\na = noise(3)\nnp.random.seed(4)\nnp.testing.assert_array_equal(a, np.random.randn(3))",
        ),
        "given": (1, "assert given(4) == 6"),
    },
}


def answers(**functions: str) -> str:
    """Give a right answer with some functions replaced."""
    right = {
        "double": "def double(x):\n    return x + x",
        "fourfold": "def fourfold(x):\n    return double(double(x))",
        "noise": "def noise(n):\n    return np.random.randn(n)",
    }
    return "\n\n\n".join({**right, **functions}.values())


def code(source: str, **nbgrader: object) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(source)
    if nbgrader:
        cell.metadata["nbgrader"] = {"schema_version": 3, **nbgrader}
    return cell


def make_course(root: Path) -> None:
    """Write the course folder."""
    (root / "source" / "toy").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").write_text("")
    (root / "reference" / "toy.py").write_text(REFERENCE)
    (root / "source" / "toy" / "toy_helpers.py").write_text("def half(x):\n    return x / 2\n")
    (root / "course.toml").write_text(
        "[limits]\nseconds_per_call = 1\nseconds_per_cell = 3\nseconds_to_define = 3\nmemory_mb = 600\n"
    )
    cells = [code(GIVEN, grade=False, solution=False, locked=True, grade_id="given")]
    for function, tests in TESTS.items():
        stub = f"def {function}(x):\n    pass"
        cells.append(code(stub, grade=False, solution=True, locked=False, grade_id=function))
        for name, (points, source) in tests.items():
            marks = {"grade": True, "solution": False, "locked": True, "points": points}
            cells.append(code(source, grade_id=f"test_{function}_{name}", **marks))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "source" / "toy" / "toy.ipynb")


def by_name(result: NotebookResult) -> dict[str, FunctionResult]:
    return {function.name: function for function in result.functions}
