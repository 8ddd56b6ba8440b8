"""The catalogue of the course: what its entries are called, say and compute."""

from __future__ import annotations

import re

import pytest
from asking import ASSIGNMENTS, ROOT, catalogue, functions, mistaken, papers, subject

from autograder.api import Grader
from autograder.diagnosis.hints import HINTS
from autograder.results import Verdict

ENTRIES = [pytest.param(name, entry, id=entry.name) for name in ASSIGNMENTS for entry in catalogue(name)]
TEXTS = {f"general {name}": text for name, text in HINTS.items()} | {
    entry.name: entry.hint for name in ASSIGNMENTS for entry in catalogue(name)
}


@pytest.mark.parametrize(("assignment", "entry"), ENTRIES)
def test_an_entry_is_named_by_what_it_computes(assignment, entry):
    about = subject(assignment, entry.function)
    found = about.settled(mistaken(about, entry))
    assert found is not None
    assert found.misconception == entry.name


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_names_are_telling_and_unique(assignment):
    names = [entry.name for entry in catalogue(assignment)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9]+(-[a-zA-Z0-9]+)+", name) for name in names)


@pytest.mark.parametrize(("assignment", "function"), functions())
def test_every_function_has_entries(assignment, function):
    assert len([entry for entry in catalogue(assignment) if entry.function == function]) >= 4


@pytest.mark.parametrize("name", TEXTS)
def test_a_hint_has_20_to_80_words(name):
    assert 20 <= len(TEXTS[name].split()) <= 80


@pytest.mark.parametrize("name", TEXTS)
def test_a_hint_is_no_code(name):
    assert not re.search(r"np\.|==|\w\(\w|\w\[|\*\*|lambda |\w/\w|@", TEXTS[name])


@pytest.mark.parametrize(("assignment", "entry"), ENTRIES)
def test_neither_message_nor_hint_has_a_line_of_the_solution(assignment, entry):
    source = papers()[assignment].answers[entry.function]
    solution = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source, re.DOTALL)
    lines = {part.strip() for text in solution for line in text.splitlines() for part in line.split("=", 1)[1:]}
    told = f"{entry.message} {entry.hint}"
    assert not [line for line in lines if re.search(r"\w\W+\w", line) and line in told]


@pytest.mark.parametrize("entry", [entry for name in ASSIGNMENTS for entry in catalogue(name)], ids=lambda e: e.name)
def test_a_message_is_one_sentence_about_the_answer(entry):
    assert entry.message.endswith(".")
    assert len(entry.message.split()) <= 30


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_entry_loses_marks(assignment):
    # No candidate is asked: the entries are trusted, and stand in the reference's place.
    graded = {function.name: function for function in papers()[assignment].functions}
    with Grader(ROOT) as grader, grader.examiner(papers()[assignment]).rehearsing() as (_, rehearsal):
        passed = [
            entry.name
            for entry in catalogue(assignment)
            if all(check.verdict is Verdict.PASSED for check in rehearsal.judge(graded[entry.function], entry.wrong))
        ]
    assert passed == []
