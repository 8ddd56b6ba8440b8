"""What failed tests say, on the terminal: once, with the tests that say it."""

from __future__ import annotations

import pytest

from autograder.cli.score import _explain
from autograder.language import speaker
from autograder.results import CheckResult, FunctionResult, Verdict


@pytest.fixture
def printed(capsys):
    """Explain a function whose tests say something."""

    def explain(**told):
        checks = tuple(CheckResult(name, 0.0, 1.0, Verdict.FAILED, message) for name, message in told.items())
        _explain(FunctionResult("double", Verdict.FAILED, 0.0, len(checks), checks), speaker("en"))
        return [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]

    return explain


def test_a_message_stands_once_with_the_tests_that_say_it(printed):
    lines = printed(test_a="It is late.", test_b="It is early.", test_c="It is late.")
    assert lines == ["double", "- It is late. (test_a, test_c)", "- It is early. (test_b)"]


def test_a_test_that_says_nothing_is_named_nowhere(printed):
    assert printed(test_a="It is late.", test_b="") == ["double", "- It is late. (test_a)"]
