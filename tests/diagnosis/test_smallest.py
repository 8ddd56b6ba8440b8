"""The smallest example: small, fair, reproducible by pasting, and none of the tests' own."""

from __future__ import annotations

import time

import numpy as np
import pytest
from asking import ASSIGNMENTS, answer, asked, catalogue, edited, functions, papers, quiet, shown, subject

from autograder.diagnosis import Question, Small
from autograder.diagnosis.smallest import Smallest
from autograder.results import Counterexample

ENTRIES = [pytest.param(name, entry, id=entry.name) for name in ASSIGNMENTS for entry in catalogue(name)]
DOUBLED = Small([{"x": 1.0}, {"x": 7.0, "unused": 3.0}], lambda parts: {"x": parts["x"]})


def pasted(code, space):
    """Run a cell, and give what it shows at last: the value of its last line, or what that one prints."""
    seen = []
    *lines, last = code.split("\n")
    space["print"] = lambda *values: seen.append(values[-1])
    try:
        if last.startswith("with "):
            exec(code, space)  # noqa: S102 - the course's own
            return seen[-1]
        exec("\n".join(lines), space)  # noqa: S102 - the course's own
        return eval(last, space)  # noqa: S307
    finally:
        del space["print"]


def example(right, wrong, small):
    search = Smallest(small, lambda question: right(*question.arguments), lambda value: {"value": value}, {})
    return search.find(lambda question: wrong(*question.arguments))


@pytest.mark.parametrize(("assignment", "entry"), ENTRIES)
def test_every_known_mistake_has_a_small_example(assignment, entry):
    about = subject(assignment, entry.function)
    found = about.example(lambda question: about._run(entry.wrong, question))
    assert found is not None
    assert found.yours != found.expected
    assert max(map(len, found.inputs.values())) < 1000


@pytest.mark.parametrize(
    ("assignment", "function", "old", "new"),
    [
        ("initialization", "initialize_parameters_he", "* np.sqrt(2 / layers_dims[l - 1])", ""),
        ("regularization", "compute_cost_with_regularization", "lambd * squares", "squares"),
        ("regularization", "backward_propagation_with_dropout", "dA1 * D1 / keep_prob", "dA1 / keep_prob"),
        ("regularization", "forward_propagation_with_dropout", "A2 * D2 / keep_prob", "A2 * D2"),
        ("gradient_checking", "gradient_check", "(2 * epsilon)", "epsilon"),
        ("gradient_checking", "backward_propagation_n", "dW2 = 1.0", "dW2 = 2.0"),
        ("gradient_checking", "gradient_check_n", "(2 * epsilon)", "epsilon"),
    ],
)
def test_pasted_into_the_notebook_it_gives_what_it_says(assignment, function, old, new):
    wrong = edited(assignment, function, (old, new))
    found = shown(subject(assignment, function), wrong)
    assert found.yours
    outputs = subject(assignment, function)._outputs(pasted(found.code(function), wrong.__globals__))
    for label, code in found.yours.items():
        np.testing.assert_allclose(eval(code, {"np": np}), outputs[label], rtol=1e-4)  # noqa: S307


@pytest.mark.parametrize(("assignment", "function"), functions())
def test_an_answer_that_raises_has_none(assignment, function):
    def broken(*_):
        raise ValueError

    assert shown(subject(assignment, function), broken) is None


@pytest.mark.parametrize(("assignment", "function"), functions())
def test_a_small_case_is_valid_input(assignment, function):
    right = answer(assignment, function, papers()[assignment].answers[function])
    about = subject(assignment, function)
    small = about._smallest
    assert small._small.starts
    for start in small._small.starts:
        question = Question(tuple(small._small.build(start).values()), 0, small._lent)
        with quiet():
            outputs = about._outputs(asked(right, question).value)
        assert outputs
        assert all(np.all(np.isfinite(value)) for value in outputs.values())


def test_numbers_are_made_simpler():
    found = example(lambda x: x, lambda x: x + 1, DOUBLED)
    assert found == Counterexample({"x": "0.0"}, {"value": "1.0"}, {"value": "0.0"})


def test_a_larger_case_is_taken_where_smaller_ones_do_not_separate():
    found = example(lambda x: x, lambda x: x + 1 if x > 5 else x, DOUBLED)
    assert found.inputs == {"x": "7.0"}


def test_an_unfair_case_is_passed_over():
    def build(parts):
        if parts["x"] < 2:
            raise ValueError
        return {"x": parts["x"]}

    assert example(lambda x: x, lambda x: 2 * x, Small(DOUBLED.starts, build)).inputs == {"x": "7.0"}


def test_the_number_of_calls_is_bounded():
    calls = []
    starts = [{"x": float(n)} for n in range(1000)]
    assert example(lambda x: x, lambda x: calls.append(x) or x, Small(starts)) is None
    assert len(calls) == 40


def test_a_slow_answer_or_a_busy_machine_changes_nothing():
    def slow(x):
        time.sleep(0.05)
        return x + 1 if x > 25 else x

    found = example(lambda x: x, slow, Small([{"x": float(n)} for n in range(30)]))
    assert found.inputs == {"x": "26.0"}


def test_what_is_missing_is_not_shown_as_a_value():
    found = example(lambda x: x, lambda _: None, DOUBLED)
    assert found.yours == {}
    assert found.expected


def outputs_of(gradients):
    return {"dW3": gradients["dW3"], "dW2": gradients["dW2"]}


def right_gradients(x):
    return {"dW3": 3 * x, "dW2": 2 * x}


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (lambda _: {"dW2": 5.0}, ("dW3",)),
        (lambda _: {"dW3": None, "dW2": "text"}, ()),
        (lambda _: 5.0, ()),
    ],
    ids=["another key", "no number", "no dictionary"],
)
def test_an_entry_that_a_returned_dictionary_lacks_is_missing(answer, missing):
    search = Smallest(DOUBLED, lambda question: right_gradients(*question.arguments), outputs_of, {})
    assert search.find(lambda question: answer(*question.arguments)).missing == missing


def test_figures_have_the_digits_that_tell_them_apart():
    found = example(lambda x: x / 3, lambda x: x / 3 * 1.001, Small([{"x": 1}]))
    assert (found.yours, found.expected) == ({"value": "0.333667"}, {"value": "0.333333"})


def test_what_is_random_is_said_to_be_other_numbers_when_it_is_pasted():
    found = example(lambda x: x, lambda _: np.random.rand(), DOUBLED)
    assert found.yours["value"].endswith("  # other numbers in each call")
    assert found.expected == {"value": "0.0"}
