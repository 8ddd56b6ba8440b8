"""Where a new course may be made."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UsageError


def check_new(folder: Path, instead: str = "empty this one") -> None:
    """Refuse a place for a new course that holds something.

    Parameters
    ----------
    folder : Path
        It may be absent, or empty.
    instead : str
        What the caller can do but name a new folder.

    Raises
    ------
    UsageError
        It is no folder, or not an empty one.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty. Name a new folder, or {instead}.")
