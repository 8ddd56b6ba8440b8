"""Tests that nbgrader writes itself, in the place of AUTOTEST comments."""

from __future__ import annotations

import gc
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import nbgrader_bridge as bridge
from autograder.adoption import adopt, find_notebooks
from autograder.api import Grader
from autograder.api.gradebook import grade_assignments, results_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("autotest")]

SOURCE = (
    ("answer", "area", "def area(a, b):\n    ### BEGIN SOLUTION\n    return a * b\n    ### END SOLUTION"),
    ("test", "plain", "### AUTOTEST area(2, 3); area(1, 0)"),
    ("test", "mixed", "assert area(1, 1) == 1\n# ### HASHED AUTOTEST area(4, 5)"),
)
TEMPLATES = """
python3:
  setup: "import hashlib"
  dispatch: "type({{snippet}}).__name__"
  normalize: "repr({{snippet}})"
  hash: 'hashlib.sha256(("{{salt}}" + {{snippet}}).encode()).hexdigest()'
  check: 'assert {{snippet}} == "{{value}}", "{{message}}"'
  templates:
    default:
      - test: "{{snippet}}"
        fail: "{{snippet}} has another value"
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("areas") / "course"
    bridge.make_plain_course(root)
    (root / "source" / "areas").mkdir()
    bridge.write_source(root / "source" / "areas" / "areas.ipynb", SOURCE)
    (root / "autotests.yml").write_text(TEMPLATES, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def generated(course):
    root = shutil.copytree(course, course.parent / "generated")
    bridge.generate_plain(root, "areas")
    gc.collect()
    return root


def scored(course, answer):
    path = course / "answer.ipynb"
    cell = new_code_cell(answer, metadata={"nbgrader": {"grade_id": "area", "solution": True, "grade": False}})
    nbformat.write(new_notebook(cells=[cell]), path)
    with Grader(course) as grader:
        result = grader.score(path, "areas")
    return {check.grade_id: check for function in result.functions for check in function.checks}


@pytest.mark.parametrize("answer", ["def area(a, b):\n    return a * b", "pass"])
def test_a_test_that_is_still_to_be_written_gives_no_score(course, answer):
    checks = scored(course, answer)
    assert [checks[name].score for name in ("plain", "mixed")] == [None, None]
    assert "AUTOTEST" in checks["plain"].message


@pytest.mark.parametrize(("answer", "score"), [("a * b", 1.0), ("a + b", 0.0)])
def test_tests_that_nbgrader_has_written_count(generated, answer, score):
    checks = scored(generated, f"def area(a, b):\n    return {answer}")
    assert {name: check.score for name, check in checks.items()} == {"plain": score, "mixed": score}
    assert {check.trust for check in checks.values()} == {"examined"}


@pytest.fixture(scope="module")
def graded(course):
    """Grade a right answer and a wrong one into the gradebook."""
    root = shutil.copytree(course, course.parent / "handed over")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("from autograder.nbgrader_bridge import configure\nconfigure(c)\n")
    bridge.generate(root, "areas")
    gc.collect()
    for student, answer in (("ada", "a * b"), ("bob", "a + b")):
        notebook = nbformat.read(root / "release" / "areas" / "areas.ipynb", as_version=4)
        notebook.cells[0].source = f"def area(a, b):\n    return {answer}"
        path = root / "submitted" / student / "areas" / "areas.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    grade_assignments(root, ["areas"])
    return root


def test_tests_that_nbgrader_has_written_count_in_the_gradebook(graded):
    rows = {row.student: (row.points, row.needs_manual_grade) for row in bridge.standing(graded, "areas")}
    assert rows == {"ada": (2.0, False), "bob": (0.0, False)}


def test_nobody_has_changed_a_cell_that_nbgrader_has_written(graded):
    assert [outcome.results["areas"].notices for _, outcome in results_of(graded, "areas")] == [(), ()]


def test_tests_written_for_another_source_do_not_count(generated, tmp_path):
    changed = shutil.copytree(generated, tmp_path / "changed")
    bridge.write_source(
        changed / "source" / "areas" / "areas.ipynb", [*SOURCE, ("test", "new", "assert area(0, 0) == 0")]
    )
    assert scored(changed, "def area(a, b):\n    return a * b")["plain"].score is None


@pytest.mark.slow
def test_a_course_with_such_tests_is_adopted_with_equal_marks(course):
    adopted = adopt(*find_notebooks(course))
    assert (adopted.stock.score, adopted.ours.score, adopted.equal) == (2.0, 2.0, True)
    gc.collect()
