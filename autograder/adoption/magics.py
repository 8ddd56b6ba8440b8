"""Cell magics that a kernel obeys and that are not run here: what a test cell lacks for want of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.adoption.records import AdoptedCell
from autograder.notebook import CodeCell

_WRITES = re.compile(r"\s*%%(?:write)?file[ \t]+(?:-a[ \t]+)?['\"]?([^\s'\"]+)")
# What makes files, or runs another program that may.
_NOT_RUN = re.compile(r"\s*(%%(?:writefile|file|bash|sh|script|cmd|system|sx|!)\b.*)")
_CAPTURES = re.compile(r"\s*(%%capture[ \t]+(?:--?[\w-]+[ \t]+)*([A-Za-z_]\w*))")


def written_modules(cells: Iterable[CodeCell]) -> set[str]:
    """Give the names of the modules that a notebook writes itself, with ``%%writefile``."""
    files = [Path(found[1]) for cell in cells if (found := _WRITES.match(cell.source))]
    return {file.stem for file in files if file.suffix == ".py"}


def told_of_magics(adopted: Iterable[AdoptedCell], cells: Sequence[CodeCell]) -> tuple[AdoptedCell, ...]:
    """Name the magic behind other marks than nbgrader's, where there is one: the solution is not to blame.

    Parameters
    ----------
    adopted : iterable of AdoptedCell
    cells : sequence of CodeCell
        Of the notebook, in order.
    """
    return tuple(one if one.equal or not (why := _why(one.grade_id, cells)) else _told(one, why) for one in adopted)


def _told(cell: AdoptedCell, why: str) -> AdoptedCell:
    marks = cell.reason.partition(". ")[0]
    return replace(cell, reason=f"{marks}. {why}")


def _why(grade_id: str, cells: Sequence[CodeCell]) -> str:
    place = next(number for number, cell in enumerate(cells) if cell.grade_id == grade_id)
    above = [cell.source for cell in cells[:place]]
    for magic, name in (found.groups() for text in above if (found := _CAPTURES.match(text))):
        if re.search(rf"\b{name}\b", cells[place].source):
            return (
                f"`{magic}` binds no name here, and the cell uses `{name}`. Write "
                f"`with contextlib.redirect_stdout(io.StringIO()) as {name}:` and {name}.getvalue()."
            )
    magic = next((found[1].strip() for text in above if (found := _NOT_RUN.match(text))), "")
    if not magic:
        return ""
    return (
        f"The cell `{magic}` above it is not run here. Put what it makes into a file beside the notebook, or into a "
        "cell in Python."
    )
