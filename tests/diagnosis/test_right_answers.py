"""Right answers: whatever they look like, they are not suspected."""

from __future__ import annotations

import pytest
from asking import ROOT, answer, diagnosed, functions, papers, shown, subject

from autograder.audit.rewriting import rewrites
from autograder.audit.right import hand_written


def written(assignment, function):
    source = papers()[assignment].answers[function]
    return [v for v in (*hand_written(ROOT, assignment), *rewrites(source, function)) if v.function == function]


@pytest.mark.parametrize(("assignment", "function"), functions())
def test_the_reference_is_not_suspected(assignment, function):
    right = answer(assignment, function, papers()[assignment].answers[function])
    about = subject(assignment, function)
    assert diagnosed(about, right) is None
    assert shown(about, right) is None


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "function"), functions())
def test_no_right_variant_is_suspected(assignment, function):
    about = subject(assignment, function)
    variants = written(assignment, function)
    assert len(variants) >= 10
    for variant in variants:
        found = diagnosed(about, answer(assignment, function, variant.source))
        assert found is None, f"{variant.name}: {found}"
