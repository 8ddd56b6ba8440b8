"""What the instructor's locked cells bind means to a test cell what it means in the notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.course import Paper, load
from autograder.examiner.names import Names

DRAWS = "import numpy as np\nrng = np.random.RandomState(0)\nX = rng.randn(3)\nY = rng.randn(3)"
GLOBAL_DRAWS = "import numpy as np\nA = np.random.randn()\nB = np.random.randn()"
# A fresh interpreter that says what the draws are: the seed of its hashes is chosen before it starts.
TOLD = """
import sys
from pathlib import Path
import numpy as np
from autograder.course import load
from autograder.examiner.names import Names
paper, = load(Path(sys.argv[1])).papers_of("hw")
np.random.seed(0)
scope = Names(paper, {}).for_reference("A + B + X + Y")
print(float(scope["A"]), float(scope["B"]), scope["X"].tolist(), scope["Y"].tolist())
"""


class Silent:
    """A dialogue with a candidate that has none of the names."""

    defined = MappingProxyType({})


def course(root: Path, given: str, *tests: str) -> Path:
    path = root / "source" / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    answer = "### BEGIN SOLUTION\ndef f(x):\n    return x\n### END SOLUTION"
    cells = [("test", f"test_{number}", text) for number, text in enumerate(tests)]
    bridge.write_source(path, [("given", "given", given), ("answer", "f", answer), *cells])
    (root / "course.toml").write_text("")
    return root


def paper_with(root: Path, given: str, *tests: str) -> Paper:
    (paper,) = load(course(root, given, *tests)).papers_of("hw")
    return paper


@pytest.fixture
def both(tmp_path):
    return paper_with(tmp_path, DRAWS, "assert (f(X) != f(Y)).all()")


def in_the_notebook(given: str) -> dict[str, object]:
    space: dict[str, object] = {}
    exec(given, space)  # noqa: S102 - a text of this file
    return space


def test_two_draws_of_one_generator_differ_as_they_do_in_the_notebook(both):
    (function,) = both.functions
    scope = Names(both, {}).for_cell(function.tests[0], function, Silent())
    wanted = in_the_notebook(DRAWS)
    np.testing.assert_array_equal([scope["X"], scope["Y"]], [wanted["X"], wanted["Y"]])


def test_a_reference_is_asked_with_the_draws_of_the_notebook(both):
    scope = Names(both, {}).for_reference("X, Y")
    wanted = in_the_notebook(DRAWS)
    np.testing.assert_array_equal([scope["X"], scope["Y"]], [wanted["X"], wanted["Y"]])


@pytest.mark.slow
def test_draws_do_not_depend_on_the_order_of_a_set(tmp_path):
    root = course(tmp_path, f"{DRAWS}\n{GLOBAL_DRAWS}", "assert f(A + B + X + Y) is not None")
    command = [sys.executable, "-c", TOLD, str(root)]
    told = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    np.random.seed(0)
    wanted = in_the_notebook(f"{DRAWS}\n{GLOBAL_DRAWS}")
    assert told == {f"{wanted['A']} {wanted['B']} {wanted['X'].tolist()} {wanted['Y'].tolist()}\n"}


def test_each_locked_statement_runs_once_for_a_test_cell(tmp_path):
    given = "import itertools\nlines = itertools.count()\nfirst = lines.__next__()\nsecond = lines.__next__()"
    paper = paper_with(tmp_path, given, "assert f(first + second) == 1")
    (function,) = paper.functions
    scope = Names(paper, {}).for_cell(function.tests[0], function, Silent())
    assert (scope["first"], scope["second"], next(scope["lines"])) == (0, 1, 2)


def test_a_locked_statement_may_call_what_the_reference_has(tmp_path):
    paper = paper_with(tmp_path, "wanted = helper(20) + 1", "assert f(wanted) == 41")
    (function,) = paper.functions
    names = Names(paper, {"helper": lambda x: 2 * x})
    assert names.for_cell(function.tests[0], function, Silent())["wanted"] == 41
