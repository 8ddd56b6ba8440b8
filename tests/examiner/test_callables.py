"""A name that is a plain function in the source is called, whatever an answer has made of it."""

from __future__ import annotations

import nbformat
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import Trust

RIGHT = "def shout(text):\n    ### BEGIN SOLUTION\n    return text.upper()\n    ### END SOLUTION"
CACHED = "@functools.lru_cache\ndef once(n):\n    ### BEGIN SOLUTION\n    return n + 1\n    ### END SOLUTION"
HIDDEN = "### BEGIN HIDDEN TESTS\nassert shout('ab') == 'AB'\n### END HIDDEN TESTS"
CELLS = (
    ("given", "imports", "import functools, operator"),
    ("answer", "shout", RIGHT),
    ("test", "test_open", "assert shout('ab') == 'AB'"),
    ("test", "test_hidden", HIDDEN),
    ("answer", "once", CACHED),
    ("test", "test_once", "assert once(1) == once(1) == 2 and once.cache_info().hits == 1"),
)
UPPER = "def shout(text): return text.upper()"
LOWER = UPPER.replace("upper", "lower")
OBJECT = "class Shout:\n    def __call__(self, text): return text.upper()\nshout = Shout()"
ANSWERS = {
    "cached": f"@functools.lru_cache\n{UPPER}",
    "partial": "shout = functools.partial(lambda sign, text: text.upper() + sign, '')",
    "callable object": OBJECT,
    "bound method": OBJECT.replace("__call__", "says").replace("Shout()", "Shout().says"),
    "method of a class": "shout = str.upper",
    "method caller": "shout = operator.methodcaller('upper')",
    "class": "class shout(str):\n    def __new__(cls, text): return str.__new__(cls, text.upper())",
}


@pytest.fixture(scope="module", params=["reference", "none"], name="graded")
def _graded(tmp_path_factory, request):
    root = tmp_path_factory.mktemp("callables")
    for folder in ("source/hw", "reference"):
        (root / folder).mkdir(parents=True)
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", CELLS)
    if request.param == "reference":
        (root / "reference" / "hw.py").write_text(f"import functools\n{RIGHT}\n{CACHED}\n")
    (root / "course.toml").write_text('execution = "full"\n')
    with Grader(root) as grader:

        def graded(answer, name="shout"):
            made = nbformat.read(root / "source" / "hw" / "hw.ipynb", as_version=4)
            (cell,) = (one for one in made.cells if one.metadata["nbgrader"]["grade_id"] == name)
            cell.source = answer
            functions = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw").functions
            (found,) = (one for one in functions if one.name == name)
            return found

        yield graded


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_whatever_can_be_called_is_right_where_it_gives_what_is_right(graded, answer):
    checks = graded(answer).checks
    assert [(check.score, check.trust) for check in checks] == [(1.0, Trust.EXAMINED)] * 2


def test_a_wrong_one_is_told_what_a_plain_function_is(graded):
    cached, plain = graded(f"@functools.lru_cache\n{LOWER}"), graded(LOWER)
    assert (cached.score, cached.diagnosis, cached.checks) == (0.0, plain.diagnosis, plain.checks)


def test_a_value_is_not_called(graded):
    assert graded("shout = 'AB'").score == 0


def test_what_is_an_object_in_the_source_is_asked_as_one(graded):
    assert graded("@functools.lru_cache(None)\ndef once(n): return 1 + n", "once").score == 1
