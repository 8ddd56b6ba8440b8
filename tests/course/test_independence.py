"""Independent marks: with any one function wrong, all others keep theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.api import Grader
from autograder.audit.mutation import mutants
from autograder.course import load
from autograder.notebook import parse_document
from autograder.results import Verdict

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("independence")]

ROOT = Path(__file__).parents[2]
PAPERS = {paper.assignment: paper for paper in load(ROOT).papers}
FUNCTIONS = [(assignment, function.name) for assignment, paper in PAPERS.items() for function in paper.functions]
PAIRS = [
    (assignment, wrong, other.name)
    for assignment, wrong in FUNCTIONS
    for other in PAPERS[assignment].functions
    if other.name != wrong
]


@pytest.fixture(scope="module")
def verdicts():
    """Grade a notebook in which one function is a mutant of the reference's, and all others are right."""
    graded = {}
    with Grader(ROOT) as grader:

        def of(assignment: str, wrong: str):
            if wrong not in graded:
                answers = PAPERS[assignment].answers
                mutant = mutants(answers[wrong], wrong)[-1]
                cells = ["import numpy as np", *(answers | {wrong: mutant.source}).values()]
                document = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
                notebook = parse_document(json.dumps(document).encode()).notebook()
                result = grader.grade(notebook, wrong, wrong, assignment, explain=False)
                graded[wrong] = {function.name: function.verdict for function in result.functions}
            return graded[wrong]

        yield of


@pytest.mark.parametrize(("assignment", "wrong"), FUNCTIONS, ids=[name for _, name in FUNCTIONS])
def test_a_wrong_function_loses_marks(verdicts, assignment, wrong):
    assert verdicts(assignment, wrong)[wrong] is not Verdict.PASSED


@pytest.mark.parametrize(("assignment", "wrong", "other"), PAIRS, ids=[f"{wrong}-{other}" for _, wrong, other in PAIRS])
def test_another_keeps_its_marks(verdicts, assignment, wrong, other):
    assert verdicts(assignment, wrong)[other] is Verdict.PASSED
