"""An answer cell that never ends, and swallows interruptions, costs nothing but itself."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_notebook
from toy_course import code

from autograder.api import Grader

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
