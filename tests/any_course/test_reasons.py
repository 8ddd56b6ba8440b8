"""Why a test cell cannot be examined is said also where the exception has no words of its own."""

from __future__ import annotations

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader

ACCOUNT = "class Account:\n    def pay(self, x):\n        self.x = x\n        return self"
CELLS = (
    ("answer", "account", ACCOUNT),
    ("test", "same", "k = Account()\nassert k.pay(5).x == 5\nassert k.pay(5) is k"),
    ("test", "told", "assert k.pay(5) is k, 'another one'"),
)


def test_the_line_that_does_not_hold_is_named(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    with Grader(tmp_path) as grader:
        (paper,) = grader.course.papers
        reasons = grader.examiner(paper).unexaminable
    assert reasons == {
        "same": "AssertionError in the line `assert k.pay(5) is k`",
        "told": "AssertionError: another one",
    }
