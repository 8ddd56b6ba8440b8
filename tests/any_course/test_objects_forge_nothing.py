"""Objects of the candidate's are spoken of, and decide nothing that the solution did not leave to an object."""

from __future__ import annotations

import nbformat
import pytest
from any_patterns import notebook, write

from autograder.api import Grader
from autograder.examiner.steps import read_steps
from autograder.notebook import parse_document

pytestmark = pytest.mark.slow

LIAR = """
class Liar(*BASES):
    def __init__(self, *args): pass
    def __getattr__(self, name): return Liar()
    def __call__(self, *args, **kwargs): return self
    def __iter__(self): return iter([self])
    def __len__(self): return 2
    def __getitem__(self, key): return self
    def __array__(self, *args, **kwargs): return self
    def __float__(self): return 0.0
    def __bool__(self): return True
    def __hash__(self): return 0
    def __next__(self): return self
for _name in "eq ne lt le gt ge contains instancecheck".split():
    setattr(Liar, f"__{_name}__", lambda self, other: True)
for _name in "add sub mul truediv pow radd rsub mod and or".split():
    setattr(Liar, f"__{_name}__", lambda self, other: self)
"""
# What each pattern's answer cell is replaced by, where the solution gives plain data.
ATTACKS = {
    "function-of-numbers": ("square", "def square(x): return Liar()"),
    "variables-as-answers": ("values", "a = b = c = Liar()"),
    "numpy-imported-by-locked-cell": ("normalize", "def normalize(a): return Liar()"),
    "exception-expected-with-try": ("root", "def root(x): return Liar()"),
    "data-frame-answer": ("frame", "df = means = Liar()"),
    "data-frame-passed": ("add_total", "def add_total(df): return Liar()"),
    "data-frame-of-dates-and-categories": ("table", "def table(): return Liar()"),
    "generator": ("evens", "def evens(n): return Liar()"),
    "generator-that-is-sent-to": ("mean", "def running_mean(): return Liar()"),
    "class-with-attributes": ("point", "Point = Liar"),
    "iterator-class": ("countdown", "Countdown = Liar"),
    "fractions": ("harmonic", "def harmonic(n): return Liar()"),
    "estimator-fitted": ("fit", "def fit(x, y): return Liar()"),
    "array-changed-in-place": ("clip", "def clip(a): return Liar()"),
    "library-object-returned": ("things", "def things(): return Liar()\nfind = things"),
    "function-returned": ("adder", "def adder(n): return Liar()"),
}


def handed_in(pattern, cell, code):
    made = notebook(pattern, "empty")
    for one in made.cells:
        if one.metadata.get("nbgrader", {}).get("grade_id") == cell:
            one.source = code
    return parse_document(nbformat.writes(made).encode()).notebook()


@pytest.mark.parametrize("pattern", ATTACKS)
def test_an_object_that_says_yes_to_everything_gains_nothing(pattern, grader):
    cell, code = ATTACKS[pattern]
    result = grader.grade(handed_in(pattern, cell, LIAR.replace("*BASES", "") + code), "x", "x", pattern)
    gained = {c.grade_id: c.score for one in result.functions for c in one.checks if c.trust == "examined" and c.score}
    assert gained == {}


def test_a_module_that_decorates_the_solution_stays_the_examiners(grader):
    (paper,) = grader.course.papers_of("decorated-by-a-module")
    assert set().union(*(step.hands_over for step in read_steps(paper).all)) == {"step"}


def test_an_answer_that_changes_what_it_is_compared_with_gains_nothing(grader):
    zero = "def double(a):\n    a[:] = 0\n    return np.zeros(2)"
    pattern = "input-used-after-the-call"
    assert grader.grade(handed_in(pattern, "double", zero), "x", "x", pattern).score == 0


def test_a_cell_that_is_run_again_has_all_that_stands_above_it(grader):
    changing = "def softmax(z):\n    z -= z.max()\n    return np.exp(z) / np.exp(z).sum()"
    pattern = "assertion-helpers-imported-by-tests-only"
    assert grader.grade(handed_in(pattern, "softmax", changing), "x", "x", pattern).score == 2


@pytest.mark.parametrize("code", ["import os\ndef square(x): os._exit(0)", "def square(x):\n    while True: pass"])
def test_an_answer_that_never_comes_back_gains_nothing(code, tmp_path):
    pattern = "function-of-numbers"
    write(pattern, tmp_path / "source" / pattern)
    (tmp_path / "course.toml").write_text("[limits]\nseconds_per_call = 2\n")
    with Grader(tmp_path) as grader:
        assert grader.grade(handed_in(pattern, "square", code), "x", "x", pattern).score == 0
