"""Putting submissions where nbgrader looks for them, whole or not at all."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from autograder.collection.planning import Submission
from autograder.collection.unpacking import copy

_TIME = "%Y-%m-%d %H:%M:%S.%f UTC"
_TIMES = (_TIME, "%Y-%m-%d %H:%M:%S UTC")
_TIME_FILE = "timestamp.txt"
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
            (fresh / _TIME_FILE).write_text(submission.when.astimezone(UTC).strftime(_TIME), encoding="utf-8")
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


def newer_stored(submission: Submission, folder: Path) -> datetime | None:
    """Give the time of what is stored, where that is newer than a submission; None also where a time is not known.

    Parameters
    ----------
    submission : Submission
    folder : Path
        nbgrader's ``submitted/<student>/<assignment>``.
    """
    stored, comes = _time_in(folder / _TIME_FILE), handed_in(submission)
    return stored if stored is not None and comes is not None and comes < stored else None


def loses_time(submission: Submission, folder: Path) -> bool:
    """Tell whether what is stored says when it was handed in, and a submission that takes its place does not."""
    return handed_in(submission) is None and _time_in(folder / _TIME_FILE) is not None


def handed_in(submission: Submission) -> datetime | None:
    """Give the time of a submission: the platform's word, or nbgrader's beside the notebook."""
    beside = submission.files.get((_TIME_FILE,))
    return submission.when or (_time_in(beside.file) if beside is not None else None)


def _time_in(file: Path) -> datetime | None:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        return None
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _equal(one: Path, other: Path) -> bool:
    files = [sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file()) for root in (one, other)]
    return files[0] == files[1] and not filecmp.cmpfiles(one, other, map(str, files[0]), shallow=False)[1]
