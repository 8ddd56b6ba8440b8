"""The verdicts on published answers, which lie beside the project and not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.api import Grader

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT.parent / "shared" / "submissions"
NOT_PASSED = {
    "initialization": {"initialize_parameters_zeros"},
    "regularization": set(),
    "gradient_checking": {"backward_propagation_n"},
}

pytestmark = pytest.mark.skipif(not SUBMISSIONS.is_dir(), reason="the published answers are not beside the project")


@pytest.fixture(scope="module")
def results():
    with Grader(ROOT) as grader:
        return {name: grader.score(SUBMISSIONS / f"published_{name}.ipynb") for name in NOT_PASSED}


@pytest.mark.parametrize("assignment", NOT_PASSED)
def test_what_passes_and_what_does_not(results, assignment):
    failing = {f.name for f in results[assignment].functions if f.verdict != "passed"}
    assert (results[assignment].assignment, failing) == (assignment, NOT_PASSED[assignment])


def test_an_absent_function_is_missing(results):
    zeros = results["initialization"].functions[0]
    assert (zeros.name, zeros.verdict) == ("initialize_parameters_zeros", "missing")


@pytest.mark.parametrize("line", ["dW2", "db1"])
def test_the_diagnosis_names_both_planted_mistakes(results, line):
    (mended,) = [f for f in results["gradient_checking"].functions if f.name == "backward_propagation_n"]
    assert line in mended.diagnosis.message
