"""What graded exams say of variants: which test cells refused which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.audit.variants import Variant
from autograder.results import CheckResult, FunctionResult, Verdict, function_verdict


@dataclass(frozen=True, slots=True)
class Marked:
    """A variant that was graded.

    Parameters
    ----------
    variant : Variant
    checks : tuple of CheckResult
        Of its function's test cells.
    """

    variant: Variant
    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Tell whether it earned full marks."""
        return function_verdict(self.checks) is Verdict.PASSED

    @property
    def undecided(self) -> bool:
        """Tell whether it lost marks only where a person decides."""
        refusing = [check for check in self.checks if check.verdict is not Verdict.PASSED]
        return bool(refusing) and all(check.undecided for check in refusing)

    @property
    def internal_error(self) -> bool:
        """Tell whether it has no score for a reason of ours."""
        return any(check.verdict is Verdict.INTERNAL_ERROR for check in self.checks)

    @property
    def refused_by(self) -> tuple[str, ...]:
        """Name the test cells that took marks from it."""
        return tuple(check.grade_id for check in self.checks if check.verdict is not Verdict.PASSED)


def marked(sits: dict[str, Variant], functions: Iterable[FunctionResult]) -> list[Marked]:
    """Read the verdicts on the variants of one exam."""
    return [Marked(sits[function.name], function.checks) for function in functions if function.name in sits]
