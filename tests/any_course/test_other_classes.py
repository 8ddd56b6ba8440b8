"""Answers whose objects are of other classes than the solution's: no plain zeros where they may be right."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import Trust

STACK = """class Stack:
    def __init__(self): self._x = []
    def push(self, v): self._x.append(v)
    def __len__(self): return len(self._x)
    def __iter__(self): return iter(self._x)"""
USED = "s = Stack()\nfor n in range(3): s.push(n)\nassert [x for x in s] == [0, 1, 2] and len(s) == 3"
WEIGHT = """class Weight:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return self.n == other.n
    def __lt__(self, other): return self.n < other.n
    def __add__(self, other): return Weight(self.n + other.n)
    def __len__(self): return self.n
    @classmethod
    def none(cls): return cls(0)"""
WEIGHED = """light, heavy = Weight(1), Weight(2)
assert heavy > light and max(light, heavy).n == 2
assert light != heavy and not light != Weight(1)
assert light and not Weight.none() and len(heavy) == 2
heavy += light
assert heavy.n == 3"""
CELLS = (
    ("given", "imports", "import collections, functools"),
    ("answer", "stack", STACK),
    ("test", "test_stack", USED),
    ("answer", "pairs", "def pairs(d): return list(d.items())"),
    ("test", "test_pairs", "for k, v in pairs({'b': 2}): assert (k, v) == ('b', 2)"),
    ("answer", "point", "def point(): return 1, 2"),
    ("test", "test_point", "### BEGIN HIDDEN TESTS\nassert point() == (1, 2)\n### END HIDDEN TESTS"),
    ("answer", "triple", "def triple(): return 1, 2, 3"),
    ("test", "test_triple", "assert triple() == (1, 2, 3)"),
    ("answer", "adder", "def adder(n): return lambda x: x + n"),
    ("test", "test_adder", "assert adder(2)(3) == 5"),
    ("answer", "weight", WEIGHT),
    ("test", "test_weight", f"### BEGIN HIDDEN TESTS\n{WEIGHED}\n### END HIDDEN TESTS"),
)
DEQUE = STACK.replace("self._x = []", "self._x = collections.deque()")
OWN_ITERATOR = """class Items:
    def __init__(self, x): self._x = list(x)
    def __iter__(self): return self
    def __next__(self):
        if not self._x: raise StopIteration
        return self._x.pop(0)
""" + STACK.replace("return iter(self._x)", "return Items(self._x)")
# Item by item nothing but plain data crosses: there is nothing to doubt.
EXAMINED = {
    "on a deque": ("stack", DEQUE),
    "own iterator": ("stack", OWN_ITERATOR),
    "a view": ("pairs", "def pairs(d): return d.items()"),
    "a deque": ("pairs", "def pairs(d): return collections.deque(d.items())"),
}
# Where the solution gave plain data, what a plain type's subclass holds is all of it.
HELD = {
    "named tuple": ("triple", "def triple(): return collections.namedtuple('T', 'x y z')(1, 2, 3)"),
    "hidden named tuple": ("point", "def point(): return collections.namedtuple('P', 'x y')(1, 2)"),
    "own list": ("pairs", "class Pairs(list): pass\ndef pairs(d): return Pairs(d.items())"),
    "own numbers": ("point", "class N(int): pass\ndef point(): return collections.namedtuple('P', 'x y')(N(1), N(2))"),
    "that says no": ("triple", "class T(tuple):\n    __eq__ = lambda *_: False\ndef triple(): return T((1, 2, 3))"),
}
POINT = "class P:\n    __eq__ = lambda self, other: {} == 1\ndef point(): return P()"
# What is called gives plain data, or objects that are asked no more than the solution's.
CALLED = {
    "partial": ("adder", "def adder(n): return functools.partial(lambda x, y: x + y, n)"),
    "callable object": ("adder", "class A:\n    def __call__(self, x): return x + 2\ndef adder(n): return A()"),
    "method of a list": ("stack", "class Stack(list):\n    push = list.append"),
    "static method": (
        "weight",
        WEIGHT.replace("@classmethod", "@staticmethod").replace("(cls)", "()").replace("cls(", "Weight("),
    ),
}
# Which of several methods Python asks for one judgement is the class's choice.
JUDGED = {
    "all comparisons": f"@functools.total_ordering\n{WEIGHT}",
    "greater": f"{WEIGHT}\n    def __gt__(self, other): return self.n > other.n",
    "not equal": f"{WEIGHT}\n    def __ne__(self, other): return self.n != other.n",
    "truth": f"{WEIGHT}\n    def __bool__(self): return self.n > 0",
    "in place": f"{WEIGHT}\n    def __iadd__(self, other):\n        self.n += other.n\n        return self",
}
DOUBTED = {
    "own equality": (
        "triple",
        "class T:\n    __eq__ = lambda self, other: other == (1, 2, 3)\ndef triple(): return T()",
    ),
}
WRONG = {
    "named tuple": ("triple", "def triple(): return collections.namedtuple('T', 'x y z')(1, 2, 4)"),
    "partial": ("adder", "def adder(n): return functools.partial(lambda x, y: x - y, n)"),
    "function itself": ("adder", "def adder(n): return adder"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("classes")
    (root / "source" / "hw").mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    with Grader(root) as grader:
        yield grader


def graded(course, name, code):
    made = nbformat.read(course.course.root / "source" / "hw" / "hw.ipynb", as_version=4)
    for cell in made.cells:
        if cell.metadata["nbgrader"]["grade_id"] == name:
            cell.source = code
    return course.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw")


def check_of(course, name, code):
    result = graded(course, name, code)
    checks = {check.grade_id: check for one in result.functions for check in one.checks}
    others = [check.score for other, check in checks.items() if other != f"test_{name}"]
    assert others == [1.0] * len(others)
    return checks[f"test_{name}"]


@pytest.mark.parametrize("answer", EXAMINED.values(), ids=EXAMINED)
def test_what_is_only_gone_through_is_examined(course, answer):
    check = check_of(course, *answer)
    assert (check.score, check.trust) == (1.0, Trust.EXAMINED)


@pytest.mark.parametrize("answer", HELD.values(), ids=HELD)
def test_what_holds_plain_data_is_that_where_the_solution_gave_such(course, answer):
    check = check_of(course, *answer)
    assert (check.score, check.trust) == (1.0, Trust.EXAMINED)


@pytest.mark.parametrize("answer", CALLED.values(), ids=CALLED)
def test_what_is_called_is_examined_whatever_it_is(course, answer):
    check = check_of(course, *answer)
    assert (check.score, check.trust) == (1.0, Trust.EXAMINED)


@pytest.mark.parametrize("answer", JUDGED.values(), ids=JUDGED)
def test_a_judgement_left_to_an_object_may_be_asked_by_another_method(course, answer):
    check = check_of(course, "weight", answer)
    assert (check.score, check.trust) == (1.0, Trust.EXAMINED)


def test_a_judgement_that_the_solution_was_not_asked_is_still_a_persons(course):
    check = check_of(
        course,
        "point",
        "class P:\n    __ne__ = lambda *_: False\n    __eq__ = lambda *_: True\ndef point(): return P()",
    )
    assert (check.score, check.undecided) == (None, True)


def test_an_own_tuple_that_says_yes_to_everything_gains_nothing(course):
    yes = "class T(tuple):\n    __eq__ = __getattr__ = lambda *_: True\ndef triple(): return T((1, 2, 4))"
    check = check_of(course, "triple", yes)
    assert (check.score, check.undecided) == (0.0, False)


@pytest.mark.parametrize("answer", DOUBTED.values(), ids=DOUBTED)
def test_an_object_that_holds_among_the_students_code_only_waits_for_a_person(course, answer):
    check = check_of(course, *answer)
    assert (check.score, check.undecided, check.trust) == (None, True, Trust.IN_CANDIDATE)
    assert "A person will look" in check.message


def test_the_instructor_is_told_what_to_decide(course):
    result = graded(course, *DOUBTED["own equality"])
    assert "test_triple of triple holds among the student's own code only, where it may be forged" in result.notices[0]


# Right only where it finds a text of the hidden test among what Python knows of the files of its callers.
READER = """import linecache, sys
class Answer:
    def __init__(self, right): self._right = right
    def __eq__(self, other): return self._right
def point():
    frame, text = sys._getframe(), ""
    while frame:
        text += "".join(linecache.getlines(frame.f_code.co_filename))
        frame = frame.f_back
    return Answer(TEXT in text)"""


@pytest.mark.parametrize("text", ["'== (1, 2' + ')'", "'no such ' + 'text'"])
def test_a_doubt_shows_an_answer_nothing_of_a_hidden_test(course, text):
    check = check_of(course, "point", READER.replace("TEXT", text))
    assert (check.score, check.undecided, check.trust) == (None, True, Trust.EXAMINED)


@pytest.mark.parametrize("value", [1, 3])
def test_a_doubt_about_a_hidden_test_is_a_persons_to_settle(course, value):
    check = check_of(course, "point", POINT.format(value))
    assert (check.score, check.undecided, check.trust) == (None, True, Trust.EXAMINED)
    assert "A person will look" in check.message


def test_the_instructor_is_told_why_a_hidden_test_could_not_decide(course):
    result = graded(course, "point", POINT.format(1))
    assert "test_point of point was given an object of another kind than it was written for" in result.notices[0]


def test_nothing_that_has_a_reference_runs_among_the_students_code(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    (tmp_path / "course.toml").write_text('execution = "full"\n')
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").touch()
    (tmp_path / "reference" / "hw.py").write_text("def point():\n    return 1, 2\n")
    with Grader(tmp_path) as grader:
        check = check_of(grader, "point", POINT.format(1))
        named = check_of(grader, "point", HELD["hidden named tuple"][1])
    assert (check.score, check.trust) == (0.0, Trust.EXAMINED)
    assert (named.score, named.trust) == (1.0, Trust.EXAMINED)


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_an_object_that_does_not_hold_there_either_has_no_marks(course, answer):
    check = check_of(course, *answer)
    assert (check.score, check.trust) == (0.0, Trust.EXAMINED)
