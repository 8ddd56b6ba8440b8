"""Quoted CSV in which nothing is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from autograder.outcomes import Outcome
from autograder.results import harmless


def table(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV, RFC 4180 but for the line ends, every text made harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue()


def mark(outcome: Outcome) -> str:
    """Write a settled mark; nothing where there is none or a person must decide."""
    return digits(outcome.score) if outcome.submitted and not outcome.waits else ""


def digits(points: float) -> str:
    """Write points with as many digits as they need, four at most behind the point."""
    return f"{points:.4f}".rstrip("0").rstrip(".")
