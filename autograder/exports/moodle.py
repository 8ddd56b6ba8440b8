"""Moodle: the gradebook's CSV import (Grades > Import > CSV file)."""

from __future__ import annotations

import html

from autograder.exports.tables import mark, table
from autograder.exports.told import feedback_text
from autograder.outcomes import ClassOutcome, Outcome


def moodle(outcome: ClassOutcome, column: str = "") -> str:
    """Write an assignment with the headings of Moodle's own grade export, which its import maps by themselves.

    Parameters
    ----------
    outcome : ClassOutcome
    column : str
        Moodle's name of the grade item; the assignment's by default.

    Returns
    -------
    str
        CSV, comma separated. Identify the students by e-mail address, user name or ID number. A mark is empty, which
        Moodle skips, where nothing was handed in or a person must decide. The feedback is HTML, as Moodle reads it,
        with everything escaped.
    """
    item = column or outcome.assignment
    header = ("First name", "Last name", "Username", "ID number", "Email address")
    return table([(*header, f"{item} (Real)", f"{item} (Feedback)"), *map(_row, outcome.outcomes)])


def _row(one: Outcome) -> tuple[str, ...]:
    person = one.person
    told = html.escape(feedback_text(one)).replace("\n", "<br>") if one.submitted else ""
    return (person.first_name, person.last_name, person.id, person.lms_id, person.email, mark(one), told)
