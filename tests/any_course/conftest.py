"""All patterns in one course without a reference, and a grader for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from any_patterns import NAMES, write

from autograder.api import Grader


@pytest.fixture(scope="session")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("patterns")
    for pattern in NAMES:
        write(pattern, root / "source" / pattern)
    return root


@pytest.fixture(scope="session")
def grader(patterns: Path) -> Iterator[Grader]:
    with Grader(patterns) as grader:
        yield grader
