"""An answer cell that never ends, and swallows interruptions, costs nothing but itself."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_notebook
from toy_course import code

from autograder.api import Grader
from autograder.nbgrader_bridge import write_source
from autograder.results import Trust, Verdict

NAMES = ("one", "two")
DEAF = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except:\n        pass"


def write(path, also=""):
    """Write a notebook of two functions, the first cell with something below the function."""
    cells = []
    for name in NAMES:
        answer = f"def {name}():\n    return {NAMES.index(name)}\n{also}"
        cells.append(code(answer, grade=False, solution=True, locked=False, grade_id=name))
        marks = {"grade": True, "solution": False, "locked": True, "points": 1}
        cells.append(code(f"assert {name}() == {NAMES.index(name)}", grade_id=f"test_{name}", **marks))
        also = ""
    path.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_what_was_bound_above_it_and_below_it_counts(tmp_path):
    write(tmp_path / "source" / "hw" / "hw.ipynb")
    (tmp_path / "course.toml").write_text('execution = "full"\n[limits]\nseconds_per_cell = 2\n')
    with Grader(tmp_path) as grader:
        result = grader.score(write(tmp_path / "handed" / "hw.ipynb", DEAF), "hw")
    assert (result.score, result.max_score) == (2, 2)


ENDLESS = "def same(x):\n    while True:\n        pass"
GREEDY = "def same(x):\n    held = []\n    while True:\n        held.append(bytearray(10**7))"


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        (ENDLESS, Verdict.TIMEOUT, "The answer did not come back in time. Is there a loop that never ends?"),
        (GREEDY, Verdict.MEMORY, "The answer asked for more memory than it may have."),
    ],
    ids=["time", "memory"],
)
def test_a_test_among_the_answers_says_what_it_has_run_out_of(tmp_path, answer, verdict, message):
    test = "### BEGIN HIDDEN TESTS\none = object()\nassert same(one) is one\n### END HIDDEN TESTS"
    cells = [("answer", "same", "def same(x): return x"), ("test", "test_same", test)]
    (tmp_path / "source" / "hw").mkdir(parents=True)
    (tmp_path / "handed").mkdir()
    write_source(tmp_path / "source" / "hw" / "hw.ipynb", cells)
    write_source(tmp_path / "handed" / "hw.ipynb", [("answer", "same", answer), cells[1]])
    (tmp_path / "course.toml").write_text('execution = "full"\n[limits]\nseconds_per_cell = 2\nmemory_mb = 512\n')
    with Grader(tmp_path) as grader:
        (check,) = grader.score(tmp_path / "handed" / "hw.ipynb", "hw").functions[0].checks
    assert (check.score, check.verdict, check.message, check.trust) == (0, verdict, message, Trust.IN_CANDIDATE)
