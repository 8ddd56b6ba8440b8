"""How much the traits that two submissions share say, against how many of the class have them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from autograder.similarity.sameness import Answer, Same, same_answers
from autograder.similarity.traits import Kind, Trait

# What more than this share of a class has tells nothing: it comes from a lecture, a book, or the matter itself.
_COMMON = 0.1
_ALWAYS_COUNTED = 2
# Chance brings forth a pair of so many bits beyond those of the number of pairs in one class of a thousand.
_BEYOND = 10.0


@dataclass(frozen=True, slots=True)
class Shared:
    """A trait that both of a pair have.

    Parameters
    ----------
    trait : Trait
    having : int
        How many submissions of the class have it: its base rate.
    bits : float
        log2 of the class's size over `having`.
    """

    trait: Trait
    having: int
    bits: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two submissions that share more than was to be expected.

    Parameters
    ----------
    students : tuple of str
        Two.
    bits : float
        The sum over what they share.
    shared : tuple of Shared
        What says most comes first.
    same : Same or None
        Where most of their answers are the same word for word. Such a pair is listed whatever its bits.
    """

    students: tuple[str, str]
    bits: float
    shared: tuple[Shared, ...]
    same: Same | None = None


@dataclass(frozen=True, slots=True)
class Similarity:
    """What a class shares, for a person to look at.

    Parameters
    ----------
    assignment : str
    submissions : int
        Those that could be read.
    least_bits : float
        From which a pair is listed, if its answers are not the same.
    pairs : tuple of Pair
        The one with most bits comes first, and of equal ones that with most lines of its own.
    unreadable : tuple of str
        Students whose notebooks cannot be read.
    """

    assignment: str
    submissions: int
    least_bits: float
    pairs: tuple[Pair, ...]
    unreadable: tuple[str, ...] = ()


def compare(
    assignment: str,
    traits: Mapping[str, frozenset[Trait]],
    unreadable: Iterable[str] = (),
    answers: Mapping[str, Mapping[str, Answer]] | None = None,
    functions: int = 0,
) -> Similarity:
    """Weigh what each two submissions of a class share.

    Parameters
    ----------
    assignment : str
    traits : mapping of str to frozenset of Trait
        By student.
    unreadable : iterable of str
    answers : mapping of str to mapping of str to Answer, optional
        By student and graded function.
    functions : int
        How many graded functions there are.

    Returns
    -------
    Similarity
    """
    count = len(traits)
    least = math.log2(max(math.comb(count, 2), 1)) + _BEYOND
    same = same_answers(answers or {}, functions)
    found: dict[tuple[str, str], list[Shared]] = defaultdict(list, {pair: [] for pair in same})
    for trait, students in _havers(traits).items():
        if len(students) <= max(_ALWAYS_COUNTED, _COMMON * count):
            shared = Shared(trait, len(students), math.log2(count / len(students)))
            for pair in combinations(students, 2):
                found[pair].append(shared)
    pairs = [_pair(students, shared, same.get(students)) for students, shared in found.items()]
    listed = [pair for pair in pairs if pair.same or pair.bits >= least]
    listed.sort(key=lambda pair: (-pair.bits, -(pair.same.lines if pair.same else 0), pair.students))
    return Similarity(assignment, count, least, tuple(listed), tuple(unreadable))


def _havers(traits: Mapping[str, frozenset[Trait]]) -> Mapping[Trait, list[str]]:
    havers: dict[Trait, list[str]] = defaultdict(list)
    for student in sorted(traits):
        for trait in traits[student]:
            havers[trait].append(student)
    return havers


def _pair(students: tuple[str, str], shared: list[Shared], same: Same | None) -> Pair:
    kinds = {(one.trait.kind, one.trait.where) for one in shared}
    counted = [one for one in shared if not _told(one.trait, kinds)]
    counted.sort(key=lambda one: (-one.bits, one.trait))
    return Pair(students, sum(one.bits for one in counted), tuple(counted), same)


def _told(trait: Trait, kinds: set[tuple[Kind, str]]) -> bool:
    """Tell whether something else of the same function says it already."""
    if trait.kind is Kind.BUILD:
        return (Kind.TEXT, trait.where) in kinds
    # Who builds a function alike makes the same mistake in it.
    return trait.kind is Kind.MISTAKE and bool({(Kind.BUILD, trait.where), (Kind.TEXT, trait.where)} & kinds)
