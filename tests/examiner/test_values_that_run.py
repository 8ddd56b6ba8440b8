"""Answers that give iterators and values of the library: they cross, or the instructor is told that they do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import CheckResult, Verdict

pytestmark = pytest.mark.slow

ANSWERS = {
    "pairs": "for i in range(n):\n        yield i, double(i)",
    "squares": "return map(lambda i: i * i, range(n))",
    "evens": "return filter(lambda i: i % 2 == 0, range(n))",
    "span": "return range(1, n)",
    "names": "return {'a': n, 'b': n}.keys()",
    "third": "return Fraction(n, 3)",
    "price": "return Decimal(n) / 4",
    "window": "return deque(range(n), 3)",
    "day": "return date(2024, 1, n)",
    "letters": "return Counter('a' * n)",
    "ordered": "return OrderedDict(a=n)",
    "naturals": "while True:\n        yield n\n        n += 1",
    "double": "return 2 * n",
}
IMPORTS = """from collections import Counter, OrderedDict, deque, namedtuple
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice
"""
TESTS = {
    "double": "assert double(2) == 4",
    "pairs": "assert list(pairs(3)) == [(0, 0), (1, 2), (2, 4)]\nassert sorted(pairs(1)) == [(0, 0)]",
    "squares": "assert [i for i in squares(3)] == [0, 1, 4]",
    "evens": "assert sum(evens(5)) == 6\nassert next(evens(1)) == 0",
    "span": "assert span(4) == range(1, 4) and list(span(3)) == [1, 2]",
    "names": "assert names(1) == {'a', 'b'} and sorted(names(1)) == ['a', 'b']",
    "third": "assert third(2) == Fraction(2, 3) and third(2).denominator == 3",
    "price": "assert price(1) == Decimal('0.25')",
    "window": "assert window(5) == deque([2, 3, 4]) and window(5).maxlen == 3",
    "day": "assert day(2) == date(2024, 1, 2) and day(2).year == 2024",
    "letters": "assert letters(3)['a'] == 3 and letters(3)['b'] == 0",
    "ordered": "assert list(ordered(1).items()) == [('a', 1)]",
    "naturals": "assert list(islice(naturals(1), 3)) == [1, 2, 3]",
}
UNFIT = {
    "point": ("Point = namedtuple('Point', 'x y')\n", "return Point(n, n)", "assert point(1).x == 1"),
    "box": ("class Box:\n    size = 1\n\n\n", "return Box()", "assert box(1).size == 1"),
    "in_place": ("", "n.sort()", "mine = [2, 1]\nin_place(mine)\nassert mine == [1, 2]"),
}


def function(name: str, body: str) -> str:
    return f"def {name}(n):\n    {body}\n"


class Course:
    """A course with one graded function for each kind of value."""

    def __init__(self, root, execution: str) -> None:
        self.root = root
        (root / "source" / "hw").mkdir(parents=True)
        (root / "reference").mkdir()
        (root / "reference" / "__init__.py").touch()
        reference = [before + _marked(name, body) for name, (before, body, _) in UNFIT.items()]
        reference += [_marked(name, body) for name, body in ANSWERS.items()]
        (root / "reference" / "hw.py").write_text(IMPORTS + "\n\n" + "\n\n".join(reference))
        (root / "course.toml").write_text(f'execution = "{execution}"\n')
        self.write(root / "source" / "hw" / "hw.ipynb", {})

    def write(self, path, answers: dict[str, str]) -> None:
        cells = [("given", "imports", IMPORTS)]
        for name, test in TESTS.items():
            cells += [
                ("answer", name, function(name, answers.get(name, ANSWERS[name]))),
                ("test", f"test {name}", test),
            ]
        for name, (before, body, test) in UNFIT.items():
            text = before + function(name, answers.get(name, body))
            cells += [("answer", name, text), ("test", f"test {name}", test)]
        bridge.write_source(path, cells)


def _marked(name: str, body: str) -> str:
    return f"def {name}(n):\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION\n"


Grade = Callable[..., dict[str, CheckResult]]


@pytest.fixture(scope="module", name="grades")
def _grades(tmp_path_factory):
    found: dict[str, Grade] = {}
    graders = []
    for execution in ("definitions", "full"):
        course = Course(tmp_path_factory.mktemp("running"), execution)
        grader = Grader(course.root).__enter__()
        graders.append(grader)

        def grade(course=course, grader=grader, **answers: str) -> dict[str, CheckResult]:
            course.write(course.root / "mine.ipynb", answers)
            result = grader.score(course.root / "mine.ipynb", "hw")
            return {check.grade_id.removeprefix("test "): check for one in result.functions for check in one.checks}

        found[execution] = grade
    yield found
    for grader in graders:
        grader.__exit__(None, None, None)


@pytest.mark.parametrize("execution", ["definitions", "full"])
def test_right_answers_pass_however_their_values_run(grades, execution) -> None:
    checks = grades[execution]()
    assert {name: checks[name].message for name in TESTS} == dict.fromkeys(TESTS, "")


def test_a_test_that_cannot_hold_for_any_answer_is_the_instructors_to_mend(grades) -> None:
    checks = grades["definitions"]()
    assert {name: checks[name].score for name in UNFIT} == dict.fromkeys(UNFIT)


def test_the_instructor_is_told_what_does_not_cross(grades) -> None:
    assert "box gives a Box" in grades["definitions"]()["box"].message


@pytest.mark.parametrize("execution", ["definitions", "full"])
def test_a_generator_of_wrong_values_fails(grades, execution) -> None:
    assert grades[execution](pairs="yield 0, 0")["pairs"].verdict is Verdict.FAILED


def test_a_generator_without_an_end_ends_the_test_that_wants_all_of_it(grades) -> None:
    assert grades["definitions"](pairs="while True:\n        yield 0")["pairs"].verdict is Verdict.TIMEOUT


def test_a_generator_that_raises_has_raised_in_its_call(grades) -> None:
    check = grades["definitions"](pairs="yield 0, 0\n    raise KeyError(n)")["pairs"]
    assert (check.verdict, "KeyError" in check.message) == (Verdict.ERROR, True)
