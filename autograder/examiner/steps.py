"""The cells of a source notebook, one after another, as the examiner goes through them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType

from autograder.course import Paper, SourceCell
from autograder.examiner.looking import looked_for
from autograder.statements import BUILTINS, Statement, given_cell, needed, source_cell, statements_of


@dataclass(frozen=True, slots=True)
class Step:
    """One cell of the source, as the examiner sees it.

    Parameters
    ----------
    test : str
        The grade id of a test cell; else empty.
    imports, runs : tuple of CodeType
        Statements that the examiner executes itself.
    hands_over : frozenset of str
        Names that are the candidate's from here on.
    """

    test: str
    imports: tuple[CodeType, ...]
    runs: tuple[CodeType, ...]
    hands_over: frozenset[str]


@dataclass(frozen=True, slots=True)
class Steps:
    """What the examiner knows of a source before anything is graded.

    Parameters
    ----------
    all : tuple of Step
        In the source's order.
    asked : tuple of str
        The names that a candidate may be asked for.
    contested : frozenset of str
        The names that both tests and the students' own cells bind.
    """

    all: tuple[Step, ...]
    asked: tuple[str, ...]
    contested: frozenset[str]

    @property
    def of_tests(self) -> dict[str, int]:
        """Give the place of each test cell's step."""
        return {step.test: place for place, step in enumerate(self.all) if step.test}


def read_steps(paper: Paper) -> Steps:
    """Read the source as the examiner goes through it."""
    both = [(cell, _statements(cell, number)) for number, cell in enumerate(paper.cells, 1)]
    of_tests = [statements for cell, statements in both if cell.kind == "test"]
    tests = [statement for statements in of_tests for statement in statements]
    looked = frozenset().union(*(looked_for([s.node for s in statements]) for statements in of_tests))
    wanted = looked.union(*(s.uses for s in tests))
    bound_by_tests = looked.union(*(s.binds for s in tests))
    imported = frozenset().union(*(s.binds for _, statements in both for s in statements if _imports(s)))
    given = [s for cell, statements in both if cell.kind == "given" for s in statements]
    runs = set(map(id, needed(given, wanted))) | {id(s) for s in given if _seeds(s)}
    steps = []
    names = set(wanted)
    for cell, statements in both:
        imports = [s for s in statements if cell.kind == "student" and _imports(s)]
        mine = [s for s in statements if cell.kind == "given" and id(s) in runs]
        names = names.union(*(s.uses for s in mine))
        steps.append(
            Step(
                cell.grade_id if cell.kind == "test" else "",
                tuple(map(_compiled, imports)),
                tuple(map(_compiled, mine)),
                _theirs(statements, imported) if cell.kind == "student" else frozenset(),
            )
        )
    bound_by_students = frozenset().union(*(step.hands_over for step in steps))
    asked = sorted(name for name in names if name not in BUILTINS or name in bound_by_students)
    return Steps(tuple(steps), tuple(asked), bound_by_tests & bound_by_students)


def _statements(cell: SourceCell, number: int) -> Sequence[Statement]:
    return statements_of(cell.source, given_cell(number) if cell.kind == "given" else source_cell(number))


def _theirs(statements: Sequence[Statement], imported: frozenset[str]) -> frozenset[str]:
    """Give the names that an answer binds, or whose objects it changes; no module, which would judge for the answer."""
    return frozenset().union(*(s.binds | s.changes for s in statements if not _imports(s))) - imported


def _imports(statement: Statement) -> bool:
    """Tell whether a statement does nothing but import, perhaps within a ``try``."""
    if isinstance(statement.node, (ast.Import, ast.ImportFrom)):
        return True
    if not isinstance(statement.node, (ast.Try, ast.If, ast.With)):
        return False
    inner = [node for node in ast.walk(statement.node) if isinstance(node, ast.stmt) and node is not statement.node]
    return all(isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)) for node in inner)


def _seeds(statement: Statement) -> bool:
    return isinstance(statement.node, ast.Expr) and ".seed(" in ast.unparse(statement.node)


def _compiled(statement: Statement) -> CodeType:
    return compile(ast.Module([statement.node], []), statement.file, "exec")
