"""Where whole notebooks are run, a test cell captures what an answer prints, as in a kernel."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import Trust

RIGHT = "def greet(name):\n    print('Hello, ' + name)"
CAPTURES = (
    "import contextlib, io\nkept = io.StringIO()\nwith contextlib.redirect_stdout(kept):\n    greet('Ada')\n"
    "assert kept.getvalue() == 'Hello, Ada\\n'"
)
SOURCE = RIGHT.replace("    print", "    ### BEGIN SOLUTION\n    print") + "\n    ### END SOLUTION\n"


@pytest.fixture(scope="module", name="score")
def _score(tmp_path_factory):
    root = tmp_path_factory.mktemp("printed")
    cells = (("answer", "greet", SOURCE), ("test", "captures", CAPTURES))
    (root / "source" / "hw").mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:

        def score(answer):
            bridge.write_source(root / "answer.ipynb", (("answer", "greet", answer), *cells[1:]))
            (check,) = grader.score(root / "answer.ipynb", "hw").checks
            return check.score, check.trust

        yield score


@pytest.mark.parametrize(("answer", "points"), [(RIGHT, 1), (RIGHT.replace("Hello", "Bye"), 0)], ids=["right", "wrong"])
def test_an_answer_is_judged_by_what_it_prints(score, answer, points):
    assert score(answer) == (points, Trust.EXAMINED)
