"""Mutants that the instructor has looked at and calls no mistake: ``reference/confirmed/<assignment>.toml``.

::

    [backward_propagation_n]
    "strict-gt-to-ge@39" = "At exactly 0 the ReLU has no derivative: either side is right."
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import CourseError


def confirmed(root: Path, assignment: str, functions: Iterable[str]) -> dict[str, dict[str, str]]:
    """Read which mutants are confirmed, and why.

    Parameters
    ----------
    root : Path
        The course folder; one without the file has confirmed nothing.
    assignment : str
    functions : iterable of str
        The graded functions, of all its notebooks.

    Returns
    -------
    dict of str to dict of str to str
        By function and mutant, the reason.

    Raises
    ------
    CourseError
        With every fault of the file.
    """
    path = root / "reference" / "confirmed" / f"{assignment}.toml"
    if not path.is_file():
        return {}
    where = f"reference/confirmed/{assignment}.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError([f"{where} cannot be read: {error}."]) from None
    faults = []
    known = tuple(functions)
    for function, table in document.items():
        if function not in known:
            faults.append(f"{where}: {function!r} is no graded function; known are {', '.join(known)}.")
        elif not isinstance(table, dict):
            faults.append(f"{where}: {function} is {table!r}; a table of mutants and reasons is wanted.")
        else:
            faults += [
                f"{where}: {function}.{mutant} has the reason {reason!r}; a sentence is wanted."
                for mutant, reason in table.items()
                if not isinstance(reason, str) or not reason.strip()
            ]
    if faults:
        raise CourseError(faults)
    return document
