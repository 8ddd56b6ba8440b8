"""What a submission makes of a name counts for the answers whose tests stand below it, and not for those above."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document

CELLS = (
    ("given", "helpers", "def helper(x):\n    return 2 * x"),
    ("answer", "f", "### BEGIN SOLUTION\ndef f(x):\n    return helper(x)\n### END SOLUTION"),
    ("test", "test_f", "assert f(1) == 2"),
    ("answer", "g", "### BEGIN SOLUTION\ndef g(x):\n    return helper(x) + 1\n### END SOLUTION"),
    ("test", "test_g", "assert g(1) == 3"),
)
WORSE = "def helper(x):\n    return 7"
MODES = ("definitions", "full")


@pytest.fixture(scope="module")
def graders(tmp_path_factory):
    graders = {}
    for mode in MODES:
        root = tmp_path_factory.mktemp(mode)
        path = root / "source" / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        bridge.write_source(path, CELLS)
        (root / "course.toml").write_text(f'execution = "{mode}"\n')
        graders[mode] = Grader(root).open()
    yield graders
    for grader in graders.values():
        grader.__exit__(None, None, None)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("at", "scores"),
    [
        pytest.param(5, {"test_f": 1, "test_g": 1}, id="below all tests"),
        pytest.param(3, {"test_f": 1, "test_g": 0}, id="between the tests"),
        pytest.param(2, {"test_f": 0, "test_g": 0}, id="above the first test"),
    ],
)
def test_another_helper_counts_from_where_it_stands(graders, mode, at, scores):
    grader = graders[mode]
    notebook = nbformat.read(grader.course.root / "source" / "hw" / "hw.ipynb", as_version=4)
    notebook.cells.insert(at, new_code_cell(WORSE))
    result = grader.grade(parse_document(nbformat.writes(notebook).encode()), "x", "hw", "hw")
    assert {check.grade_id: check.score for check in result.checks} == scores


@pytest.mark.parametrize("mode", MODES)
def test_a_number_by_the_name_of_a_helper_below_its_test_costs_nothing(graders, mode):
    grader = graders[mode]
    notebook = nbformat.read(grader.course.root / "source" / "hw" / "hw.ipynb", as_version=4)
    notebook.cells.append(new_code_cell("helper = helper(4)"))
    result = grader.grade(parse_document(nbformat.writes(notebook).encode()), "x", "hw", "hw")
    assert {check.score for check in result.checks} == {1}
