"""An answer whose true verdict is known before it is graded."""

from __future__ import annotations

import difflib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """One answer to one graded function.

    Parameters
    ----------
    function : str
        The graded function.
    name : str
        Unique for the function and readable, such as ``axis-1-to-0@12``; the number is the line in the answer cell.
    source : str
        Text of the whole answer cell.
    change : str
        How it differs from the reference's cell: a unified diff without headers; empty where it was written by hand.
    """

    function: str
    name: str
    source: str
    change: str = ""


def difference(before: str, after: str) -> str:
    """Show how a text was changed.

    Returns
    -------
    str
        A unified diff with one line of context, without its headers.
    """
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
