"""Running one test cell in the examiner, and what its outcome means."""

from __future__ import annotations

import ast
import itertools
import math
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.checks import CheckFailed, TooClose
from autograder.checks.failure import past_doubts
from autograder.course import TestCell
from autograder.errors import (
    CandidateError,
    CandidateMemoryError,
    CandidateTimeoutError,
    NotebookTimeoutError,
    SandboxError,
    WireError,
    sentence,
)
from autograder.examiner.guard import is_of_means
from autograder.examiner.mishaps import MAX_MESSAGE, placed, unfinished
from autograder.examiner.remote import builtin_name, text_of
from autograder.results import CheckResult, Verdict, failure, one_line
from autograder.statements import graded_cell, is_instructors, without_magics
from autograder.wire import Raised, number_in

_NO_TIME_LEFT = (
    "The time for the whole notebook was used up before this test ended: its cells and calls took too long in all."
)
HOLLOW = (
    "The answer has no entries, or missing ones such as NaN, where the right one has all, so that this test may have "
    "compared nothing. A person will look at it."
)
# What comes of the name of a file.
_OF_NAMES = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError, PermissionError)
# Where NumPy's report on unequal arrays begins; its words differ between versions.
_REPORT = re.compile(r"^(?:Mismatched|Max |ACTUAL|x and y)|^[+-]?(?:nan|inf) location mismatch")
_SHAPES = re.compile(r"\(shapes .* mismatch\)$")


@dataclass(frozen=True, slots=True)
class CompiledCell:
    """A test cell, compiled once for all submissions.

    Parameters
    ----------
    test : TestCell
    run : callable
        Given the globals, runs the cell and gives the value of its last expression.
    """

    test: TestCell
    run: Callable[[dict[str, Any]], Any]


def compiled(test: TestCell) -> CompiledCell:
    """Compile a test cell.

    Raises
    ------
    SyntaxError
        Where the instructor's cell is no Python.
    """
    tree = ast.parse(without_magics(test.source))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    silent = test.source.rstrip().endswith(";")
    file = graded_cell(test.grade_id)
    body = compile(tree, file, "exec")
    value = compile(ast.Expression(last.value), file, "eval") if isinstance(last, ast.Expr) else None

    def run(scope: dict[str, Any]) -> Any:  # noqa: ANN401
        exec(body, scope)  # noqa: S102 - the instructor's own code
        result = eval(value, scope) if value is not None else None  # noqa: S307
        return None if silent else result

    return CompiledCell(test, run)


def passed(test: TestCell, value: object) -> CheckResult:
    """Score a cell that ran to its end: a number as its last value is partial credit, anything else full marks."""
    score = number_in(value)
    if score is not None:
        if not math.isfinite(score) or not 0 <= score <= test.points:
            text = f"the test cell gave itself {score} of {test.points} points"
            return CheckResult(test.grade_id, None, test.points, Verdict.INTERNAL_ERROR, text)
        if score < test.points:
            verdict = Verdict.PARTIAL if score else Verdict.FAILED
            message = "Some of what this cell tests does not hold."
            return CheckResult(test.grade_id, score, test.points, verdict, message)
    return CheckResult(test.grade_id, test.points, test.points, Verdict.PASSED)


def failed(test: TestCell, error: BaseException) -> CheckResult:
    """Turn what ended a test cell early into a result without marks; without a score where a person decides."""
    if isinstance(error, TooClose):
        message = one_line(str(error), MAX_MESSAGE)
        return CheckResult(test.grade_id, None, test.points, Verdict.FAILED, message)
    if _is_ours(error):
        return ungraded(test, failure(text_of(error) or type(error).__name__))
    verdict, message = _verdict(test, error)
    return CheckResult(test.grade_id, 0.0, test.points, verdict, one_line(message, MAX_MESSAGE))


def beyond_doubt(run: Callable[[], CheckResult]) -> CheckResult:
    """Run a test cell, and where a doubt ends it, once more past all doubts: what is plainly wrong outweighs them.

    A test may catch what a check raises, and decide by it; so the checks do raise, as in a kernel, and only a cell that
    a doubt has ended is gone through to its end.

    Parameters
    ----------
    run : callable
        Runs the cell from its own beginning.

    Returns
    -------
    CheckResult
        Without a score, where a doubt ended the cell and nothing in it is plainly wrong.
    """
    result = run()
    if not result.undecided:
        return result
    with past_doubts():
        again = run()
    return again if again.score == 0 else result


def ungraded(test: TestCell, reason: str) -> CheckResult:
    """Give a test cell no score, and a human the reason."""
    return CheckResult(test.grade_id, None, test.points, Verdict.INTERNAL_ERROR, one_line(reason, MAX_MESSAGE))


def tells(test: TestCell, error: BaseException) -> bool:
    """Say whether an exception's own text may be shown: only what an open line raised, before any hidden one."""
    hidden = test.hidden_lines()
    return not hidden or 0 < _line_of(error, test) < hidden.start


def names_a_file(error: BaseException) -> bool:
    """Tell whether a test has named a file that it cannot have: by itself, or as an answer says."""
    return isinstance(error, _OF_NAMES) and not hasattr(error, "raised") and _is_of_instructors(error)


def line_of(test: TestCell, error: BaseException) -> str:
    """Give the line of a test cell that an exception passed through; empty where it is none.

    Of a statement over several lines, all of it in one; never what holds hidden lines.
    """
    number = _line_of(error, test)
    if not number:
        return ""
    statement = _statement_at(number, test)
    if statement is None or statement.lineno == statement.end_lineno:
        return test.source.split("\n")[number - 1].strip()
    return ast.unparse(statement)


def _statement_at(number: int, test: TestCell) -> ast.stmt | None:
    """Give the statement without others inside that a line belongs to, unless it reaches over hidden lines."""
    hidden = test.hidden_lines()
    for node in ast.walk(ast.parse(without_magics(test.source))):
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and not isinstance(node, ast.Match):
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            if number in lines and not set(lines) & set(hidden):
                return node
    return None


def _is_ours(error: BaseException) -> bool:
    """Tell whether it is neither the student's nor the test's doing that a test cell ended."""
    if isinstance(error, SandboxError):
        return True
    if isinstance(error, CandidateError) or hasattr(error, "raised"):
        return False
    if is_of_means(error):
        return True
    # Tests compute with a student's values, and stumble over them; the examiner round them does not.
    return not _is_of_instructors(error)


def _is_of_instructors(error: BaseException) -> bool:
    """Tell whether it passed through a cell of the instructor's."""
    return any(is_instructors(frame.f_code.co_filename) for frame, _ in traceback.walk_tb(error.__traceback__))


def _verdict(test: TestCell, error: BaseException) -> tuple[Verdict, str]:
    if isinstance(error, CandidateError):
        return _lost(error)
    raised = getattr(error, "raised", None)
    if isinstance(raised, Raised):
        return _raised(raised, openly=tells(test, error))
    if isinstance(error, CheckFailed):
        return Verdict.FAILED, str(error)
    # Text that NumPy or Python composed may hold what a hidden line compared; open lines have no secrets.
    if not tells(test, error):
        return Verdict.FAILED, f"A hidden test did not hold ({type(error).__name__})."
    return Verdict.FAILED, _stopped(error, line_of(test, error))


def _stopped(error: BaseException, line: str) -> str:
    """Say what stopped a visible test in a line of its own."""
    gist = _gist(text_of(error))
    if isinstance(error, AssertionError):
        # Shapes alone are NumPy's words and not the author's.
        if _SHAPES.match(gist):
            line, gist = f"{line} {gist}", ""
        return gist or f"A visible test did not hold: {line}"
    told = f"{type(error).__name__}: {gist}".strip(": ")
    if "NoneType" not in told:
        return told
    # Python's words are about the test's line; what was handed to it is the student's doing.
    return f"The test met None where it needs a value ({told}). Does the function return its result, and all of it?"


def _gist(text: str) -> str:
    """Keep what an assertion's author wrote of NumPy's report on unequal arrays."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = itertools.takewhile(lambda line: not _REPORT.search(line), lines)
    return " ".join(line for line in told if not line.startswith(("Not equal to tolerance", "Arrays are not ")))


def _lost(error: CandidateError) -> tuple[Verdict, str]:
    if isinstance(error, NotebookTimeoutError):
        return Verdict.TIMEOUT, _NO_TIME_LEFT
    if isinstance(error, CandidateTimeoutError):
        return Verdict.TIMEOUT, "The answer did not come back in time. Is there a loop that never ends?"
    if isinstance(error, CandidateMemoryError):
        return Verdict.MEMORY, "The answer asked for more memory than it may have."
    if isinstance(error, WireError):
        # Its own text quotes what the candidate sent.
        return Verdict.CRASHED, "The answer's process sent what is no answer."
    return Verdict.CRASHED, f"The answer's process broke off: {error}."


def _raised(raised: Raised, *, openly: bool) -> tuple[Verdict, str]:
    name = builtin_name(raised)
    if name == "NotImplementedError":
        return Verdict.MISSING, unfinished(raised, openly=openly)
    if "MemoryError" in raised.type_names:
        return Verdict.MEMORY, placed("The answer asked for more memory than it may have", raised)
    if WireError.__name__ in raised.type_names:
        return Verdict.ERROR, "What the function returns is too large, or nested too deeply, to be handed over."
    if openly:
        told = placed(f"The call raised {next(iter(raised.type_names), name)}: {raised.message}", raised)
        # As it is, for it may begin with a name.
        return Verdict.ERROR, sentence(f"{told} The cause: {raised.cause}") if raised.cause else told
    # The student wrote the text, and knew the hidden inputs by then.
    return Verdict.ERROR, placed(f"A call by a hidden test raised {name or 'an exception'}", raised)


def _line_of(error: BaseException, test: TestCell) -> int:
    """Give the line of the test cell itself that the exception passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 0 for f in reversed(frames) if f.filename == graded_cell(test.grade_id)), 0)
