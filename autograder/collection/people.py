"""From the name that a platform writes to a student of the class list."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from autograder.outcomes import Person


def by_number(number: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Find the students with the platform's number; of Brightspace's two the last, or both together."""
    numbers = {number, number.rpartition("-")[2]} - {""}
    return tuple(person for person in people if person.lms_id in numbers)


def by_name(who: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Find the students that a name may mean.

    Parameters
    ----------
    who : str
    people : sequence of Person

    Returns
    -------
    tuple of Person
        Those that fit best: letter for letter, without heed of case and blanks, without accents. More than one where
        the name does not tell.
    """
    for read in (str, _letters, _plain_letters):
        fitting = tuple(person for person in people if _fits(who, person, read))
        if fitting:
            return fitting
    return ()


def by_words(who: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Find the students whose id has the words of a name in another order, as another platform may write it."""
    orders = _orders(who)
    return tuple(person for person in people if orders & _orders(person.id))


def _fits(who: str, person: Person, read: Callable[[str], str]) -> bool:
    first, last, email = person.first_name, person.last_name, person.email
    full = (f"{first} {last}", f"{last}, {first}", f"{last} {first}") if first and last else (first, last)
    names = {read(name) for name in (person.id, *full, email, email.partition("@")[0])}
    return read(who) in names - {""}


def _letters(text: str) -> str:
    """Fold case, and take away all but letters and digits: Canvas writes names so."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _plain_letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", _letters(text)) if not unicodedata.combining(c))


def _orders(text: str) -> set[str]:
    words = [_plain_letters(word) for word in text.split()]
    return {"".join(words[first:] + words[:first]) for first in range(len(words))} - {""}


def id_of(who: str) -> str:
    """Make an id of a name, for a course that has no class list: the name, without what no folder's name can have."""
    text = unicodedata.normalize("NFC", who).strip()
    kept = "".join("-" if c in "/\\+*?[]" or not c.isprintable() else c for c in text)
    return kept.lstrip(".")[:100] or "student"
