"""Putting submissions where nbgrader looks for them, whole or not at all."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from datetime import UTC
from pathlib import Path

from autograder.collection.planning import Submission
from autograder.collection.unpacking import copy

_TIME = "%Y-%m-%d %H:%M:%S.%f UTC"
TIME_FILE = "timestamp.txt"
"""Where nbgrader looks for the time of a submission."""
_OLD = ".autograder-old-"


def store(submission: Submission, folder: Path) -> str:
    """Write a submission, in place of an earlier one.

    Parameters
    ----------
    submission : Submission
    folder : Path
        nbgrader's ``submitted/<student>/<assignment>``.

    Returns
    -------
    {"new", "the same as before", "in place of the one before"}
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".collecting-") as beside:
        fresh = Path(beside) / "new"
        for parts, unpacked in submission.files.items():
            target = fresh.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy(unpacked.file, target)
        if submission.when is not None:
            (fresh / TIME_FILE).write_text(submission.when.astimezone(UTC).strftime(_TIME), encoding="utf-8")
        if not folder.exists():
            fresh.rename(folder)
            return "new"
        if _equal(fresh, folder):
            return "the same as before"
        _replace(folder, fresh)
        return "in place of the one before"


def _replace(folder: Path, fresh: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    # Not in the temporary folder: whatever happens, nothing removes what a student has handed in.
    old = folder.with_name(_OLD + folder.name)
    shutil.rmtree(old, ignore_errors=True)
    try:
        folder.rename(old)
        fresh.rename(folder)
    except BaseException:
        if not folder.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _equal(one: Path, other: Path) -> bool:
    files = [sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file()) for root in (one, other)]
    return files[0] == files[1] and not filecmp.cmpfiles(one, other, map(str, files[0]), shallow=False)[1]
