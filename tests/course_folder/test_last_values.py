"""A test cell is not to be worth what an answer says: told where it would be by mistake, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.course import load
from autograder.errors import CourseError

CHECKS = "### BEGIN HIDDEN TESTS\nfrom autograder import checks\n{}\n### END HIDDEN TESTS"
MISTAKES = {
    "untouched": CHECKS.format("checks.untouched(double, 2)"),
    "number": CHECKS.format("checks.scalar(double(2))"),
    "by its own name": "from autograder.checks import untouched\nuntouched(double, 2)",
}
ON_PURPOSE = {
    "given a name": CHECKS.format("got = checks.untouched(double, 2)"),
    "checked": CHECKS.format("checks.close(checks.untouched(double, 2), 4)"),
    "in a loop": CHECKS.format("for x in (1, 2):\n    checks.untouched(double, x)"),
    "hushed": "from autograder import checks\nchecks.untouched(double, 2);",
    "counted": "score = 0.5 * (double(2) == 4)\nscore",
    "a count": "sum([double(2) == 4, double(3) == 6]) / 2",
    "a function of their own": "def untouched(x): return 0.5\nuntouched(double(2))",
    "magic": "%precision 3\ndouble(2)",
}
CALLED = "assert double(2) == 4\ndouble(2)"


def course(root: Path, test: str, execution: str) -> Path:
    (root / "source" / "hw").mkdir(parents=True)
    cells = [("answer", "double", "def double(x):\n    return 2 * x"), ("test", "test_double", test)]
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    (root / "course.toml").write_text(f'execution = "{execution}"\n')
    return root


@pytest.mark.parametrize("execution", ["definitions", "full"])
@pytest.mark.parametrize("test", MISTAKES.values(), ids=MISTAKES)
def test_a_cell_that_ends_with_the_value_of_an_answer_is_refused(tmp_path, test, execution):
    with pytest.raises(CourseError, match=r"the test cell 'test_double' ends with the value of `.*double.*`, which"):
        load(course(tmp_path, test, execution))


@pytest.mark.parametrize("execution", ["definitions", "full"])
@pytest.mark.parametrize("test", ON_PURPOSE.values(), ids=ON_PURPOSE)
def test_a_cell_that_gives_points_on_purpose_is_not(tmp_path, test, execution):
    assert load(course(tmp_path, test, execution)).papers


def test_a_bare_call_of_a_graded_function_is_refused_where_definitions_are_run(tmp_path):
    with pytest.raises(CourseError, match="ends with the value of `double"):
        load(course(tmp_path, CALLED, "definitions"))


def test_a_bare_call_in_a_course_that_was_written_for_nbgrader_is_its_own_affair(tmp_path):
    assert load(course(tmp_path, CALLED, "full")).papers


def test_the_checks_may_be_imported_in_another_cell(tmp_path):
    root = course(tmp_path, "checks.untouched(double, 2)", "full")
    cells = [("given", "imports", "from autograder import checks"), ("answer", "double", "def double(x): return 2 * x")]
    path = root / "source" / "hw" / "hw.ipynb"
    bridge.write_source(path, [*cells, ("test", "test_double", "checks.untouched(double, 2)")])
    with pytest.raises(CourseError, match=r"ends with the value of `checks\.untouched"):
        load(root)


def test_a_long_call_is_told_in_short(tmp_path):
    long = CHECKS.format(f"checks.untouched(double, {list(range(100))})")
    with pytest.raises(CourseError, match=r"double, \[0, 1, 2.*…`"):
        load(course(tmp_path, long, "full"))
