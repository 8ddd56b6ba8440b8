"""What tracebacks call cells: the file names under which their code is compiled."""

from __future__ import annotations

_GIVEN, _SOURCE, _TEST = "<given cell ", "<source cell ", "<test "


def own_cell(number: int) -> str:
    """Name a cell of a student's."""
    return f"<cell {number}>"


def given_cell(number: int) -> str:
    """Name one of the instructor's locked cells."""
    return f"{_GIVEN}{number}>"


def source_cell(number: int) -> str:
    """Name another cell of the source notebook."""
    return f"{_SOURCE}{number}>"


def graded_cell(grade_id: str) -> str:
    """Name a test cell."""
    return f"{_TEST}{grade_id}>"


def is_given(file: str) -> bool:
    """Tell whether a name is that of one of the instructor's locked cells."""
    return file.startswith(_GIVEN)


def is_instructors(file: str) -> bool:
    """Tell whether a name is that of a cell of the instructor's, of any kind."""
    return file.startswith((_GIVEN, _SOURCE, _TEST))
