"""Whose a file is: a student of the class list, or, where the course has none, somebody new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.collection.names import Named
from autograder.collection.people import ClassList, id_of
from autograder.outcomes import Person


@dataclass(frozen=True, slots=True)
class Whose:
    """Who handed in a file.

    Parameters
    ----------
    student : str
        nbgrader's id; empty where it is not clear.
    reason : str
        Why it is not.
    newcomer : bool
        Whether the gradebook has others and not this one.
    """

    student: str = ""
    reason: str = ""
    newcomer: bool = False


def whose(named: Named, people: ClassList, alike: frozenset[str] = frozenset()) -> Whose:
    """Tell who handed in a file.

    Parameters
    ----------
    named : Named
    people : ClassList
    alike : frozenset of str
        Names that several people of this download bear.
    """
    if not people.ids:
        return Whose(_made(named, alike))
    # Moodle numbers who takes part in an assignment; no class list has these numbers, but others that look like them.
    numbered = people.by_number(named.number) if named.platform != "Moodle" else ()
    called = people.by_name(named.who)
    both = tuple(person for person in numbered if person in called)
    if numbered and called and not both:
        one, other = _listed(numbered), _listed(called)
        return Whose(reason=f"its number {named.number} is that of {one}, its name {named.who} that of {other}")
    found = both or numbered or called
    if found and not numbered and named.who in alike:
        several = f"several people in this download are {named.who}, and a name alone does not tell which of them is"
        return Whose(reason=f"{several} {_listed(found)}")
    if found:
        many = f"{named.who} may be any of {_listed(found)}"
        return Whose(found[0].id) if len(found) == 1 else Whose(reason=many)
    if people.listed:
        return Whose(reason=f"nobody on the class list is {named.who}")
    return _newcomer(named, people, alike)


def _newcomer(named: Named, people: ClassList, alike: frozenset[str]) -> Whose:
    """Find who was made of this name before; else take a new one, if that is nobody under another name."""
    new = _made(named, alike)
    for made in (id_of(f"{named.who}-{named.number}"), new):
        if made in people.ids:
            return Whose(made)
    if near := people.by_words(named.who):
        may = f"nobody in the gradebook is {named.who}, and {_listed(near)} may be"
        return Whose(reason=f"{may}; `nbgrader db student add` tells who is who")
    return Whose(new, newcomer=True)


def _made(named: Named, alike: frozenset[str]) -> str:
    return id_of(f"{named.who}-{named.number}" if named.who in alike and named.number else named.who)


def _listed(people: Iterable[Person]) -> str:
    return ", ".join(sorted(person.id for person in people))
