"""The course's own three assignments, told apart by what a submission defines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course, load
from autograder.notebook import Notebook, parse_document

ROOT = Path(__file__).parents[2]
INIT, REG, GC = "initialization", "regularization", "gradient_checking"
# What people paste into their notebook where the helper module is not to be had.
COPIES = "def forward_propagation(X, parameters):\n    pass\ndef backward_propagation(X, Y, cache):\n    pass\n"
HE = "def initialize_parameters_he(layers_dims):\n    pass\n"
ONE_D = "def forward_propagation(x, theta):\n    pass\ndef backward_propagation(x, theta):\n    pass\n"
DROPOUT = "def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):\n    pass\n"


@pytest.fixture(scope="module")
def course() -> Course:
    return load(ROOT)


def submission(text: str) -> Notebook:
    return parse_document(json.dumps({"cells": [{"cell_type": "code", "source": text}]}).encode()).notebook()


RECOGNIZED = {
    "one function": (HE, "hw", INIT),
    "copies of helpers that another assignment grades": (COPIES + HE, "hw", INIT),
    "copies only, and no module": (COPIES, "hw", None),
    "the same names with the parameters of the answers": (ONE_D, "hw", GC),
    "other parameters and the module": ("from gc_utils import *\n" + COPIES, "hw", GC),
    "in a branch": ("if True:\n    " + HE.replace("\n", "\n    "), "hw", INIT),
    "assigned": ("initialize_parameters_zeros = lambda dims: {}", "hw", INIT),
    "misspelt": (HE.replace("parameters_he", "parameter_he"), "hw", INIT),
    "misspelt after more names than anybody has": (
        "\n".join(f"x{n} = 1" for n in range(1000)) + "\n" + HE.replace("parameters_he", "parameter_he"),
        "hw",
        None,
    ),
    "by the name of the file, somehow written": ("", "Gradient Checking (2)", GC),
    "not by the name where the functions are another's": (HE, "Regularization v1", INIT),
    "a part of a longer name": ("def forward_propagation_with_dropout_test_case():\n    pass", "hw", None),
    "nothing": ("def main():\n    pass", "hw", None),
}


@pytest.mark.parametrize(("text", "name", "assignment"), RECOGNIZED.values(), ids=RECOGNIZED)
def test_the_assignment_is_told_by_what_is_defined(course: Course, text: str, name: str, assignment: str | None):
    paper = course.recognize(submission(text), name)
    assert (paper.assignment if paper else None) == assignment


@pytest.mark.parametrize("assignment", [INIT, REG, GC])
def test_the_released_notebook_is_recognized_under_any_name(course: Course, assignment: str):
    released = (ROOT / "release" / assignment / f"{assignment}.ipynb").read_bytes()
    paper = course.recognize(parse_document(released).notebook(), "Untitled7")
    assert paper is not None
    assert paper.assignment == assignment


def test_a_notebook_that_answers_two_assignments_is_told_so(course: Course):
    both = "".join(paper.answers[f.name] + "\n" for paper in course.papers[1:] for f in paper.functions)
    paper = course.recognize(submission(both), "all")
    assert paper is not None
    assert {paper.assignment, *course.also_answered(submission(both), paper)} == {INIT, REG}


def test_the_very_name_counts_before_one_in_other_capitals(course: Course):
    twice = [replace(course.papers[0], name=name) for name in ("HW", "hw")]
    papers = replace(course, papers=tuple(twice))
    assert [papers.recognize(submission(""), name, twice[0].assignment) for name in ("hw", "HW")] == twice[::-1]
