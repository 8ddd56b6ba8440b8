"""Which graded functions the source plainly solves, so that its own answers can tell a wrong test cell.

A course may ship its released notebook as the source: there nothing is solved, and every right test fails.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from autograder.course import Paper
from autograder.results import one_line
from autograder.statements import Source, Statement

_MAX_REASON = 300
_BEGIN, _END = "BEGIN SOLUTION", "END SOLUTION"


def faults_of(paper: Paper, failing: Mapping[str, str]) -> dict[str, str]:
    """Say to the instructor what is wrong with test cells that the source's own solutions do not pass.

    Parameters
    ----------
    paper : Paper
    failing : mapping of str to str
        Why the source's answers do not pass a cell, whatever they are worth, by grade id.

    Returns
    -------
    dict of str to str
        By grade id; of cells whose answers are plainly solved.
    """
    solved = plainly_solved(paper)
    tests = [test.grade_id for function in paper.functions if function.name in solved for test in function.tests]
    return {name: _fault(paper.assignment, name, failing[name]) for name in tests if name in failing}


def _fault(assignment: str, grade_id: str, why: str) -> str:
    reason = one_line(why, _MAX_REASON)
    return (
        f"The test cell {grade_id} does not pass with the source's own solution ({reason}). "
        f"Mend one or the other in source/{assignment} and grade again."
    )


def plainly_solved(paper: Paper) -> frozenset[str]:
    """Name the functions whose answer cells hold a solution between nbgrader's markers.

    Returns
    -------
    frozenset of str
        None of them where any answer that something else needs is not written, or cannot be told to be.
    """
    texts = [cell.source for cell in paper.cells]
    answers = [n for n, cell in enumerate(paper.cells) if cell.kind == "student" and cell.grade_id]
    if not all(_is_solved(texts[n], texts[:n] + texts[n + 1 :]) for n in answers):
        return frozenset()
    return frozenset(name for name, source in paper.answers.items() if _BEGIN in source)


def _is_solved(text: str, others: Sequence[str]) -> bool:
    if _BEGIN in text:
        return all(map(_says_something, _regions(text))) and not _has_stub(text)
    # Without markers all of it may be the solution, or nothing.
    bound = frozenset().union(*(s.binds for s in _statements(text)))
    return not any(s.uses & bound for other in others for s in _statements(other))


def _regions(text: str) -> Iterator[str]:
    lines: list[str] | None = None
    for line in text.split("\n"):
        if _BEGIN in line:
            lines = []
        elif _END in line and lines is not None:
            yield "\n".join(lines)
            lines = None
        elif lines is not None:
            lines.append(line)


def _says_something(region: str) -> bool:
    """Tell whether a solution is more than what students are given in its place."""
    try:
        body = ast.parse(textwrap.dedent(region)).body
    except SyntaxError:
        return False
    return not all(map(_is_empty, body))


def _has_stub(text: str) -> bool:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        # Magics, perhaps.
        return any("NotImplementedError" in line for line in text.split("\n"))
    return any(isinstance(node, ast.FunctionDef) and all(map(_is_empty, node.body)) for node in ast.walk(tree))


def _is_empty(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return statement.exc is not None and "NotImplementedError" in ast.unparse(statement.exc)
    if isinstance(statement, ast.Return):
        return statement.value is None or (isinstance(statement.value, ast.Constant) and statement.value.value is None)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)


def _statements(text: str) -> Sequence[Statement]:
    source = Source()
    source.add(text, "")
    return source.statements
