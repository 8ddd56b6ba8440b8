"""Putting submissions where nbgrader looks for them, whole or not at all."""

from __future__ import annotations

import filecmp
import tempfile
from datetime import UTC
from pathlib import Path

from autograder.collection.planning import Submission
from autograder.collection.unpacking import copy

_TIME = "%Y-%m-%d %H:%M:%S.%f UTC"


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
            (fresh / "timestamp.txt").write_text(submission.when.astimezone(UTC).strftime(_TIME), encoding="utf-8")
        if not folder.exists():
            fresh.rename(folder)
            return "new"
        if _equal(fresh, folder):
            return "the same as before"
        folder.rename(Path(beside) / "old")
        fresh.rename(folder)
        return "in place of the one before"


def _equal(one: Path, other: Path) -> bool:
    files = [sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file()) for root in (one, other)]
    return files[0] == files[1] and not filecmp.cmpfiles(one, other, map(str, files[0]), shallow=False)[1]
