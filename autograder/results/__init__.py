"""Frozen records of what grading found; the one vocabulary that all rooms share."""

from autograder.results.explanations import Counterexample, Diagnosis
from autograder.results.records import (
    NOT_GRADED,
    SCHEMA_VERSION,
    WAITS,
    CheckResult,
    FunctionResult,
    Isolation,
    Measure,
    NotebookResult,
    Trust,
    Unreadable,
    failure,
    function_verdict,
    is_failure,
)
from autograder.results.texts import harmless, in_html, one_line
from autograder.results.verdicts import Verdict, same_score, verdict_under

__all__ = [
    "NOT_GRADED",
    "SCHEMA_VERSION",
    "WAITS",
    "CheckResult",
    "Counterexample",
    "Diagnosis",
    "FunctionResult",
    "Isolation",
    "Measure",
    "NotebookResult",
    "Trust",
    "Unreadable",
    "Verdict",
    "failure",
    "function_verdict",
    "harmless",
    "in_html",
    "is_failure",
    "one_line",
    "same_score",
    "verdict_under",
]
