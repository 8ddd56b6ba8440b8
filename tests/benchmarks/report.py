"""Size and building time of the class's page, for a class that has done what the sample class did, many times over.

The time is the processor's: nothing is waited for, and the pages are built in one thread.

Run it from the course folder::

    PYTHONPATH=tests/reports .venv/bin/python tests/benchmarks/report.py [--students 300] [--rounds 5]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sample_outcome import PROJECT, outcome_of

from autograder.api import Grader
from autograder.demo import sample_class
from autograder.outcomes import ClassOutcome, Outcome
from autograder.reports import class_page, student_page

ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")
NOW = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is built")
    arguments = parser.parse_args()
    print("| assignment | the class's page | built in | a student's page | built in |")
    print("| --- | ---: | ---: | ---: | ---: |")
    with Grader(PROJECT) as grader:
        for assignment in ASSIGNMENTS:
            small = outcome_of(grader, sample_class(), assignment)
            whole = larger(small, arguments.students)
            page, seconds = measured(class_page, whole, NOW, rounds=arguments.rounds)
            all_of_them, its_seconds = measured(pages, whole, assignment, rounds=arguments.rounds)
            count = len(whole.submitted)
            print(
                f"| {assignment} | {len(page.encode()) / 1000:.0f} kB | {seconds:.2f} s "
                f"| {len(all_of_them.encode()) / 1000 / count:.0f} kB | {its_seconds * 1000 / count:.1f} ms |"
            )


def larger(outcome: ClassOutcome, students: int) -> ClassOutcome:
    """Repeat the outcomes, each time under other names, until there are as many as wanted."""
    return replace(outcome, outcomes=tuple(student(outcome.outcomes, place) for place in range(students)))


def student(outcomes: tuple[Outcome, ...], place: int) -> Outcome:
    copy, index = divmod(place, len(outcomes))
    one = outcomes[index]
    return replace(one, person=replace(one.person, id=f"{one.person.id}-{copy:02}"))


def pages(outcome: ClassOutcome, assignment: str) -> str:
    return "".join(student_page(one, assignment) for one in outcome.submitted)


def measured(build: Callable[..., str], *arguments: Any, rounds: int) -> tuple[str, float]:
    """Give the page, and the median of its seconds; the first time, which loads fonts, does not count."""
    page = build(*arguments)
    times = []
    for _ in range(rounds):
        started = time.process_time()
        page = build(*arguments)
        times.append(time.process_time() - started)
    return page, statistics.median(times)


if __name__ == "__main__":
    main()
