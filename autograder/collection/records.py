"""What an archive holds: the files that are taken out of it, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_NAMED = 10

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not collected.

    Parameters
    ----------
    name : str
        In the archive.
    reason : str
    owner : str
        Who seems to have handed it in; empty where that is nobody.
    limit : bool
        Whether a limit of ours is the reason.
    typed_by : str
        The student who typed it into the platform; empty where it is a file, or it is not clear whose it is.
    """

    name: str
    reason: str
    owner: str = ""
    limit: bool = False
    typed_by: str = ""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file out of an archive.

    Parameters
    ----------
    parts : tuple of str
        Its name there, from the outermost folder on; a zip archive within counts as a folder.
    file : Path
        Where it is now.
    modified : datetime or None
        The archive's word.
    nested : bool
        Whether it came out of an archive in the archive.
    owner : str
        Who seems to have handed it in, by the outermost names alone.
    """

    parts: Parts
    file: Path
    modified: datetime | None = None
    nested: bool = False
    owner: str = ""

    @property
    def name(self) -> str:
        """Its name in the archive."""
        return "/".join(self.parts)


def few(left: Sequence[Left]) -> list[Left]:
    """Name some of what one person handed in, and count the rest: there may be thousands.

    Parameters
    ----------
    left : sequence of Left

    Returns
    -------
    list of Left
        In their order; who has more than a few, with one that counts the others.
    """
    of_all, so_far, named = Counter(one.owner for one in left), Counter[str](), []
    for one in left:
        so_far[one.owner] += 1
        if not one.owner or so_far[one.owner] <= _NAMED:
            named.append(one)
        elif so_far[one.owner] == _NAMED + 1:
            named.append(Left(one.owner, f"and {of_all[one.owner] - _NAMED:,} more files", one.owner))
    return named
