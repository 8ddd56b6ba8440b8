"""What a submission has that the homework does not force."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.similarity.lexing import LANGUAGE, build, comments, own_names, parts, words

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"\w")
# Shorter ones come to many by themselves.
_LEAST_NAME, _LEAST_COMMENT, _LEAST_BUILD = 3, 8, 25


class Kind(enum.StrEnum):
    """What sort of thing is shared."""

    COMMENT = "comment"
    NAME = "name"
    BUILD = "build"
    TEXT = "text"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True, order=True)
class Trait:
    """Something that a student need not have written so.

    Parameters
    ----------
    kind : Kind
    where : str
        The function that it belongs to, or empty.
    text : str
        The comment, the name with ``#`` for its digits, the misconception, or the tokens of a piece of code: as they
        stand, or of its build, in which names are numbers.
    """

    kind: Kind
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """What everybody was given, or may have read: none of it is a trait.

    Parameters
    ----------
    comments, names : frozenset of str
    builds : frozenset of tuple of str
        Of the released cells and of the reference.
    lines : frozenset of str
        Of the same and of the prose, as `plain_line` gives them.
    """

    comments: frozenset[str]
    names: frozenset[str]
    builds: frozenset[tuple[str, ...]]
    lines: frozenset[str]


def given_of(code: Iterable[str], prose: Iterable[str] = ()) -> Given:
    """Take what was given apart.

    Parameters
    ----------
    code : iterable of str
        Cells and modules: released ones, and the reference, whose names the notation of the homework suggests.
    prose : iterable of str
        Texts whose words may be names and comments as well.
    """
    code, prose = tuple(code), tuple(prose)
    known = frozenset(_family(word) for text in (*code, *prose) for word in _WORD.findall(text)) | LANGUAGE
    builds = (build(text) for cell in code for _, text in parts(cell))
    said = frozenset(_plain(comment) for cell in code for comment in comments(cell))
    lines = (plain_line(line) for text in (*code, *prose) for line in text.splitlines())
    return Given(said, known, frozenset(builds), frozenset(lines))


def traits_of(cells: Iterable[str], mistakes: Mapping[str, str], given: Given) -> frozenset[Trait]:
    """Find the traits of one submission.

    Parameters
    ----------
    cells : iterable of str
        Its code cells; those that are as released have no traits.
    mistakes : mapping of str to str
        The misconception that was recognized in each function.
    given : Given
    """
    found = {Trait(Kind.MISTAKE, function, name) for function, name in mistakes.items()}
    for where, text in (part for cell in cells for part in parts(cell)):
        said = {_plain(comment) for comment in comments(text)} - given.comments
        found |= {Trait(Kind.COMMENT, "", one) for one in said if len(_LETTERS.findall(one)) >= _LEAST_COMMENT}
        names = {_family(name) for name in own_names(text)} - given.names
        found |= {Trait(Kind.NAME, "", name) for name in names if len(name) >= _LEAST_NAME}
        tokens = build(text)
        if len(tokens) >= _LEAST_BUILD and tokens not in given.builds:
            found.add(Trait(Kind.BUILD, where, " ".join(tokens)))
            # Outside of functions the same text says no more than the same build.
            found |= {Trait(Kind.TEXT, where, words(text))} if where else set()
    return frozenset(found)


def plain_line(line: str) -> str:
    """Give a line without its layout and with one digit for all: ``dW1 = 2`` and ``dW3=4`` are one choice."""
    return _DIGITS.sub("#", "".join(line.split()))


def _family(name: str) -> str:
    """Make one of the names that differ in their digits: whoever writes `grad1` writes `grad2` as well."""
    return _DIGITS.sub("#", name)


def _plain(comment: str) -> str:
    return comment.casefold().strip(" -=*#.:!")
