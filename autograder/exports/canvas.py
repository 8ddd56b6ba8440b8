"""Canvas: the gradebook's CSV import."""

from __future__ import annotations

from autograder.exports.tables import digits, mark, table
from autograder.outcomes import ClassOutcome, Person

_FIXED = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
# Canvas knows this row by its text, the four spaces included.
_POINTS = "    Points Possible"


def canvas(outcome: ClassOutcome, column: str = "") -> str:
    """Write an assignment as Canvas's gradebook takes it.

    Parameters
    ----------
    outcome : ClassOutcome
    column : str
        Canvas's own name of the assignment with its number, such as ``Dropout (4711)``; a name that Canvas does not
        know makes a new assignment there. The assignment's name by default.

    Returns
    -------
    str
        CSV. A student without a submission, or who waits for a person, has an empty mark, which Canvas leaves as it is.
    """
    header = (*_FIXED, column or outcome.assignment)
    points = (_POINTS, "", "", "", "", digits(outcome.max_score))
    students = [
        (_last_first(one.person), one.person.lms_id, "", one.person.id, "", mark(one)) for one in outcome.outcomes
    ]
    return table([header, points, *students])


def _last_first(person: Person) -> str:
    return ", ".join(filter(None, (person.last_name, person.first_name))) or person.id
