"""Names of files as people read them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def spelled(name: str) -> str:
    """Give a name as people read it: some systems write it in capitals, and take a letter and its accent apart."""
    return unicodedata.normalize("NFC", name).casefold()


def of_name(name: str, among: Iterable[T], name_of: Callable[[T], str]) -> list[T]:
    """Choose what bears a name: the very name, or else one that people read as the same.

    Parameters
    ----------
    name : str
    among : iterable
    name_of : callable
        Gives the name of each.

    Returns
    -------
    list
        Several where only capitals or accents tell them apart, and none has the very name.
    """
    there = list(among)
    exact = [one for one in there if name_of(one) == name]
    return exact or [one for one in there if spelled(name_of(one)) == spelled(name)]


def shown(path: Path | str) -> str:
    r"""Give a path as messages and records can hold it: a byte that is no UTF-8 as its number, such as ``\xe9``."""
    return os.fsencode(path).decode(errors="backslashreplace")
