"""What ends the building of a value, and is not the value's doing, is no lie of the value's."""

from __future__ import annotations

import pytest

from autograder.errors import CandidateTimeoutError, NotebookTimeoutError, SandboxError, WireError
from autograder.wire import library


class Unit:
    """A part at which the building is ended."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __hash__(self) -> int:
        raise self._error


LIMITS = [CandidateTimeoutError("late"), NotebookTimeoutError("late"), SandboxError("busy"), MemoryError()]


@pytest.mark.parametrize("error", LIMITS, ids=lambda error: type(error).__name__)
def test_a_limit_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        library.build("dates", (Unit(error), 1, None))
    assert raised.value is error


@pytest.mark.parametrize("error", [TypeError(), OSError(), KeyError()], ids=lambda error: type(error).__name__)
def test_whatever_else_is_raised_tells_of_parts_that_make_no_value(error: Exception) -> None:
    with pytest.raises(WireError, match=type(error).__name__):
        library.build("dates", (Unit(error), 1, None))
