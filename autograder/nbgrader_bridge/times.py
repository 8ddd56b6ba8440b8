"""When something was handed in: `timestamp.txt`, which lies in a folder that its student can write.

nbgrader opens whatever has that name, and ends with an error where it holds no time.
"""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

TIME_FILE = "timestamp.txt"
# A time has some thirty characters.
_LONGEST = 200


class ForgivingDirectory(CourseDirectory):
    """nbgrader's view of the folders, to which a file without a time in it is no file."""

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """Read when a submission was handed in, in UTC without saying so; nbgrader calls it."""
        return time_in(Path(dest_path))


def time_in(folder: Path) -> datetime | None:
    """Read when what lies in a folder was handed in.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    datetime or None
        In UTC without saying so; None where no file tells.
    """
    return told_in(folder / TIME_FILE)


def told_in(file: Path) -> datetime | None:
    """Read the time in a file, as `time_in`."""
    text = text_of(file, _LONGEST).strip()
    return time_of(text) if text else None


def tells_no_time(folder: Path) -> bool:
    """Tell whether a folder has something for a time that is none."""
    return os.path.lexists(folder / TIME_FILE) and time_in(folder) is None


def time_of(text: str) -> datetime | None:
    """Read a time as nbgrader does; None where it is none."""
    try:
        at: datetime = parse_utc(text)
    except Exception:  # noqa: BLE001 - dateutil raises a good many things for what people can write
        return None
    return at


def text_of(path: Path, longest: int) -> str:
    """Read a small file that a student has put there; empty where it is none, or no UTF-8, or larger.

    Parameters
    ----------
    path : Path
        A link, a pipe and a folder are no files.
    longest : int
        In bytes.
    """
    try:
        # A pipe would be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(longest + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
            return data.decode() if len(data) <= longest else ""
    except (OSError, UnicodeDecodeError):
        return ""
