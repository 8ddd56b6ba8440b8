"""The markers round hidden tests and solutions, which nbgrader takes out before a notebook is released."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from autograder.course.configuration import CONFIG
from autograder.notebook import Cell

# nbgrader's settings of what it looks for, with its own values: what is found here, and in `notebook`.
_DELIMITERS = {
    "ClearHiddenTests.begin_test_delimeter": "BEGIN HIDDEN TESTS",
    "ClearHiddenTests.end_test_delimeter": "END HIDDEN TESTS",
    "ClearSolutions.begin_solution_delimeter": "BEGIN SOLUTION",
    "ClearSolutions.end_solution_delimeter": "END SOLUTION",
    "ClearMarkScheme.begin_mark_scheme_delimeter": "BEGIN MARK SCHEME",
    "ClearMarkScheme.end_mark_scheme_delimeter": "END MARK SCHEME",
}
# As nbgrader finds them: anywhere in a line.
_MARKER = re.compile(r"^.*?(BEGIN|END) HIDDEN TESTS", re.MULTILINE)
# A comment that was meant as one, in letters that nbgrader does not know.
_MEANT = re.compile(r"#+[ \t]*(begin|end)[ \t_-]+hidden[ \t_-]+tests?[ \t#:.]*$", re.IGNORECASE)
_SOLUTION = re.compile(r"^.*?(BEGIN|END) SOLUTION", re.MULTILINE)
_PERHAPS_SOLUTION = re.compile(r"#+[ \t]*(begin|end)[ \t_-]+(s\w+)[ \t#:.]*$", re.IGNORECASE)
_LIKE_SOLUTION = 0.75


def hidden_lines(source: str) -> range:
    """Give the line numbers, from 1, from a test cell's first marker to its last; empty where there is none."""
    lines = [n for n, line in enumerate(source.split("\n"), 1) if _MARKER.match(line)]
    return range(lines[0], lines[-1] + 1) if lines else range(0)


def marker_faults(source: str) -> list[str]:
    """Say what is wrong with the markers of a test cell: phrases to follow its name."""
    faults = [
        f"has the line {line.strip()!r}, which is no marker to nbgrader: it would hand these tests to the students. "
        f"Write '### {meant[1].upper()} HIDDEN TESTS', in capitals."
        for line in source.split("\n")
        if (meant := _MEANT.search(line)) and not _MARKER.match(line)
    ]
    markers = _MARKER.findall(source)
    if not faults and markers != ["BEGIN", "END"] * (len(markers) // 2):
        pair = "'### BEGIN HIDDEN TESTS' wants one '### END HIDDEN TESTS' after it."
        faults = [f"has hidden-test markers {markers}; each {pair}"]
    return faults


def solution_faults(number: int, cell: Cell) -> list[str]:
    """Say what is wrong with the markers round the solutions of a cell.

    Parameters
    ----------
    number : int
        Of the cell in its notebook, from 1: where it has no ID.
    cell : Cell
    """
    name, answers = cell.nbgrader.get("grade_id", ""), bool(cell.nbgrader.get("solution"))
    where = f"the {'answer cell' if answers else 'cell'} {name!r}" if name else f"cell {number}, which has no ID,"
    # In prose, and where nothing is answered, a line that looks like one may be a title.
    broken = broken_solutions if answers and cell.kind == "code" else _unpaired_solutions
    return [f"{where} {fault}" for fault in broken(cell.source)]


def broken_solutions(source: str) -> list[str]:
    """Say what is wrong with the markers round the solutions of an answer in code: phrases to follow its name."""
    misspelt = [
        f"has the line {line.strip()!r}, which is no marker to nbgrader: students would not get what stands outside "
        f"the solution. Write '### {meant[1].upper()} SOLUTION', in capitals."
        for line in source.split("\n")
        if (meant := _PERHAPS_SOLUTION.search(line)) and not _SOLUTION.match(line) and _is_like_solution(meant[2])
    ]
    return misspelt or _unpaired_solutions(source)


def _unpaired_solutions(source: str) -> list[str]:
    markers = _SOLUTION.findall(source)
    if markers == ["BEGIN", "END"] * (len(markers) // 2):
        return []
    return [f"has solution markers {markers}; each '### BEGIN SOLUTION' wants one '### END SOLUTION' after it."]


def _is_like_solution(word: str) -> bool:
    return difflib.SequenceMatcher(None, word.lower(), "solution").ratio() >= _LIKE_SOLUTION


def delimiter_faults(configured: Mapping[str, object]) -> list[str]:
    """Refuse delimiters that are not known here: hidden tests between them would be shown to students.

    Parameters
    ----------
    configured : mapping of str to object
        nbgrader's settings, see `configured`.

    Returns
    -------
    list of str
        One sentence each; none for a delimiter that holds nbgrader's own.
    """
    return [
        f"{CONFIG} sets {name} to {configured[name]!r}, and only nbgrader's own {usual!r} is known here. "
        "Take the line out, and write the markers of the source notebooks that way."
        for name, usual in _DELIMITERS.items()
        if usual not in str(configured.get(name, usual))
    ]
