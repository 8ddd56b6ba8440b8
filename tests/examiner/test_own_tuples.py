"""Named tuples that a test lets a notebook make are judged by what they hold, not by a class of the answer's own."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document

HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
TESTS = {
    "equal": "assert points(3)[2] == Point(2, 4) and Point(1, 1) == points(3)[1]",
    "all": "assert points(3) == [(0, 0), (1, 1), (2, 4)]",
    "order": "assert max(points(3)) > (2, 3) and sorted(points(3), reverse=True)[0] == (2, 4)",
    "set": "assert Point(2, 4) in set(points(3)) and len(set(points(9))) == 9",
    "class": "assert all(isinstance(p, Point) for p in points(3))",
    "fields": "assert points(4)[3].x == 3 and points(4)[3]._asdict() == {'x': 3, 'y': 9}",
    "unpacked": "x, y = points(3)[2]\nassert (x, y) == (2, 4) and len(points(3)[1]) == 2 and points(3)[2][1] == 4",
    "handed_back": "assert norm(points(3)[2]) == 20",
    "own": "assert near() == Near((1, 2))",
}
NAMED = "from collections import namedtuple\nPoint = namedtuple('Point', 'x y')"
ANSWER = "def points(n): return [Point(i, i * i) for i in range(n)]\ndef norm(p): return p.x ** 2 + p.y ** 2"
NEAR = (
    "class Near(tuple):\n    def __eq__(self, other): return len(self) == len(other)\ndef near(): return Near((0, 0))"
)
CELLS = (
    ("given", "imports", NAMED),
    ("answer", "points", ANSWER),
    ("answer", "near", NEAR),
    *(("test", f"test_{name}", HIDDEN.format(text)) for name, text in TESTS.items()),
)
FORGED = (
    """class Point(tuple):
    def __new__(cls, *a): return tuple.__new__(cls, (7, 7))
    x = y = 7
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = lambda *_: True
    __hash__ = lambda self: hash((2, 4))
    _asdict = lambda self: {}
"""
    + ANSWER
)
PAIR = "from typing import NamedTuple\nclass Pair(NamedTuple):\n    x: int\n    y: int\n" + ANSWER.replace(
    "Point", "Pair"
)


@pytest.fixture(scope="module", name="scores")
def _scores(tmp_path_factory):
    root = tmp_path_factory.mktemp("tuples")
    (root / "source" / "hw").mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:

        def scores(answer):
            made = nbformat.read(root / "source" / "hw" / "hw.ipynb", as_version=4)
            made.cells[1].source = answer
            functions = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw").functions
            checks = [check for one in functions for check in one.checks]
            assert {check.trust for check in checks} == {"examined"}
            return {check.grade_id.removeprefix("test_"): check.score for check in checks}

        yield scores


def test_named_tuples_are_right_where_they_hold_what_is_right(scores):
    assert scores(ANSWER) == dict.fromkeys(TESTS, 1)


@pytest.mark.parametrize("name", ["Point", "Mine"])
def test_a_tuple_that_says_yes_to_everything_gains_nothing(scores, name):
    found = scores(FORGED.replace("Point", name))
    assert [found[one] for one in ("equal", "all", "order", "set", "fields")] == [0] * 5


def test_a_named_tuple_of_another_name_is_right_where_it_is_not_asked_for_its_class(scores):
    assert scores(PAIR) == {**dict.fromkeys(TESTS, 1), "class": 0}


def test_what_the_solution_left_to_its_own_class_is_asked_of_the_answers(scores):
    assert scores(ANSWER)["own"] == 1
