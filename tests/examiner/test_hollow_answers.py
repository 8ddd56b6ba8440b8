"""Nothing, and missing values, which pandas passes over, are nobody's way through a test that compares."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.examiner.cells import HOLLOW
from autograder.notebook import parse_document

DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
ODD = "def odd(items):\n    ### BEGIN SOLUTION\n    return [n for n in items if n % 2]\n    ### END SOLUTION"
SHIFTED = "return pd.Series(range(n), dtype='Int64').shift(1)"
AFTER = f"def after(n):\n    ### BEGIN SOLUTION\n    {SHIFTED}\n    ### END SOLUTION"
TESTS = {
    "all": "assert (double(np.arange(3)) == [0, 2, 4]).all()",
    "near": "given = double(np.arange(3))\nassert given.shape == (3,) and np.all(np.abs(given - [0, 2, 4]) < 1e-9)",
    "sum": "assert np.sum(np.abs(double(np.arange(3)) - np.array([0, 2, 4]))) < 1e-9",
    "close": "assert np.allclose(double(np.arange(3)), [0, 2, 4])",
    "each": "for given, right in zip(double(np.arange(3)), [0, 2, 4]):\n    assert given == right",
    "among": "assert ''.join(map(str, double(np.arange(3)))) in '024'",
    "beyond": "assert not np.any(np.abs(double(np.arange(3)) - np.array([0, 2, 4])) > 1e-9)",
    "largest": "assert np.max(np.abs(double(np.arange(3)) - np.array([0, 2, 4]))) < 1e-9",
}
CELLS = (
    ("given", "imports", "import numpy as np\nimport pandas as pd"),
    ("answer", "double", DOUBLE),
    *(("test", name, f"### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS") for name, test in TESTS.items()),
    ("answer", "odd", ODD),
    ("test", "odds", "assert odd([1, 2]) == [1] and not odd([2, 4])"),
    ("answer", "after", AFTER),
    ("test", "shifted", "assert (after(3) == [9, 0, 1]).all() and after(3).isna().sum() == 1"),
)
WAITING = {
    "pd.array([pd.NA] * len(x), dtype='Int64')": {"all", "near", "sum"},
    "pd.Series([pd.NA] * len(x), dtype='Int64')": {"all", "near", "sum"},
    "pd.Series([np.nan] * len(x))": {"sum"},
    "pd.Series([0.0, np.nan, np.nan])": {"sum", "largest"},
    "np.zeros((0, 1, 1))": {"all", "sum", "close", "each", "among"},
    "np.zeros((0, 3), dtype=object)": {"all", "sum", "each", "among"},
    "np.full(3, np.nan)": {"beyond"},
    "np.nan": {"beyond"},
    "[np.nan] * 3": {"beyond"},
    "[]": {"each", "among"},
    "iter([])": {"each", "among"},
    "''": {"each", "among"},
}


@pytest.fixture(scope="module", params=["definitions", "reference", "none"], name="grade")
def _grade(tmp_path_factory, request):
    root = tmp_path_factory.mktemp("missing")
    for folder in ("source/hw", "reference"):
        (root / folder).mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    if request.param != "none":
        (root / "reference" / "hw.py").write_text(f"import pandas as pd\n\n\n{DOUBLE}\n\n\n{AFTER}\n\n\n{ODD}\n")
    execution = "definitions" if request.param == "definitions" else "full"
    (root / "course.toml").write_text(f'execution = "{execution}"\n')
    with Grader(root) as grader:

        def grade(answer, name="double"):
            made = nbformat.read(root / "source" / "hw" / "hw.ipynb", as_version=4)
            (cell,) = (one for one in made.cells if one.metadata["nbgrader"]["grade_id"] == name)
            cell.source = answer
            return grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw")

        yield grade


def _checks(result):
    return {check.grade_id: check for function in result.functions for check in function.checks}


@pytest.mark.parametrize("gives", ["2 * x", "pd.Series(2 * x)", "pd.array(2 * x, dtype='Int64')"])
def test_right_answers_have_their_marks(grade, gives):
    assert grade(f"def double(x):\n    return {gives}").score == len(TESTS) + 2


@pytest.mark.parametrize("gives", WAITING)
def test_an_answer_of_nothing_calls_a_person_and_earns_nothing(grade, gives):
    result = grade(f"def double(x):\n    return {gives}")
    checks = _checks(result)
    assert {name for name in TESTS if checks[name].score is None} >= WAITING[gives]
    assert {checks[name].message for name in WAITING[gives]} == {HOLLOW}
    assert result.score == 2
    assert any(
        notice.endswith("may have compared nothing: it has no score until you decide.") for notice in result.notices
    )


def test_where_the_right_answer_gives_nothing_any_may(grade):
    assert _checks(grade("def odd(items):\n    return list(filter(lambda n: n % 2, items))", "odd"))["odds"].score == 1


def test_where_the_right_answer_lacks_entries_any_may(grade):
    answer = "def after(n):\n    return pd.Series([pd.NA, *range(n - 1)], dtype='Int64')"
    assert _checks(grade(answer, "after"))["shifted"].score == 1
