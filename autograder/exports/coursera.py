"""Coursera: ``feedback.json`` of one submission."""

from __future__ import annotations

from typing import Any

from autograder.exports.told import feedback_text
from autograder.outcomes import Outcome


def coursera(outcome: Outcome) -> dict[str, Any]:
    """Give a submission as Coursera reads it.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    dict
        ``fractionalScore`` in [0, 1] and ``feedback``, plain text. Coursera knows no mark that waits for a person:
        what waits counts 0, and the feedback says so.
    """
    share = outcome.score / outcome.max_score if outcome.max_score else 0.0
    return {"fractionalScore": round(min(1.0, max(0.0, share)), 6), "feedback": feedback_text(outcome)}
