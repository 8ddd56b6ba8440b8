"""Answers with one mistake, none of them written down anywhere: the diagnosis names it."""

from __future__ import annotations

import re

import pytest
from asking import answer, diagnosed, edited, subject
from wrong_answers import EDITS, WHOLE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("assignment", "function", "edits", "word"), EDITS, ids=[f"{f}-{e[0][1][:40]}" for _, f, e, _ in EDITS]
)
def test_the_mistake_of_a_changed_line_is_named(assignment, function, edits, word):
    found = diagnosed(subject(assignment, function), edited(assignment, function, *edits))
    assert found is not None
    assert re.search(word, f"{found.misconception}: {found.message}")


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "function", "source", "word"), WHOLE, ids=[w[1] for w in WHOLE])
def test_the_mistake_of_an_answer_written_otherwise_is_named(assignment, function, source, word):
    found = diagnosed(subject(assignment, function), answer(assignment, function, source))
    assert found is not None
    assert re.search(word, f"{found.misconception}: {found.message}")


def test_an_answer_that_is_wrong_with_the_default_written_out_has_no_other_default():
    function = "forward_propagation_with_dropout"
    edits = [
        (f"np.random.rand(*A{layer}.shape) < keep_prob", f"np.random.binomial(1, keep_prob, A{layer}.shape)")
        for layer in (1, 2)
    ]
    found = diagnosed(subject("regularization", function), edited("regularization", function, *edits))
    assert found is not None
    assert found.misconception != "wrong-default"


def test_an_answer_that_is_held_by_a_limit_does_not_ignore_its_arguments():
    function = "forward_propagation"
    found = diagnosed(
        subject("gradient_checking", function),
        edited("gradient_checking", function, ("theta * x", "np.clip(theta * x, -4, 4)")),
    )
    assert found is None or found.misconception != "argument-ignored"


def test_an_array_without_entries_is_not_said_to_be_zero():
    function = "forward_propagation"
    empty = answer("gradient_checking", function, f"def {function}(x, theta):\n    return np.empty(0)")
    found = diagnosed(subject("gradient_checking", function), empty)
    assert found is not None
    assert "0 in every entry" not in found.message


def test_one_number_is_not_said_to_have_entries():
    function = "forward_propagation"
    blurred = edited("gradient_checking", function, ("theta * x", "theta * x * (1 + 1e-6 * np.cos(99 * x))"))
    found = diagnosed(subject("gradient_checking", function), blurred)
    assert found is not None
    assert found.message == "J is nearly right, but off by a little."
