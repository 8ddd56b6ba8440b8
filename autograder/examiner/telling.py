"""Which keys of a right result the messages of a notebook's tests may name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.course import Paper

_QUOTED = re.compile(r"""(["'`])([^\W\d]\w*)\1""")


def known_keys(paper: Paper) -> frozenset[str]:
    """Give the names that the code of a notebook has in quotes outside of its hidden tests.

    What only a hidden test asks for tells what it asks, as where the words of a text are the keys.
    """
    return frozenset(match[2] for text in _open_texts(paper) for match in _QUOTED.finditer(text))


def _open_texts(paper: Paper) -> Iterator[str]:
    yield from (cell.source for cell in paper.cells if cell.kind != "test")
    yield from (test.visible for function in paper.functions for test in function.tests)
