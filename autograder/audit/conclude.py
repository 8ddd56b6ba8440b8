"""From graded variants to what the audit says of the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from autograder.audit.marks import Marked
from autograder.audit.records import CellAudit, Finding, FunctionAudit
from autograder.audit.spread import Nearest, Spread
from autograder.audit.variants import Variant
from autograder.course import Bars, Function


def concluded(
    name: str,
    mutants: Sequence[Marked],
    right: Sequence[Marked],
    *,
    separated: Mapping[Variant, str],
    asked: bool,
    dropped: Mapping[Variant, str],
    confirmed: Mapping[str, str],
    misconceptions: Mapping[str, bool],
    spreads: Iterable[Spread],
    nearest: Nearest | None,
) -> FunctionAudit:
    """Sum up one graded function.

    Parameters
    ----------
    name : str
    mutants, right : sequence of Marked
    separated : mapping of Variant to str
        Of each mutant that earned full marks, the question on which it differs from the reference; empty for none.
    asked : bool
        Whether the course has random questions of it.
    dropped : mapping of Variant to str
        Rewritings that are no right answers, and where they differ from the reference.
    confirmed : mapping of str to str
        Mutants that the instructor calls no mistake, and why.
    misconceptions : mapping of str to bool
        Whether each known mistake lost marks.
    spreads : iterable of Spread
    nearest : Nearest or None
    """
    passed = [one for one in mutants if one.passed]
    # Where nobody asked, nobody knows: the instructor's word decides of these as well.
    doubted = [one for one in passed if separated[one.variant] or not asked]
    unconfirmed = [one for one in doubted if one.variant.name not in confirmed]
    return FunctionAudit(
        name=name,
        mutants=len(mutants),
        killed=sum(not one.passed for one in mutants),
        equivalent=tuple(_finding(one.variant, "no question separates it") for one in passed if one not in doubted),
        confirmed=tuple(
            _finding(one.variant, confirmed[one.variant.name]) for one in doubted if one.variant.name in confirmed
        ),
        survived=tuple(_finding(one.variant, separated[one.variant]) for one in unconfirmed if separated[one.variant]),
        unasked=tuple(
            _finding(one.variant, "no question was asked") for one in unconfirmed if not separated[one.variant]
        ),
        undecided=tuple(_finding(one.variant, ", ".join(one.refused_by)) for one in mutants if one.undecided),
        right=len(right),
        refused=tuple(_finding(one.variant, _reasons(one)) for one in right if not one.passed),
        dropped=tuple(_finding(variant, how) for variant, how in dropped.items()),
        misconceptions=len(misconceptions),
        missed=tuple(one for one, caught in misconceptions.items() if not caught),
        spreads=tuple(spreads),
        nearest=nearest,
    )


def cells(
    function: Function,
    found: FunctionAudit,
    mutants: Sequence[Marked],
    right: Sequence[Marked],
    seconds: Mapping[str, float],
) -> list[CellAudit]:
    """Sum up the test cells of one graded function; `found` is what `concluded` gave for it."""
    kills = Counter(cell for one in mutants for cell in one.refused_by)
    alone = Counter(one.refused_by[0] for one in mutants if len(one.refused_by) == 1)
    false_fails = Counter(cell for one in right for cell in one.refused_by)
    return [
        CellAudit(
            grade_id=(name := test.grade_id),
            function=function.name,
            points=test.points,
            wrong=found.wrong,
            kills=kills[name],
            alone=alone[name],
            right=found.right,
            false_fails=false_fails[name],
            seconds=seconds[name],
        )
        for test in function.tests
    ]


def missed_bars(function: FunctionAudit, bars: Bars, assignment: str, confirmed: Mapping[str, str]) -> list[str]:
    """Say which bars of the course the tests of one function do not reach."""
    faults = []
    if function.unasked:
        wanted = f'QUESTIONS["{function.name}"] in reference/{assignment}.py'
        faults.append(
            f"{function.name} has no questions, so nobody knows whether {len(function.unasked)} answers with full "
            f"marks are wrong. Write {wanted}: given a seed, it gives arguments."
        )
    if function.kill_rate < bars.least_kill_rate:
        faults.append(
            f"{function.name}: {len(function.survived)} wrong answers earn full marks; "
            f"{function.kill_rate:.1%} of the mistakes lose marks, wanted {bars.least_kill_rate:.1%}."
        )
    if function.false_fail_rate > bars.most_false_fails:
        faults.append(
            f"{function.name}: {len(function.refused)} of {function.right} right answers lose marks, "
            f"{function.false_fail_rate:.1%}; at most {bars.most_false_fails:.1%} may."
        )
    faults += [f"{function.name}: the known mistake {name} earns full marks." for name in function.missed]
    stale = confirmed.keys() - {finding.variant for finding in function.confirmed}
    faults += [
        f"{function.name}: {name} is confirmed as no mistake, but no such mutant earns full marks and differs. "
        "Take it out of reference/confirmed."
        for name in sorted(stale)
    ]
    return faults


def _finding(one: Variant, why: str) -> Finding:
    return Finding(one.name, one.change or one.source, why)


def _reasons(one: Marked) -> str:
    return " ".join(f"{check.grade_id}: {check.message}" for check in one.checks if check.message)
