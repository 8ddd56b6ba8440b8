"""Opening a gradebook, and telling in a line that it cannot be used: SQLAlchemy tells it in eighty."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from nbgrader.api import Gradebook
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from autograder.errors import GradebookError


@contextlib.contextmanager
def gradebook(url: str, course_id: str) -> Iterator[Gradebook]:
    """Open a gradebook.

    Parameters
    ----------
    url : str
        Of SQLAlchemy's.
    course_id : str

    Raises
    ------
    GradebookError
        It cannot be opened, or refuses what is asked of it.
    """
    try:
        with Gradebook(url, course_id) as opened:
            yield opened
    except SQLAlchemyError as error:
        raise GradebookError(
            f"The gradebook {_place(url)} cannot be used: {first_line(error)}. If another program has it open, close "
            "that; if it is damaged, put back a copy of it that is whole; then run it again."
        ) from error


def first_line(error: BaseException) -> str:
    """Give what an exception says, without its appendices."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def _place(url: str) -> str:
    found = make_url(url)
    file = found.database if found.get_backend_name() == "sqlite" else None
    return file or found.render_as_string(hide_password=True)
