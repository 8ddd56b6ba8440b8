"""The markers round hidden tests, which nbgrader takes out before a notebook is released."""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.course.configuration import CONFIG

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


def hidden_lines(source: str) -> range:
    """Give the line numbers, from 1, of the hidden region of a test cell; empty where there is none."""
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
