"""An answer that fills one object in every call changes what it has given before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from handing_in import handed_in

from autograder.api import Grader

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# What is put behind the right answer: all of its results are one dictionary, or lie in the same memory.
ONE_OBJECT = {
    "initialize_parameters_he": (
        "initialization",
        """
fresh, ONE = initialize_parameters_he, np.zeros(10_000)


def initialize_parameters_he(layers_dims):
    parameters, used = fresh(layers_dims), 0
    for key, value in parameters.items():
        parameters[key] = ONE[used : used + value.size].reshape(value.shape)
        parameters[key][...] = value
        used += value.size
    return parameters
""",
    ),
    "backward_propagation_n": (
        "gradient_checking",
        """
fresh = backward_propagation_n


def backward_propagation_n(X, Y, cache, gradients={}):
    gradients.update(fresh(X, Y, cache))
    return gradients
""",
    ),
}
REMEMBERING = """
fresh, KNOWN = backward_propagation_n, {}


def backward_propagation_n(X, Y, cache):
    key = b"".join(np.asarray(part).tobytes() for part in (X, Y, *cache))
    if key not in KNOWN:
        KNOWN[key] = fresh(X, Y, cache)
    return KNOWN[key]
"""


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(ROOT) as grader:
        yield grader


def score(grader: Grader, assignment: str, function: str, code: str) -> tuple[float, str]:
    (paper,) = grader.course.papers_of(assignment)
    notebook = handed_in("import numpy as np", *paper.answers.values(), code)
    result = grader.grade(notebook, "one", "one", assignment)
    (answer,) = (each for each in result.functions if each.name == function)
    return answer.score / answer.max_score, " ".join(check.message for check in answer.checks)


@pytest.mark.parametrize("function", ONE_OBJECT)
def test_an_answer_that_changes_what_it_gave_before_loses_points_and_is_told(grader, function):
    assignment, code = ONE_OBJECT[function]
    share, told = score(grader, assignment, function, code)
    assert 0.5 < share < 1
    assert "changed what an earlier call has returned" in told


def test_an_answer_that_remembers_its_results_gives_them_again(grader):
    assert score(grader, "gradient_checking", "backward_propagation_n", REMEMBERING)[0] == 1
