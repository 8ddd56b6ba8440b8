"""What the instructor reads about one answer: nbgrader's comment on its cell."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from autograder.language import Speaker
from autograder.nbgrader_bridge.outputs import plain
from autograder.results import Counterexample, FunctionResult, Trust, Verdict


def remark(functions: Iterable[FunctionResult], say: Speaker) -> str:
    """Say the root causes of lost marks, what shows them and what passed, and which tests the answer could have forged.

    Parameters
    ----------
    functions : iterable of FunctionResult
        Those that one cell answers.
    say : Speaker

    Returns
    -------
    str
        Empty where nothing is known.
    """
    of_cell = tuple(functions)
    parts = [part for function in of_cell for part in _causes(function, say)]
    checks = [check for function in of_cell for check in function.checks]
    inside = ", ".join(check.grade_id for check in checks if check.trust is Trust.IN_CANDIDATE)
    if inside:
        parts.append(say("Ran in-candidate, among the student's code, which could forge it: {names}.", names=inside))
    return plain("\n\n".join(parts))


def _causes(function: FunctionResult, say: Speaker) -> Iterator[str]:
    if function.diagnosis:
        yield f"{say.text(function.diagnosis.message)} {say.text(function.diagnosis.hint)}"
    if function.counterexample:
        yield _example(function.counterexample, function.name, say)
    passed = [check.grade_id for check in function.checks if check.verdict is Verdict.PASSED]
    if passed and (function.diagnosis or function.counterexample):
        yield f"{say('Passed:')} {', '.join(passed)}"


def _example(example: Counterexample, function: str, say: Speaker) -> str:
    """Write the smallest example; indented, so that Markdown too leaves its lines as they are."""
    code = textwrap.indent(example.code(function), "    ")
    return "\n\n".join(
        [say("The smallest example found; paste it into the notebook:"), code, *example.differences(say)]
    )
