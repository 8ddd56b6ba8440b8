"""Whose graded answers are the same word for word, and how much of that nobody forced on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from autograder.similarity.lexing import parts
from autograder.similarity.traits import Given, plain_line

# So many own lines, in the same words and order, are not written twice by chance; few may be.
_LEAST_LINES = 10
# What more people than a large study group and more than this share of a class write in the same words is common there.
_GROUP, _COMMON = 8, 0.1
_LETTERS = re.compile(r"\w")
_LEAST_LETTERS = 8
# The names of a function and its parameters are the homework's.
_HEAD = re.compile(r"\s*(?:async\s+def|def|class)\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student wrote for one graded function.

    Parameters
    ----------
    text : str
        Without its layout.
    lines : frozenset of str
        Those that nobody was given; lines that differ in their layout or digits only are one.
    """

    text: str
    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class Same:
    """Most graded answers of two submissions are the same, word for word.

    Parameters
    ----------
    functions : tuple of str
        Whose answers are the same.
    of : int
        How many graded functions there are.
    lines : int
        How many lines of their own these answers have: not given, and different in more than digits.
    having : int
        How many submissions of the class have all these answers.
    """

    functions: tuple[str, ...]
    of: int
    lines: int
    having: int


def answers_of(cells: Iterable[str], functions: Collection[str], given: Given) -> dict[str, Answer]:
    """Find what a submission answers, by graded function.

    Parameters
    ----------
    cells : iterable of str
        Its code cells; those that are as released are no answers.
    functions : collection of str
        The names of the graded functions.
    given : Given
    """
    texts: dict[str, str] = defaultdict(str)
    for name, text in (part for cell in cells for part in parts(cell)):
        if name in functions:
            texts[name] += text
    return {name: _answer(text, given) for name, text in texts.items()}


def same_answers(answers: Mapping[str, Mapping[str, Answer]], functions: int) -> dict[tuple[str, str], Same]:
    """Find the pairs of a class with most answers the same, and enough lines of their own in these.

    Parameters
    ----------
    answers : mapping of str to mapping of str to Answer
        By student and function.
    functions : int
        How many graded functions there are.
    """
    shared: dict[tuple[str, str], dict[str, Answer]] = defaultdict(dict)
    havers = _havers(answers)
    for (function, _), students in havers.items():
        if len(students) <= max(_GROUP, _COMMON * len(answers)):
            for pair in combinations(students, 2):
                shared[pair][function] = answers[pair[0]][function]
    found = {}
    for pair, texts in shared.items():
        lines = frozenset[str]().union(*(answer.lines for answer in texts.values()))
        if 2 * len(texts) > functions and len(lines) >= _LEAST_LINES:
            groups = [set(havers[function, answer.text]) for function, answer in texts.items()]
            having = len(set.intersection(*groups))
            found[pair] = Same(tuple(texts), functions, len(lines), having)
    return found


def _havers(answers: Mapping[str, Mapping[str, Answer]]) -> Mapping[tuple[str, str], list[str]]:
    havers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for student in sorted(answers):
        for function, answer in answers[student].items():
            havers[function, answer.text].append(student)
    return havers


def _answer(text: str, given: Given) -> Answer:
    written = [line for line in text.splitlines() if len(_LETTERS.findall(line)) >= _LEAST_LETTERS]
    lines = frozenset(plain_line(line) for line in written if not _HEAD.match(line))
    return Answer("".join(text.split()), lines - given.lines)
