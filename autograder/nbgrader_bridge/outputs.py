"""A check as the cell outputs that nbgrader's `determine_grade` reads (nbgrader 0.9.6, utils.py:128).

==================  ==========================================  ==========
check               outputs                                     auto_score
==================  ==========================================  ==========
passed              none                                        points
some of the points  message, then one execute_result            the score
no points           one error                                   0
no score            a note on stdout, for `SaveVerdicts`        None
==================  ==========================================  ==========

nbgrader gives full marks for no output, and for a partial score that is negative or NaN. So a score that is not
finite is never written: it is no score.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.language import Speaker
from autograder.results import NOT_GRADED, CheckResult, Verdict

# ANSI sequences and the other control characters, but no line feed and no tab: they would style or hide feedback.
CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Written:
    """The outputs of a test cell.

    Parameters
    ----------
    outputs : list of NotebookNode
    withheld : bool
        Whether the outputs stand for no score at all.
    """

    outputs: list[NotebookNode]
    withheld: bool = False


def write(check: CheckResult | None, points: float, say: Speaker) -> Written:
    """Say a check as outputs.

    Parameters
    ----------
    check : CheckResult or None
        None when the test cell was not graded.
    points : float
        What nbgrader's cell is worth; a score is clamped to [0, points].
    say : Speaker

    Returns
    -------
    Written
        Withheld when there is no check, no score, or a score that is not finite.
    """
    if check is None or check.score is None or not math.isfinite(check.score):
        reason = plain(say.text(check.message)) if check is not None and check.undecided else withheld(say)
        return Written([new_output("stream", name="stdout", text=f"{reason}\n")], withheld=True)
    score = min(max(float(check.score), 0.0), points)
    message = plain(say.text(check.message))
    if check.verdict is Verdict.PASSED and score >= points:
        return Written([])
    if score <= 0:
        return Written([refused(check.verdict, message)])
    note = [new_output("stream", name="stdout", text=message + "\n")] if message else []
    return Written([*note, new_output("execute_result", data={"text/plain": repr(score)})])


def plain(text: str) -> str:
    """Take the control characters out of a text that a student's code may have had a say in."""
    return CONTROLS.sub("", text)


def withheld(say: Speaker) -> str:
    """Say that a check has no score."""
    return say.text(NOT_GRADED)


def refused(verdict: Verdict, message: str) -> NotebookNode:
    """Make the output of a test cell that gave no points.

    Parameters
    ----------
    verdict : Verdict
    message : str
        For the student; control characters are taken out.
    """
    message = plain(message)
    name = "".join(part.capitalize() for part in verdict.split("_"))
    return new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}" if message else name])
