"""Of what only a kernel can do, the instructor is told the line of course.toml that has the assignment run in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader

STEP = "def f(w):\n    ### BEGIN SOLUTION\n    w -= 0.5\n    ### END SOLUTION"
STEPPED = "w = np.ones(3)\nf(w)\nassert w[0] == 0.5"
BOUND = "def f(w):\n    ### BEGIN SOLUTION\n    return lambda x: w * x\n    ### END SOLUTION"
LINE = 'write execution = "full" under [assignments.hw] in course.toml'


def messages(root: Path, answer: str, test: str, *, name: str = "hw", settings: str = "") -> list[str]:
    """Grade the source's own solution; give what is said of its test cells."""
    (root / "source" / name).mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / f"{name}.py").write_text(f"import numpy as np\n\n\n{answer}\n")
    (root / "course.toml").write_text(settings)
    path = root / "source" / name / f"{name}.ipynb"
    bridge.write_source(path, (("given", "i", "import numpy as np"), ("answer", "f", answer), ("test", "t", test)))
    with Grader(root) as grader:
        return [check.message for check in grader.score(path, name).checks]


def test_that_arguments_are_copies_is_told_where_the_reference_changes_one(tmp_path):
    (told,) = messages(tmp_path, STEP, STEPPED)
    assert "f changes argument 1 in place, and is given copies of its arguments" in told
    assert LINE in told


def test_however_much_the_test_says_the_line_is_told(tmp_path):
    name = "a_homework_on_" + "steps_" * 10
    (told,) = messages(tmp_path, STEP, "w = np.ones(3)\nf(w)\nassert w[0] == 0.5, 'long ' * 200", name=name)
    assert f"under [assignments.{name}] in course.toml" in told


def test_that_no_function_comes_back_is_told_with_what_to_do(tmp_path):
    (told,) = messages(tmp_path, BOUND, "assert f(2)(3) == 6")
    assert "f gives a function" in told
    assert LINE in told


def test_an_array_with_fields_that_is_given_is_told_with_what_to_do(tmp_path):
    answer = "def f(w):\n    return np.zeros(w, dtype=[('name', 'U3'), ('age', int)])"
    (told,) = messages(tmp_path, answer, "assert f(2)['age'][0] == 0")
    assert LINE in told


def test_a_name_that_toml_takes_in_quotes_only_is_in_quotes(tmp_path):
    (told,) = messages(tmp_path, STEP, STEPPED, name="week 1")
    assert 'under [assignments."week 1"] in course.toml' in told


@pytest.mark.parametrize(("answer", "test"), [(STEP, STEPPED), (BOUND, "assert f(2)(3) == 6")])
def test_with_that_line_the_solution_passes(tmp_path, answer, test):
    assert messages(tmp_path, answer, test, settings='[assignments.hw]\nexecution = "full"\n') == [""]


def test_a_test_that_is_wrong_for_another_reason_has_no_such_line(tmp_path):
    (told,) = messages(tmp_path, "def f(w):\n    return w + 1", "assert f(1) == 3")
    assert "course.toml" not in told
