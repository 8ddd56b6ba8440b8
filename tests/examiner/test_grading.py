"""Right and wrong answers, judged in the examiner while they run in a candidate."""

from __future__ import annotations

import numpy as np
import pytest
from toy_course import answers, by_name

from autograder.results import Verdict


def test_right_answers_earn_full_marks(grade):
    result = grade(answers())
    assert (result.score, result.max_score) == (10, 10)


def test_a_right_function_is_passed(grade):
    assert all(f.verdict is Verdict.PASSED for f in grade(answers()).functions)


def test_a_wrong_value_fails_only_its_checks(grade):
    double = by_name(grade(answers(double="def double(x):\n    return 2 * np.abs(x)")))["double"]
    assert [check.verdict for check in double.checks] == ["passed", "failed", "passed"]


def test_a_wrong_function_costs_the_others_nothing(grade):
    functions = by_name(grade(answers(double="def double(x):\n    return 0 * x")))
    assert functions["fourfold"].verdict is Verdict.PASSED


def test_an_answer_that_does_not_ask_its_helper_is_told(grade):
    fourfold = by_name(grade(answers(fourfold="def fourfold(x):\n    return 4 * x")))["fourfold"]
    assert fourfold.checks[1].verdict is Verdict.FAILED


def test_inputs_changed_in_place_are_seen(grade):
    double = by_name(grade(answers(double="def double(x):\n    x *= 2\n    return x")))["double"]
    assert "argument 1" in double.checks[2].message


def test_the_tests_own_arrays_stay_as_they_are(grade):
    in_place = "def double(x):\n    x *= 0\n    return x"
    assert by_name(grade(answers(double=in_place)))["double"].checks[1].verdict is Verdict.FAILED


def test_a_seed_in_the_test_seeds_the_answer(grade):
    assert by_name(grade(answers()))["noise"].checks[0].verdict is Verdict.PASSED


def test_grading_leaves_the_examiners_generator_alone(grade):
    np.random.seed(7)
    grade(answers())
    assert np.random.rand() == np.random.RandomState(7).rand()


def test_given_functions_come_from_the_source_when_the_notebook_lacks_them(grade):
    assert by_name(grade(answers()))["noise"].checks[1].verdict is Verdict.PASSED


def test_the_last_definition_counts(grade):
    assert grade(answers(), "def double(x):\n    return 2.0 * x").score == 10


def test_training_cells_are_skipped(grade):
    assert grade(answers(), "while True:\n    pass").score == 10


def test_needed_statements_without_an_end_cost_only_themselves_however_many_they_are(grade):
    spinning = "k = [2]\ndef spin():\n    while True: pass\n" + "k.append(spin())\n" * 50
    assert grade(spinning, answers(double="def double(x):\n    return k[0] * x")).score == 10


def test_a_constant_that_an_answer_needs_is_run(grade):
    assert grade("two = 1\ntwo = two + 1", answers(double="def double(x):\n    return two * x")).score == 10


def test_debug_prints_cost_nothing(grade):
    assert grade(answers(double="def double(x):\n    print(x)\n    return x * 2")).score == 10


def test_warnings_cost_nothing(grade):
    warn = "import warnings\ndef double(x):\n    warnings.warn('hm')\n    np.log(np.zeros(1))\n    return x * 2"
    assert grade(answers(double=warn)).score == 10


@pytest.mark.parametrize("runs", [3])
def test_the_same_notebook_gets_the_same_result(grade, runs):
    results = {tuple((f.name, f.score, f.checks) for f in grade(answers(double="")).functions) for _ in range(runs)}
    assert len(results) == 1


def test_no_message_shows_a_hidden_input(grade):
    leak = "def double(x):\n    raise ValueError(str(x))"
    assert not any("7.25" in check.message for check in by_name(grade(answers(double=leak)))["double"].checks)


def test_no_message_shows_a_hidden_line(grade):
    none = "def noise(n):\n    return None\ndef double(x):\n    return 'text'"
    messages = " ".join(check.message for function in grade(answers(), none).functions for check in function.checks)
    assert "reference" not in messages


def test_nothing_that_tests_or_answers_print_reaches_the_terminal(grade, capfd):
    grade(answers(double="def double(x):\n    print('hello', flush=True)\n    return 2 * x"))
    assert capfd.readouterr() == ("", "")


def test_of_a_visible_assertion_the_author_is_quoted(grade):
    double = by_name(grade(answers(double="def double(x):\n    return 3 * x")))["double"]
    assert double.checks[0].message == "twice the input is wanted"


def test_of_a_visible_assertion_without_words_the_line_is_quoted(grade):
    noise = by_name(grade(answers(noise="def noise(n):\n    return np.zeros(n)")))["noise"]
    line = "np.testing.assert_array_equal(a, np.random.randn(3))"
    assert noise.checks[0].message == f"A visible test did not hold: {line}"
