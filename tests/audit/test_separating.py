"""Variants beside the reference: what is another answer, and what is not."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest
from toy_course import code

from autograder.audit.separating import separate
from autograder.audit.spread import nearest, spread
from autograder.audit.variants import Variant
from autograder.course import load
from autograder.examiner import Reference

DRAWN = "def f(x, rng):\n    return x + rng.random()"
STEPPED = "def f(x, rng):\n    x -= 0.5"


def seeded(seed):
    return np.arange(1.0, 4.0), np.random.default_rng(seed)


def legacy(seed):
    return np.arange(1.0, 4.0), np.random.RandomState(seed)


def nested(seed):
    return np.arange(1.0, 4.0), [np.random.default_rng(seed)]


@pytest.fixture
def differs(tmp_path):
    """Say where a variant of the reference differs from it; the questions are numbered."""

    def run(right, variant, question=seeded):
        given = code("import numpy as np", grade=False, grade_id="given", solution=False, locked=True)
        answer = code(right, grade=False, solution=True, locked=False, grade_id="f")
        test = code("assert f", grade=True, points=1, grade_id="test", solution=False, locked=True)
        (tmp_path / "source" / "toy").mkdir(parents=True)
        notebook = nbformat.v4.new_notebook(cells=[given, answer, test])
        nbformat.write(notebook, tmp_path / "source" / "toy" / "toy.ipynb")
        (paper,) = load(tmp_path).papers
        one = Variant("f", "variant", variant)
        return separate([one], paper, Reference(questions={"f": question}), range(3))[one]

    return run


@pytest.mark.parametrize("question", [seeded, legacy])
def test_drawing_from_a_generator_is_no_change_of_an_argument(differs, question):
    assert differs(DRAWN, DRAWN, question) == ""


def test_nor_is_it_from_one_among_other_arguments(differs):
    text = "def f(x, rng):\n    return x + rng[0].random()"
    assert differs(text, text, nested) == ""


def test_a_generator_that_is_left_in_another_state_is_another_answer(differs):
    more = "def f(x, rng):\n    y = x + rng.random()\n    rng.random()\n    return y"
    assert differs(DRAWN, more) == "seed 0 + 0: it leaves another argument 2"


def test_another_number_drawn_is_another_answer(differs):
    assert differs(DRAWN, "def f(x, rng):\n    return x + 1 - rng.random()") == "seed 0 + 0: result differs"


def test_what_is_written_into_an_argument_is_compared(differs):
    assert differs(STEPPED, "def f(x, rng):\n    x -= 0.25") == "seed 0 + 0: it leaves another argument 1"


def test_a_rounding_in_what_is_written_there_is_the_same_answer(differs):
    assert differs(STEPPED, "def f(x, rng):\n    x -= 0.5 * (1 + 2e-16)") == ""


def test_a_change_that_the_reference_does_not_make_is_another_answer(differs):
    text = "def f(x, rng):\n    x += rng.random()\n    return x"
    assert differs(DRAWN, text) == "seed 0 + 0: it changed argument 1"


def test_tolerances_are_measured_with_each_variant_given_a_generator_of_its_own():
    def answer(x, rng):
        return x + rng.random(3)

    (found,) = spread(answer, [answer], [seeded(1)], lambda result: {"result": result}).values()
    assert found.spread == 0
    assert nearest(answer, {"same": answer}, [seeded(1)], lambda result: {"result": result}).deviation == 0
