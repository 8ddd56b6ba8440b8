"""Other people's notebooks earn here what they earn in plain nbgrader: solved, empty, and wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from any_patterns import NAMES, VARIANTS, needs, write
from plain_record import basis, known, plain_marks

from autograder.api.bundles import bundle_of
from autograder.course import load

KNOWN = known()
# What plain nbgrader gives is run once more for these, each in three runs of a kernel; the record has it for all, and
# of which versions. A new one of them could change it in these places.
RUN_AGAIN = (
    ("estimator-fitted", "figure-and-axes", "data-frame-of-dates-and-categories", "structured-and-object-arrays"),
    # What the kernel does: errors in it, its own syntax, what it prints and displays, warnings; and nbgrader's credit.
    (
        "answer-cell-that-raises",
        "magics-around",
        "printed-output-captured",
        "partial-credit-by-last-expression",
        "warnings-in-honest-code",
    ),
)
# What no plain data, handle or patch can stand for yet; all others are examined.
IN_CANDIDATE = {
    "class-that-inherits",
    "derived-by-the-test",
    "exception-class-of-the-students",
    "file-that-the-answer-writes",
    "object-passed-by-the-test",
    "signature-inspected",
    "source-text-inspected",
}


@pytest.mark.slow
@pytest.mark.parametrize("pattern", NAMES)
def test_a_pattern_earns_what_plain_nbgrader_gives(pattern, grader, tmp_path):
    needs(pattern)
    found = {}
    for variant in VARIANTS:
        result = grader.score(write(pattern, tmp_path / variant, variant), pattern)
        found[variant] = {check.grade_id: check.score for one in result.functions for check in one.checks}
    assert found == {
        variant: {name: score for name, score in KNOWN[pattern]["marks"][variant].items() if name in found[variant]}
        for variant in VARIANTS
    }


@pytest.mark.slow
@pytest.mark.parametrize("pattern", NAMES)
def test_a_pattern_is_examined_unless_it_is_known_not_to_be(pattern, grader):
    needs(pattern)
    (paper,) = grader.course.papers_of(pattern)
    assert bool(grader.examiner(paper).unexaminable) == (pattern in IN_CANDIDATE)


@pytest.mark.parametrize("pattern", NAMES)
def test_a_worker_elsewhere_is_given_the_same_assignment(pattern, grader, tmp_path):
    bundle_of(grader.course, pattern).unpack(tmp_path)
    (paper,) = grader.course.papers_of(pattern)
    assert load(tmp_path).papers_of(pattern) == (replace(paper, folder=tmp_path / "source" / pattern),)


@pytest.mark.parametrize("pattern", NAMES)
def test_what_is_written_down_is_of_this_pattern_and_of_these_versions(pattern):
    needs(pattern)
    assert KNOWN[pattern]["basis"] == basis(pattern), "run tests/any_course/plain_record.py"


@pytest.mark.slow
@pytest.mark.parametrize("some", RUN_AGAIN, ids=["libraries", "kernel"])
def test_plain_nbgrader_gives_what_is_written_down(tmp_path, some):
    assert plain_marks(tmp_path, some) == {name: KNOWN[name]["marks"] for name in some}
