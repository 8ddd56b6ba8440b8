"""What the students of these tests were given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from classes import ASSIGNMENT, ROOT

from autograder.api.similarities import given
from autograder.course import load
from autograder.similarity import Given, Similarity, compare, traits_of


@pytest.fixture(scope="session")
def as_given() -> Given:
    return given(ROOT, load(ROOT).papers_of(ASSIGNMENT))


@pytest.fixture(scope="session")
def compared(as_given) -> Callable[..., Similarity]:
    def compared(
        students: Mapping[str, list[str]], mistakes: Mapping[str, Mapping[str, str]] | None = None
    ) -> Similarity:
        named = mistakes or {}
        return compare(
            ASSIGNMENT, {name: traits_of(cells, named.get(name, {}), as_given) for name, cells in students.items()}
        )

    return compared
