"""An answer that calls itself goes as deep as Python lets it, also under the name of a function of ``math``."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader

ANSWERS = {
    "factorial": "def factorial(n):\n    return 1 if n == 0 else n * factorial(n - 1)",
    "power": "class Powers:\n    def pow(self, x, n):\n        return 1 if n == 0 else x * self.pow(x, n - 1)\n\n\n"
    "def power(x, n):\n    return Powers().pow(x, n)",
    "root": "import math\nimport numpy as np\n\n\ndef root(x):\n"
    "    return math.sqrt(np.array([x])) + float(np.ones(1))",
}
TESTS = {
    "factorial": "import math\nassert factorial(900) == math.factorial(900)",
    "power": "assert power(2, 900) == 2 ** 900",
    "root": "assert root(9) == 4.0",
}


@pytest.fixture(scope="module", params=["definitions", "full"], name="scores")
def _scores(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("deep")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "course.toml").write_text(f'execution = "{request.param}"\n')
    cells = [
        cell
        for name, answer in ANSWERS.items()
        for cell in (("answer", name, answer), ("test", f"test_{name}", TESTS[name]))
    ]
    path = root / "source" / "hw" / "hw.ipynb"
    bridge.write_source(path, cells)
    with Grader(root) as grader:
        return {function.name: function.score for function in grader.score(path, "hw").functions}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_right_answer_has_its_marks(scores, name):
    assert scores[name] == 1
