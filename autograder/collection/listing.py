"""Opening an archive within an archive: Python reads all of its list of entries at once, before any can be counted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

MOST_OF_A_LIST = 5 * 2**20
"""Bytes: 20,000 entries with names and times of 200; as many as fit are read in three seconds."""


class LongListError(Exception):
    """What an archive says that it has is too long to be read."""


class _Bounded(io.BufferedReader):
    def read(self, size: int | None = -1, /) -> bytes:
        # Of what is packed, zipfile reads a little at a time; and it looks for the list from the end of the file.
        all_of_it = size is None or size < 0
        data = super().read(MOST_OF_A_LIST + 1 if all_of_it else min(size or 0, MOST_OF_A_LIST + 1))
        if len(data) > MOST_OF_A_LIST:
            raise LongListError
        return data


def opened(path: Path) -> zipfile.ZipFile:
    """Open an archive whose list of entries is not too long.

    Raises
    ------
    LongListError
        Where it is.
    zipfile.BadZipFile, OSError, ValueError
        Where it is no sound archive, or cannot be read.
    """
    file = _Bounded(io.FileIO(path))
    try:
        return _Owning(file)
    except BaseException:
        file.close()
        raise


class _Owning(zipfile.ZipFile):
    """Closes the file that it was given, as one closes the file that it opens."""

    def close(self) -> None:
        file = self.fp
        super().close()
        if file is not None:
            file.close()
