"""An answer cannot make a test compare nothing: neither by an end that it raises, nor by items that come and go."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import Verdict

SQUARES = "def squares(n):\n    ### BEGIN SOLUTION\n    return [k * k for k in range(n)]\n    ### END SOLUTION"
UNTIL = (
    "def until(number, items):\n    ### BEGIN SOLUTION\n    if number not in items:\n        raise StopIteration\n"
    "    return items.index(number)\n    ### END SOLUTION"
)
COUNTED = "given = squares(3)\nassert len(given) == 3\nassert all(one == right for one, right in zip(given, [0, 1, 4]))"
TWICE = (
    "given = squares(3)\nassert sum(given) == 5\nassert all(one < 5 for one in given) and list(reversed(given))[0] == 4"
)
CELLS = (
    ("answer", "squares", SQUARES),
    ("test", "counted", f"### BEGIN HIDDEN TESTS\n{COUNTED}\n### END HIDDEN TESTS"),
    ("test", "twice", TWICE),
    ("test", "mapped", "for one, right in zip(map(squares, [2, 3]), [[0, 1], [0, 1, 4]]):\n    assert one == right"),
    ("answer", "until", UNTIL),
    ("test", "raises", "try:\n    until(4, [5])\nexcept StopIteration:\n    pass\nelse:\n    assert False"),
)
SIZED = """class Some:
    def __init__(self, items):
        self.items, self.looks = items, 0

    def __len__(self):
        return {size}

    def __iter__(self):
        self.looks += 1
        return iter({items})

    def __reversed__(self):
        return iter({backwards})


def squares(n):
    return Some([k * k for k in range(n)])
"""
HONEST = SIZED.format(size="len(self.items)", items="self.items", backwards="self.items[::-1]")


@pytest.fixture(scope="module", params=["definitions", "reference", "none"], name="checks")
def _checks(tmp_path_factory, request):
    root = tmp_path_factory.mktemp("vacuous")
    for folder in ("source/hw", "reference"):
        (root / folder).mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    if request.param != "none":
        (root / "reference" / "hw.py").write_text(f"{SQUARES}\n\n\n{UNTIL}\n")
    (root / "course.toml").write_text('execution = "definitions"\n' if request.param == "definitions" else "")
    if request.param == "reference":
        (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:

        def checks(answer, name="squares"):
            made = nbformat.read(root / "source" / "hw" / "hw.ipynb", as_version=4)
            (cell,) = (one for one in made.cells if one.metadata["nbgrader"]["grade_id"] == name)
            cell.source = answer
            functions = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw").functions
            return {check.grade_id: check for one in functions for check in one.checks}

        checks.whole = request.param != "definitions"
        yield checks


def test_a_right_answer_gets_its_marks(checks):
    assert {check.verdict for check in checks(SQUARES).values()} == {Verdict.PASSED}


def test_what_raises_an_end_ends_no_loop_of_a_test(checks):
    mapped = checks("def squares(n):\n    raise StopIteration")["mapped"]
    assert (mapped.score, mapped.verdict) == (0.0, Verdict.ERROR)
    assert mapped.message == "The call raised StopIteration: in the line `raise StopIteration`."


def test_a_test_that_speaks_of_an_end_gets_it(checks):
    answer = "def until(number, items):\n    return {n: i for i, n in enumerate(items)}[number]"
    assert checks(answer, "until")["raises"].score == 0
    answer = "def until(number, items):\n    return next(i for i, n in enumerate(items) if n == number)"
    assert checks(answer, "until")["raises"].score == 1


@pytest.mark.parametrize(
    ("size", "items", "backwards"),
    [
        ("3", "[]", "[4, 1, 0]"),
        ("3", "[5][: self.looks % 2]", "[4]"),
        ("3", "[5] if self.looks == 1 else []", "[4]"),
    ],
)
def test_items_are_the_same_at_each_look_and_as_many_as_are_told(checks, size, items, backwards):
    given = checks(SIZED.format(size=size, items=items, backwards=backwards))
    assert not given["counted"].score
    assert not given["twice"].score


def test_honest_items_are_right(checks):
    if checks.whole:
        given = checks(HONEST)
        assert (given["counted"].score, given["twice"].score) == (1.0, 1.0)
