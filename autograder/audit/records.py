"""What an audit found: frozen records, and their form as a JSON object."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

from autograder.audit.spread import Nearest, Spread

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A variant that did not get the verdict it deserves, or that says why it did.

    Parameters
    ----------
    variant : str
        Its name.
    change : str
        How it differs from the reference.
    why : str
        Which question separates it from the reference, why it counts as equivalent, or which test cells refused it.
    """

    variant: str
    change: str
    why: str


@dataclass(frozen=True, slots=True)
class FunctionAudit:
    """One graded function.

    Parameters
    ----------
    name : str
    mutants, killed : int
        Wrong answers made of the reference, and those that lost marks.
    equivalent : tuple of Finding
        Mutants that earn full marks and agree with the reference on every question of the audit.
    confirmed : tuple of Finding
        Mutants that earn full marks, and that the instructor calls no mistake.
    survived : tuple of Finding
        Wrong answers that earn full marks.
    unasked : tuple of Finding
        Mutants that earn full marks, and that the course has no questions to tell from the reference by.
    undecided : tuple of Finding
        Wrong answers that are not given full marks, but wait for a person.
    right : int
        Right answers in other words.
    refused : tuple of Finding
        Those of them that lost marks.
    dropped : tuple of Finding
        Rewritings of the audit's that are no right answers and were not tried.
    misconceptions : int
        Known mistakes of the course.
    missed : tuple of str
        Those of them that earn full marks.
    spreads : tuple of Spread
        The tolerance and its margin, by output.
    nearest : Nearest or None
        The known mistake that is hardest to tell from a right answer.
    """

    name: str
    mutants: int
    killed: int
    equivalent: tuple[Finding, ...]
    confirmed: tuple[Finding, ...]
    survived: tuple[Finding, ...]
    unasked: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    right: int
    refused: tuple[Finding, ...]
    dropped: tuple[Finding, ...]
    misconceptions: int
    missed: tuple[str, ...]
    spreads: tuple[Spread, ...]
    nearest: Nearest | None

    @property
    def wrong(self) -> int:
        """Mutants that are mistakes: neither equivalent nor confirmed, nor such that nobody knows."""
        return self.mutants - len(self.equivalent) - len(self.confirmed) - len(self.unasked)

    @property
    def kill_rate(self) -> float:
        """Share of the mistakes that lost marks."""
        return self.killed / self.wrong if self.wrong else 1.0

    @property
    def false_fail_rate(self) -> float:
        """Share of the right answers that lost marks."""
        return len(self.refused) / self.right if self.right else 0.0


@dataclass(frozen=True, slots=True)
class CellAudit:
    """One test cell.

    Parameters
    ----------
    grade_id, function : str
    points : float
    wrong : int
        Wrong answers, the equivalent and the confirmed ones left out.
    kills : int
        Those of them that it refused.
    alone : int
        Those of them that no other cell refused.
    right : int
        Right answers.
    false_fails : int
        Those of them that it refused.
    seconds : float
        What it takes with the reference, without a sandbox.
    """

    grade_id: str
    function: str
    points: float
    wrong: int
    kills: int
    alone: int
    right: int
    false_fails: int
    seconds: float

    @property
    def kill_rate(self) -> float:
        """Share of the wrong answers that it refused."""
        return self.kills / self.wrong if self.wrong else 1.0

    @property
    def false_fail_rate(self) -> float:
        """Share of the right answers that it refused."""
        return self.false_fails / self.right if self.right else 0.0

    @property
    def decides(self) -> bool:
        """Tell whether it refuses any answer at all."""
        return bool(self.kills or self.false_fails)


@dataclass(frozen=True, slots=True)
class Audit:
    """One source notebook.

    Parameters
    ----------
    assignment, notebook : str
    faults : tuple of str
        Every bar that was missed; empty where the tests are fit to be released.
    functions : tuple of FunctionAudit
    cells : tuple of CellAudit
    seconds : float
        Wall time of the audit.
    left_out : tuple of str
        Graded answers that are no functions: a class, say, of which no variants are made.
    unreferenced : tuple of str
        Graded functions that the reference does not have, so that there is nothing to make variants of.
    schema_version : int
    """

    assignment: str
    notebook: str
    faults: tuple[str, ...]
    functions: tuple[FunctionAudit, ...]
    cells: tuple[CellAudit, ...]
    seconds: float
    left_out: tuple[str, ...] = ()
    unreferenced: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION


def document(audit: Audit) -> dict[str, Any]:
    """Give an audit as plain data, with the rates that its records compute.

    Returns
    -------
    dict
        As `Audit`, with ``passed``; ``kill_rate`` and ``false_fail_rate`` of each function and cell; ``margin`` of each
        spread; ``decides`` of each cell. Infinities are None: JSON has none.
    """
    functions = [
        dataclasses.asdict(one)
        | {"kill_rate": one.kill_rate, "false_fail_rate": one.false_fail_rate}
        | {"spreads": [dataclasses.asdict(spread) | {"margin": spread.margin} for spread in one.spreads]}
        for one in audit.functions
    ]
    cells = [
        dataclasses.asdict(one)
        | {"kill_rate": one.kill_rate, "false_fail_rate": one.false_fail_rate, "decides": one.decides}
        for one in audit.cells
    ]
    whole = dataclasses.asdict(audit) | {"passed": not audit.faults, "functions": functions, "cells": cells}
    plain: dict[str, Any] = _finite(whole)
    return plain


def _finite(value: Any) -> Any:  # noqa: ANN401 - any plain data
    match value:
        case dict():
            return {key: _finite(part) for key, part in value.items()}
        case list() | tuple():
            return [_finite(part) for part in value]
        case float() if not math.isfinite(value):
            return None
        case _:
            return value
