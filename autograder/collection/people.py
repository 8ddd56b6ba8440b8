"""From the name that a platform writes to a student of the class list."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from autograder.outcomes import Person

_Index = Mapping[str, list[Person]]


class ClassList:
    """The students in the gradebook, found by what a platform writes of them.

    Each is read once: there may be thousands, and as many files whose names are looked up.

    Parameters
    ----------
    people : iterable of Person

    Attributes
    ----------
    ids : frozenset of str
    listed : bool
        Whether somebody has listed the class.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        there = tuple(people)
        self.ids = frozenset(person.id for person in there)
        self.listed = is_class_list(there)
        self._numbers = _index(there, lambda person: {person.lms_id})
        self._names = [(read, _index(there, _names_by(read))) for read in (str, _letters, _plain_letters)]
        self._words = _index(there, lambda person: _orders(person.id))

    def by_number(self, number: str) -> tuple[Person, ...]:
        """Find the students with the platform's number; of Brightspace's two the last, or both together."""
        return _found(self._numbers, {number, number.rpartition("-")[2]})

    def by_name(self, who: str) -> tuple[Person, ...]:
        """Find the students that a name may mean.

        Parameters
        ----------
        who : str

        Returns
        -------
        tuple of Person
            Those that fit best: letter for letter, without heed of case and blanks, without accents. More than one
            where the name does not tell.
        """
        return next(filter(None, (_found(index, {read(who)}) for read, index in self._names)), ())

    def by_words(self, who: str) -> tuple[Person, ...]:
        """Find the students whose id has the words of a name in another order, as another platform may write it."""
        return _found(self._words, _orders(who))


def is_class_list(people: Iterable[Person]) -> bool:
    """Tell whether somebody has listed the class; grading adds bare ids to the gradebook."""
    return any(person.first_name or person.last_name or person.email or person.lms_id for person in people)


def id_of(who: str) -> str:
    """Make an id of a name, for a course that has no class list: the name, without what no folder's name can have."""
    text = unicodedata.normalize("NFC", who).strip()
    kept = "".join("-" if c in "/\\+*?[]" or not c.isprintable() else c for c in text)
    return kept.lstrip(".")[:100] or "student"


def _index(people: Iterable[Person], keys: Callable[[Person], set[str]]) -> _Index:
    index: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for key in keys(person) - {""}:
            index[key].append(person)
    return dict(index)


def _found(index: _Index, keys: Iterable[str]) -> tuple[Person, ...]:
    """Give whom any of the keys means, each once."""
    return tuple(dict.fromkeys(person for key in keys for person in index.get(key, ())))


def _names_by(read: Callable[[str], str]) -> Callable[[Person], set[str]]:
    return lambda person: {read(name) for name in _names(person)}


def _names(person: Person) -> tuple[str, ...]:
    first, last, email = person.first_name, person.last_name, person.email
    full = (f"{first} {last}", f"{last}, {first}", f"{last} {first}") if first and last else (first, last)
    return (person.id, *full, email, email.partition("@")[0])


def _letters(text: str) -> str:
    """Fold case, and take away all but letters and digits: Canvas writes names so."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _plain_letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", _letters(text)) if not unicodedata.combining(c))


def _orders(text: str) -> set[str]:
    words = [_plain_letters(word) for word in text.split()]
    return {"".join(words[first:] + words[:first]) for first in range(len(words))} - {""}
