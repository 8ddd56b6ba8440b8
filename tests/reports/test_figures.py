"""What the class's results say of the tests."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample import function, outcome, result

from autograder.outcomes import ClassOutcome, Outcome, Person
from autograder.reports.figures import Measured, cell_figures, function_figures, mistakes, quantile, reasons
from autograder.results import Diagnosis, FunctionResult, Measure

TWICE = Diagnosis("twice", "It is twice as large.", "Is a factor too many?")


def of(*pairs: tuple[float | None, float | None]) -> ClassOutcome:
    """Make a class whose students have these points for `double` and for `half`."""
    return ClassOutcome(
        "hw",
        10.0,
        tuple(
            outcome(
                Person(f"s{number}"),
                *(
                    function(name, points, "passed" if points == 5 else "failed", "", None if points == 5 else TWICE)
                    for name, points in zip(("double", "half"), pair, strict=True)
                ),
            )
            for number, pair in enumerate(pairs)
        ),
    )


def in_two_notebooks(name: str, *functions: FunctionResult) -> Outcome:
    """Make a submission of two notebooks with a function each."""
    results = (result(one) for one in functions)
    named = tuple(replace(one, notebook=notebook) for one, notebook in zip(results, ("first", "second"), strict=True))
    return replace(outcome(Person(name)), results=named)


@pytest.fixture
def two_notebooks() -> ClassOutcome:
    """Give a class whose assignment asks for a `double` in each of two notebooks; only the second is hard."""
    right, wrong = function("double", 5, "passed"), function("double", 0, "failed")
    pairs = ((right, right), (right, wrong), (right, wrong))
    return ClassOutcome("hw", 10.0, tuple(in_two_notebooks(f"s{n}", *pair) for n, pair in enumerate(pairs)))


def test_difficulty_is_the_mean_share_and_failure_the_share_without_full_marks():
    double, _ = function_figures(of((5, 5), (0, 5), (2.5, 5), (5, 5)))
    assert (double.answers, double.failed, double.failure_rate, double.difficulty) == (4, 2, 0.5, 0.625)


def test_an_item_that_goes_with_the_rest_discriminates():
    double, _ = function_figures(of((5, 5), (5, 5), (5, 5), (0, 0), (0, 0)))
    assert double.discrimination == pytest.approx(1)
    assert not double.odd


def test_an_item_that_goes_against_the_rest_is_odd():
    double, _ = function_figures(of((5, 0), (5, 0), (0, 5), (0, 5), (0, 5)))
    assert double.discrimination == pytest.approx(-1)
    assert double.odd


def test_discrimination_is_not_claimed_of_a_few_or_of_equals():
    assert function_figures(of((5, 5), (0, 0)))[0].discrimination is None
    assert function_figures(of(*[(5, 5)] * 6))[0].discrimination is None


def test_points_that_differ_by_rounding_only_are_equal():
    double, _ = function_figures(of((0, 6.7), (1.1, 6.7), (2.2, 6.7), (3.3, 6.7), (1.1, 6.7), (0, 6.7)))
    assert (double.discrimination, double.odd) == (None, False)


def test_what_is_not_settled_is_left_out():
    double, half = cell_figures(of((None, 5), (5, 5), (0, 0)))
    assert (double.name, double.answers, half.answers) == ("test_double", 2, 3)


def test_functions_of_one_name_in_two_notebooks_are_two_items(two_notebooks):
    figures = function_figures(two_notebooks)
    assert [(one.notebook, one.name, one.answers, one.failed) for one in figures] == [
        ("first", "double", 3, 0),
        ("second", "double", 3, 2),
    ]


def test_cells_of_one_name_in_two_notebooks_are_two_items(two_notebooks):
    figures = cell_figures(two_notebooks)
    assert [(one.notebook, one.name, one.answers, one.failed) for one in figures] == [
        ("first", "test_double", 3, 0),
        ("second", "test_double", 3, 2),
    ]


def test_a_mistake_in_functions_of_one_name_in_two_notebooks_is_two():
    wrong = function("double", 0, "failed", "", TWICE)
    one = in_two_notebooks("s", wrong, wrong)
    found = mistakes(ClassOutcome("hw", 10.0, (one,)))
    assert [(one.notebook, one.name, one.students) for one in found] == [
        ("first", "twice", (0,)),
        ("second", "twice", (0,)),
    ]


def test_who_shares_a_mistake_is_told():
    (twice,) = mistakes(of((0, 5), (5, 5), (0, 5)))
    assert (twice.function, twice.name, twice.recognized, twice.students) == ("double", "twice", True, (0, 2))


def test_what_waits_for_a_person_is_no_mistake():
    assert mistakes(of((None, 5), (5, 5))) == []


def test_why_a_person_must_look_is_told():
    one = of((None, 5)).outcomes[0]
    assert reasons(one) == ["test_double of double, too close to call: "]


@pytest.mark.parametrize(
    ("value", "wanted", "right", "near"),
    [(1e-9, "below", True, False), (1.9e-7, "below", True, True), (2.5e-7, "below", False, True),
     (0.3, "below", False, False), (0.3, "above", True, False), (1e-12, "above", False, False),
     (-1.0, "below", False, False)],
)  # fmt: skip
def test_on_which_side_of_the_threshold_a_measure_is(value, wanted, right, near):
    row = Measured(0, "cell", Measure("the difference", value, 2e-7, wanted))
    assert (row.right, row.near) == (right, near)


@pytest.mark.parametrize(("share", "value"), [(0, 1.0), (0.5, 2.5), (1, 4.0)])
def test_a_quantile_is_interpolated(share, value):
    assert quantile([4.0, 1.0, 3.0, 2.0], share) == value
