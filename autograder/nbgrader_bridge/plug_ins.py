"""The course's own code, which nbgrader finds in the course folder; and telling which of it does not load."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from traitlets.utils.importstring import import_item

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.gradebooks import first_line


@contextlib.contextmanager
def importable(root: Path) -> Iterator[None]:
    """Let the modules in a course folder be imported meanwhile, as nbgrader does where it is started in that folder.

    No longer than the course's own code needs it: else ``reference`` and other names of the folder would stand before
    installed packages in all that is loaded while answers are graded.
    """
    place = str(root)
    sys.path.insert(0, place)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.path.remove(place)


def loaded(entry: Any) -> Any:  # noqa: ANN401 - a class, its import string, or a callable
    """Import what a course is configured with, if it is given by name.

    Raises
    ------
    BridgeError
        It cannot be imported.
    """
    if not isinstance(entry, str):
        return entry
    try:
        return import_item(entry)
    except Exception as error:
        raise not_loaded(entry, error) from error


def not_loaded(what: str, error: Exception) -> BridgeError:
    """Say that a part of a course's configuration cannot be loaded."""
    # traitlets says that an import failed, and not why.
    cause = error.__cause__ if isinstance(error.__cause__, ImportError) else error
    reason = first_line(cause).rstrip(".")
    reason = reason if isinstance(cause, ImportError) else f"{type(cause).__name__}: {reason}"
    return BridgeError(
        f"nbgrader_config.py names {what}, which cannot be loaded: {reason}. See that it is installed, or lies in the "
        "course folder, and mend it; then run it again."
    )
