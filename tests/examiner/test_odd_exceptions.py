"""An exception that cannot say what it is ends its own statement, and nothing else of the notebook."""

from __future__ import annotations

import nbformat
import pytest
from toy_course import answers, code, make_course

from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import Verdict

RAISING = {
    "no text": "class Odd(Exception):\n    def __str__(self):\n        return 3\n",
    "a failing text": "class Odd(TypeError):\n    def __str__(self):\n        return self.code\n",
    "a lone surrogate": "class Odd(Exception):\n    def __str__(self):\n        return '\\ud800'\n",
    "an exit": "import sys\nclass Odd(Exception):\n    def __str__(self):\n        sys.exit()\n",
}
TABLE = "def table_of():\n    raise Odd\n\n\n{} = table_of()\n"
DOUBLE = "def double(x):\n    return table if x is None else 2 * x"


@pytest.fixture(scope="module", params=["definitions", "full"], name="grade")
def _grade(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("odd")
    make_course(root)
    with (root / "course.toml").open("r+") as settings:
        settings.write(f'execution = "{request.param}"\n' + (root / "course.toml").read_text())
    with Grader(root) as grader:

        def grade(*cells):
            notebook = nbformat.v4.new_notebook(cells=[code(cell) for cell in cells])
            result = grader.grade(parse_document(nbformat.writes(notebook).encode()), "s.ipynb", "s", "toy")
            return {function.name: function for function in result.functions}

        yield grade


@pytest.mark.parametrize("kind", RAISING)
def test_right_answers_keep_their_marks(grade, kind):
    functions = grade(RAISING[kind], TABLE.format("table"), answers(double=DOUBLE))
    assert {function.verdict for function in functions.values()} == {Verdict.PASSED}


@pytest.mark.parametrize("kind", RAISING)
def test_the_name_of_the_exception_is_told(grade, kind):
    functions = grade(RAISING[kind], TABLE.format("double"), answers(double=""))
    assert "Its definition failed: Odd" in functions["double"].checks[0].message
