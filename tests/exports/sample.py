"""A class of awkward names and outcomes, made by hand."""

from __future__ import annotations

from dataclasses import replace

from autograder.outcomes import ClassOutcome, HandGraded, Outcome, Person
from autograder.results import CheckResult, Diagnosis, FunctionResult, Isolation, NotebookResult, Verdict

FULL = Isolation("full", ("namespaces", "seccomp"))
MARKUP = "<script>alert(1)</script>\x1b[31m"
HINT = Diagnosis("not-doubled", "It returns its argument.", "What does twice mean?")


def function(name: str, score: float | None, verdict: str, message: str = "", diagnosis: Diagnosis | None = None):
    check = CheckResult(f"test_{name}", score, 5.0, Verdict(verdict), message)
    return FunctionResult(name, Verdict(verdict), score or 0.0, 5.0, (check,), diagnosis)


def result(*functions: FunctionResult) -> NotebookResult:
    waits = any(check.score is None for one in functions for check in one.checks)
    points = sum(one.score for one in functions)
    return NotebookResult("hw", "hw", points, 10.0, waits, 0.25, FULL, functions)


def outcome(person: Person, *functions: FunctionResult, penalty: float = 0.0) -> Outcome:
    found = result(*functions)
    return Outcome(
        person=person,
        submitted=True,
        points=found.score,
        max_score=10.0,
        penalty=penalty,
        waits=found.needs_manual_grade,
        results=(found,),
    )


RIGHT = function("double", 5.0, "passed"), function("half", 5.0, "passed")
ADA = outcome(Person("ada", "Ada", "Byron", "ada@example.org", "101"), *RIGHT)
BO = outcome(Person("bo", "=1+1", "Brontë, Jr.", "bo@example.org", "102"), *RIGHT, penalty=1.5)
CY = outcome(
    Person("cy", 'Cy "C"', "O'Neil", "cy@example.org", "103"),
    function("double", 0.0, "failed", f"=cmd {MARKUP}", HINT),
    function("half", 5.0, "passed"),
)
DEE = outcome(
    Person("dee", "Dee", "", "dee@example.org", "104"),
    function("double", None, "failed", "It differs from digit 8 on: a person will look at it."),
    function("half", 5.0, "passed"),
)
EVE = outcome(
    Person("eve", "Eve", "Low", "eve@example.org", "105"),
    function("double", None, "internal_error", "The examiner failed."),
    function("half", 5.0, "passed"),
)
FAY = Outcome(Person("fay", "Fay", "Zed", "fay@example.org", "106"), submitted=False, points=0.0, max_score=10.0)
LATE = outcome(Person("late"), function("double", 0.0, "failed", "wrong"), penalty=7.5)
WRITER = replace(ADA, points=13.5, max_score=14.0, by_hand=(HandGraded("essay", 3.5, 4.0),))
UNREAD = replace(WRITER, points=10.0, waits=True, by_hand=(HandGraded("essay", None, 4.0),))
CLASS = ClassOutcome("hw", 10.0, (ADA, BO, CY, DEE, EVE, FAY))
