"""What the students of these tests were given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from classes import ASSIGNMENT, ROOT, right_answers

from autograder.api.similarities import given
from autograder.course import load
from autograder.similarity import Given, Similarity, answers_of, compare, traits_of


@pytest.fixture(scope="session")
def as_given() -> Given:
    return given(ROOT, load(ROOT).papers_of(ASSIGNMENT))


@pytest.fixture(scope="session")
def compared(as_given) -> Callable[..., Similarity]:
    def compared(
        students: Mapping[str, list[str]], mistakes: Mapping[str, Mapping[str, str]] | None = None
    ) -> Similarity:
        named = mistakes or {}
        functions = right_answers()
        return compare(
            ASSIGNMENT,
            {name: traits_of(cells, named.get(name, {}), as_given) for name, cells in students.items()},
            answers={name: answers_of(cells, functions, as_given) for name, cells in students.items()},
            functions=len(functions),
        )

    return compared
