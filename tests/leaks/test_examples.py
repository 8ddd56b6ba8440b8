"""The smallest example is nobody's test: no hidden test asks what a student is shown."""

from __future__ import annotations

import numpy as np
import pytest
from asking import ASSIGNMENTS, ROOT, catalogue, papers, subject

from autograder.api import Grader
from autograder.checks.calls import same


def asked_by_tests(assignment):
    """Give what the test cells ask of each function."""
    found = {}
    with Grader(ROOT) as grader, grader.examiner(papers()[assignment]).rehearsing() as (reference, rehearsal):
        for function in papers()[assignment].functions:
            calls = found.setdefault(function.name, [])

            def recorded(*arguments, calls=calls, right=reference.answers[function.name], **named):
                calls.append((*arguments, *named.values()))
                return right(*arguments, **named)

            hidden = [test.grade_id for test in function.tests if test.hidden_lines()]
            rehearsal.judge(function, recorded, hidden)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_example_is_asked_by_a_test(assignment):
    asked = asked_by_tests(assignment)
    assert all(asked.values())
    shown = 0
    for entry in catalogue(assignment):
        about = subject(assignment, entry.function)
        example = about.example(lambda question, about=about, entry=entry: about._run(entry.wrong, question))
        if example is None:
            continue  # the search has a second, which a busy machine may use up
        inputs = tuple(
            eval(code, {"np": np})  # noqa: S307 - the example's own code
            for code in example.inputs.values()
            if not code.startswith("lambda ")
        )
        shown += 1
        assert not [call for call in asked[entry.function] if same(call, inputs[: len(call)])], entry.name
    assert shown > 30
