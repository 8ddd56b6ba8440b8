"""Frozen records of what grading found; the one vocabulary that all rooms share."""

from __future__ import annotations

import ast
import html
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

SCHEMA_VERSION = 1
_CLOSE = 1e-9
_WIDEST = 60
# Of what is not broken in a long value, with room for the margin and for what stands before and behind its brackets.
_MOST_KEPT = _WIDEST - 16
# In the place of a space at which no line ends; no code has it.
_KEPT = "\0"
_CODE = re.compile("`([^`]+)`")
NOT_GRADED = "This check could not be graded, for a reason that is not yours. Your instructor will look at it."
"""What a student reads of a check that has no score for a reason of ours."""


WAITS = "waits for a person"
"""What people read in the place of the verdict on a function that `FunctionResult.waits`."""


class Verdict(StrEnum):
    """What became of a check, or of a function as a whole."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    MISSING = "missing"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    INTERNAL_ERROR = "internal_error"


class Trust(StrEnum):
    """Where a check was decided."""

    EXAMINED = "examined"
    IN_CANDIDATE = "in-candidate"


def one_line(text: str, length: int) -> str:
    """Give a text that a student may have had a say in as one line of characters that only show.

    Parameters
    ----------
    text : str
    length : int
        In characters; the rest is cut off.

    Returns
    -------
    str
        Without control characters, ANSI sequences among them, line ends and marks that turn the direction of writing.
    """
    shown = "".join(character if character.isprintable() else " " for character in text[: 4 * length])
    return " ".join(shown.split())[:length]


def harmless(value: object) -> object:
    """Give a value as it may stand in a spreadsheet: no control characters, and an apostrophe before a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        value = "".join(c if c.isprintable() or c in "\t\r\n" else " " for c in value)
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value
    return value


def in_html(text: str) -> str:
    """Give a message as HTML: all of it escaped, and what stands in backticks as code.

    Parameters
    ----------
    text : str
        A student may have had a say in it. A backtick without another stays as it is.
    """
    # Escaping makes no backtick and takes none away.
    return _CODE.sub(r"<code>\1</code>", html.escape(text))


@dataclass(frozen=True, slots=True)
class Isolation:
    """How far the student's code was kept apart.

    Parameters
    ----------
    level : {"full", "reduced", "none"}
    layers : tuple of str
        The barriers that were in force.
    """

    level: str
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a check held against a threshold; for the instructor.

    Parameters
    ----------
    name : str
        What was measured.
    value : float
    threshold : float
    wanted : {"below", "above"}
        On which side of the threshold the number had to be.
    """

    name: str
    value: float
    threshold: float
    wanted: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One test cell.

    Parameters
    ----------
    grade_id : str
        nbgrader's name of the cell.
    score, max_score : float
        Points. `score` is None where a person decides: the check is `undecided`, or the verdict an internal error.
    verdict : Verdict
    message : str
        For the student: what was seen; empty for a passed check. Of an internal error it is for the instructor, and
        may quote a hidden test: what the student reads is `told`.
    trust : Trust
    measures : tuple of Measure
        In the order in which they were made; the last one decided where the check did not pass.
    """

    grade_id: str
    score: float | None
    max_score: float
    verdict: Verdict
    message: str = ""
    trust: Trust = Trust.EXAMINED
    measures: tuple[Measure, ...] = ()

    @property
    def told(self) -> str:
        """Give what the student reads."""
        return NOT_GRADED if self.verdict is Verdict.INTERNAL_ERROR else self.message

    @property
    def undecided(self) -> bool:
        """Tell whether the answer is too close to call; nothing of ours failed."""
        return self.score is None and self.verdict is not Verdict.INTERNAL_ERROR


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A recognized mistake.

    Parameters
    ----------
    misconception : str
        The name in the catalogue.
    message : str
        What the answer does.
    hint : str
        What to think about.
    """

    misconception: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A small case on which an answer and what is right differ; never a hidden test.

    Parameters
    ----------
    inputs : dict of str to str
        What to call the function with, by parameter, each as Python code; before them, functions that stand in for
        others of the notebook.
    yours, expected : dict of str to str
        Outputs that differ, by name, as Python code. `yours` lacks what the answer does not give as numbers.
    missing : tuple of str
        Those of them that the answer does not give at all.
    """

    inputs: dict[str, str]
    yours: dict[str, str]
    expected: dict[str, str]
    missing: tuple[str, ...] = ()

    def differences(self, say: Callable[..., str] = str.format) -> list[str]:
        """Say each output that differs in a sentence.

        Parameters
        ----------
        say : callable
            Gives an English message, with values in the place of its placeholders; in English when not given.
        """
        return [
            say("{name} is missing; right is {expected}", name=name, expected=expected)
            if name in self.missing
            else say(
                "{name} is {yours}; right is {expected}",
                name=name,
                yours=self.yours.get(name, say("something else")),
                expected=expected,
            )
            for name, expected in self.expected.items()
        ]

    def code(self, function: str) -> str:
        """Write the inputs and the call as code to be pasted into the notebook.

        Functions that stand in for the notebook's own are put back after the call: a graded one would be lost with its
        points, and so would the notebook's next cells.

        Parameters
        ----------
        function : str
            The graded function's name.
        """
        arguments = [name for name, text in self.inputs.items() if not text.startswith("lambda ")]
        call = f"{function}({', '.join(arguments)})"
        if len(arguments) == len(self.inputs):
            return "\n".join([*(f"{name} = {_on_lines(text)}" for name, text in self.inputs.items()), call])
        held = [f'    "{name}": {_on_lines(text)},' for name, text in self.inputs.items()]
        # On one line, for some of those who show it take the spaces before a line away.
        replaced = f"with patch.dict(globals(), example): print({call})"
        return "\n".join(["from unittest.mock import patch", "example = {", *held, "}", replaced])


def _on_lines(text: str) -> str:
    """Write a long value on several lines, an entry of a dictionary on each; it stays whole where it cannot be broken.

    All breaks are in brackets, so what stands before a line does not matter.
    """
    if len(text) <= _WIDEST:
        return text
    try:
        value = ast.parse(text, mode="eval")
        broken = "\n".join(_lines(text, value.body))
        return broken if ast.dump(ast.parse(broken, mode="eval")) == ast.dump(value) else text
    except SyntaxError:  # no text of Python's, or none between whose words a line may end
        return text


def _lines(text: str, value: ast.expr) -> list[str]:
    if not isinstance(value, ast.Dict):
        return _wrapped(text)
    entries = [
        f"{ast.get_source_segment(text, key)}: {ast.get_source_segment(text, one)},"
        for key, one in zip(value.keys, value.values, strict=True)
        if key is not None
    ]
    return ["{", *(f"    {line}" for entry in entries for line in _wrapped(entry)), "}"]


def _wrapped(text: str) -> list[str]:
    """Break a text at its spaces, but in no brackets whose content has room on a line."""
    wrapped = textwrap.TextWrapper(_WIDEST, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return [line.replace(_KEPT, " ") for line in wrapped.wrap(_joined(text))]


def _joined(text: str) -> str:
    """Put a mark in the place of each space that stays; brackets in texts do no harm, for the caller compares."""
    opened: list[int] = []
    joined = text
    for place, character in enumerate(text):
        if character in "([{":
            opened.append(place)
        elif character in ")]}" and opened:
            first = opened.pop()
            if opened and place - first <= _MOST_KEPT:
                joined = joined[:first] + joined[first:place].replace(" ", _KEPT) + joined[place:]
    return joined


@dataclass(frozen=True, slots=True)
class FunctionResult:
    """One graded function.

    Parameters
    ----------
    name : str
    verdict : Verdict
    score, max_score : float
        Points of all its test cells; one without a score counts as 0.
    checks : tuple of CheckResult
        Its test cells, in the notebook's order.
    diagnosis : Diagnosis or None
        None where the answer is right, or no mistake is recognized.
    counterexample : Counterexample or None
    """

    name: str
    verdict: Verdict
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    diagnosis: Diagnosis | None = None
    counterexample: Counterexample | None = None

    @property
    def waits(self) -> bool:
        """Tell whether it has no marks only because a person has not decided yet; its verdict is ``failed`` till then.

        What people read is `WAITS`: nothing of it has failed.
        """
        lost = [check for check in self.checks if check.score is None or check.score < check.max_score]
        return self.verdict is Verdict.FAILED and bool(lost) and all(check.undecided for check in lost)


@dataclass(frozen=True, slots=True)
class NotebookResult:
    """One notebook.

    Parameters
    ----------
    notebook : str
        The path as the caller gave it.
    assignment : str
    score, max_score : float
        Points; checks without a score count as 0 and set `needs_manual_grade`.
    needs_manual_grade : bool
    seconds : float
        Wall time of grading, without start-up.
    isolation : Isolation
    functions : tuple of FunctionResult
    notices : tuple of str
        For the instructor: what was odd about the notebook.
    schema_version : int
        Of the record as JSON; it grows when a field changes its meaning or goes.
    """

    notebook: str
    assignment: str
    score: float
    max_score: float
    needs_manual_grade: bool
    seconds: float
    isolation: Isolation
    functions: tuple[FunctionResult, ...]
    notices: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The test cells of all its functions."""
        return tuple(check for function in self.functions for check in function.checks)

    @property
    def internal_error(self) -> bool:
        """Tell whether a check has no score for a reason of ours."""
        return any(function.verdict is Verdict.INTERNAL_ERROR for function in self.functions)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is no notebook.

    Parameters
    ----------
    notebook : str
        The path as the caller gave it.
    error : str
        What came, and what was wanted.
    """

    notebook: str
    error: str


def same_score(one: float | None, other: float | None) -> bool:
    """Tell whether two scores are the same, but for rounding; None, which is no score, is the same as None alone."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _CLOSE


def verdict_under(points: float, max_score: float, found: Verdict) -> Verdict:
    """Give the verdict that goes with points which a person gave.

    Parameters
    ----------
    points, max_score : float
    found : Verdict
        What grading found; it stays as the reason why there are no points.
    """
    if points >= max_score:
        return Verdict.PASSED
    if points:
        return Verdict.PARTIAL
    return Verdict.FAILED if found in {Verdict.PASSED, Verdict.PARTIAL, Verdict.INTERNAL_ERROR} else found


def function_verdict(checks: tuple[CheckResult, ...]) -> Verdict:
    """Sum up the test cells of one function.

    Returns
    -------
    Verdict
        An internal error outweighs all; full marks, or more with extra credit, are ``passed``, whatever a check worth
        nothing says, and some marks ``partial``; without a mark the first check that did not pass speaks for the
        function. An undecided check has no marks as long as nobody has decided.
    """
    if any(check.verdict is Verdict.INTERNAL_ERROR for check in checks):
        return Verdict.INTERNAL_ERROR
    if all((check.score or 0.0) >= check.max_score for check in checks):
        return Verdict.PASSED
    if any(check.score for check in checks):
        return Verdict.PARTIAL
    return next((check.verdict for check in checks if check.verdict is not Verdict.PASSED), Verdict.FAILED)
