"""Where a whole notebook is run, a list that an answer holds on to is the test's own, as in a kernel."""

from __future__ import annotations

import pytest

from autograder.api import Grader
from autograder.nbgrader_bridge import write_source

COPIES = """class Basket:
    def __init__(self, items=()): self._items = list(items)
    def add(self, x): self._items.append(x)
    def items(self): return list(self._items)
    def __len__(self): return len(self._items)
def evens(a): return [x for x in a if x % 2 == 0]
def grouped(a, out=None):
    out = {} if out is None else out
    for x in a: out.setdefault(x % 2, []).append(x)
    return out
def scaled(a): return a * 2
def given(): return [1]"""
SHARES = """class Basket:
    def __init__(self, items=()): self._items = items
    def add(self, x): self._items.append(x)
    def items(self): return self._items
    def __len__(self): return len(self._items)
def evens(a):
    for x in a[::-1]:
        if x % 2: a.remove(x)
    return a
def grouped(a, out={}):
    for x in a: out.setdefault(x % 2, []).append(x)
    return out
KEPT = np.zeros(2)
def scaled(a):
    KEPT[:] = 2 * a
    return KEPT
ONE = [1]
def given(): return ONE"""
TESTS = {
    "changed by a method": "mine = [1]\nb = Basket(mine)\nb.add(3)\nassert mine == [1]",
    "changed by the test": "mine = [1]\nb = Basket(mine)\nmine.append(3)\nassert len(b) == 1",
    "given away": "b = Basket([1])\ngot = b.items()\ngot.append(5)\nassert b.items() == [1]",
    "given away and back": "mine = [1]\nb = Basket(mine)\nb.items().append(5)\nassert mine == [1]",
    "an argument returned": "a = [2, 4]\nevens(a).append(6)\nassert a == [2, 4]",
    "a default of all calls": "first = grouped([1])\nsecond = grouped([3])\nassert first == {1: [1]}",
    "an array of all calls": "first = scaled(np.ones(2))\nsecond = scaled(np.zeros(2))\nassert first[0] == 2",
    "the same again": "first = given()\nsecond = given()\nfirst.append(2)\nassert second == [1]",
}
UNSEEN = "mine = [1, 2]\nb = Basket(mine)\nassert b.items() == [1, 2] and len(b) == 2\nassert evens([2]) == [2]"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("common")
    tests = [("test", name, f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS") for name, text in TESTS.items()]

    def write(path, answer):
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [
            ("given", "imports", "import numpy as np"),
            ("answer", "it", answer),
            *tests,
            ("test", "unseen", UNSEEN),
        ]
        write_source(path, cells)
        return path

    write(root / "source" / "hw" / "hw.ipynb", COPIES)
    with Grader(root) as grader:

        def graded(answer):
            result = grader.score(write(root / "handed" / "hw.ipynb", answer), "hw")
            return {c.grade_id: (c.score, str(c.trust)) for one in result.functions for c in one.checks}

        yield graded


def test_an_answer_that_shares_what_it_should_copy_is_wrong(course):
    found = course(SHARES)
    assert found.pop("unseen") == (1, "examined")
    assert found == dict.fromkeys(TESTS, (0, "examined"))


def test_an_answer_that_copies_is_right(course):
    assert course(COPIES) == dict.fromkeys([*TESTS, "unseen"], (1, "examined"))


def test_an_answer_that_keeps_a_copy_for_later_is_right(course):
    keeps = COPIES.replace("= list(items)", "= [*items]; self.first = items").replace(
        "def given(): return [1]", "LOG = []\ndef given():\n    LOG.append([1])\n    return LOG[-1]"
    )
    assert course(keeps) == dict.fromkeys([*TESTS, "unseen"], (1, "examined"))


MODEL = """class Basket:
    def __init__(self, items=()): self._items = {"w": np.ones(2), "rows": [[1], [2]]}
    def add(self, x): self._items["w"], self._items["rows"] = self._items["w"] + x, self._items["rows"][1:]
    def items(self): return dict(self._items)
def step(d, x):
    d = dict(d, w=d["w"] + x)
    return d"""
OTHERS = {
    "a part of what is given away": "m = Basket()\nw = m.items()['w']\nm.add(2)\nassert m.items()['w'][0] == w[0] + 2",
    "what has moved": "m = Basket()\nfirst = m.items()['rows'][0]\nm.add(2)\nassert first == [1]",
    "a part of an argument": "d = {'w': np.ones(2)}\nw = d['w']\nnew = step(d, 2)\nassert new['w'][0] == w[0] + 2",
}


def test_who_puts_another_array_into_a_dictionary_has_not_changed_the_first(tmp_path):
    def write(path, answer):
        path.parent.mkdir(parents=True, exist_ok=True)
        tests = [("test", name, text) for name, text in OTHERS.items()]
        write_source(path, [("given", "imports", "import numpy as np"), ("answer", "it", answer), *tests])
        return path

    write(tmp_path / "source" / "hw" / "hw.ipynb", MODEL)
    shares = MODEL.replace("return dict(self._items)", "return self._items").replace(
        "d = dict(d, w=d['w'] + x)".replace("'", '"'), 'd["w"] = d["w"] + x'
    )
    assert shares.count("dict(") == 0
    with Grader(tmp_path) as grader:
        result = grader.score(write(tmp_path / "handed" / "hw.ipynb", shares), "hw")
    found = {c.grade_id: (c.score, str(c.trust)) for one in result.functions for c in one.checks}
    assert found == dict.fromkeys(OTHERS, (1, "examined"))


LATER = {
    "a basket": "mine = [1]\nb = Basket(mine)\nassert b.items() == [1]",
    "changed by a later call": "b.add(2)\nassert len(b) == 2",
    "seen in another test": "assert mine == [1, 2]",
    "changed by another test": "mine.append(3)\nassert b.items() == [1, 2, 3]",
}


def test_a_list_that_a_basket_holds_is_the_tests_own_in_later_tests_too(tmp_path):
    def write(path, answer):
        path.parent.mkdir(parents=True, exist_ok=True)
        hidden = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
        tests = [("test", name, hidden.format(text)) for name, text in LATER.items()]
        write_source(path, [("given", "imports", "import numpy as np"), ("answer", "it", answer), *tests])
        return path

    write(tmp_path / "source" / "hw" / "hw.ipynb", SHARES)
    with Grader(tmp_path) as grader:

        def graded(answer):
            result = grader.score(write(tmp_path / "handed" / "hw.ipynb", answer), "hw")
            return {c.grade_id: (c.score, str(c.trust)) for one in result.functions for c in one.checks}

        assert graded(SHARES) == dict.fromkeys(LATER, (1, "examined"))
        assert [score for score, _ in graded(COPIES).values()] == [1, 1, 0, 0]


def test_where_objects_live_on_no_answer_changes_what_it_is_compared_with(tmp_path):
    tests = {
        "a basket": "b = Basket([1, 2])",
        "in a later test": "assert len(b) == 2",
        "what it was made of": "x = [1, 2]\nassert Basket(x).items() == x",
        "what a test has": "x = [1, 2]\nc = Basket(x)\nassert c.items() == [1 * i for i in x] and x[1] in c.items()",
    }
    forges = SHARES.replace("return self._items\n", "self._items[:] = [0, 0]; return self._items\n")
    assert forges != SHARES

    def write(path, answer):
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [("test", name, text) for name, text in tests.items()]
        write_source(path, [("given", "imports", "import numpy as np"), ("answer", "it", answer), *cells])
        return path

    write(tmp_path / "source" / "hw" / "hw.ipynb", COPIES)
    with Grader(tmp_path) as grader:
        result = grader.score(write(tmp_path / "handed" / "hw.ipynb", forges), "hw")
    assert [c.score for one in result.functions for c in one.checks] == [1, 1, 0, 0]
