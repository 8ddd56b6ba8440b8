"""A wrong result that is no number is told by its kind and by what is in it, and by nothing that it holds."""

from __future__ import annotations

import numpy as np
import pytest
from asking import diagnosed

from autograder.diagnosis import Subject

STRUCTURE, CONTENTS = "wrong-structure", "contents"
TEXTS = ["Tea at eight", "eat a tea tonight", "nobody ate the Ant"]


def draw(seed):
    return (TEXTS[seed % 3] + f" number {seed}",)


def words(text):
    return set(text.split())


def in_order(text):
    return text.split()


def by_first(text):
    return {word[0]: {each for each in text.split() if each[0] == word[0]} for word in text.split()}


def counts(text):
    return {word: text.split().count(word) for word in text.split()}


def shout(text):
    return text + "!"


SAID = {
    "list for set": (
        words,
        lambda t: sorted(words(t)),
        STRUCTURE,
        "the function returns a list where a set is wanted.",
    ),
    "None for set": (words, lambda _: None, "returns-nothing", "the function returns nothing, that is none."),
    "lists for sets in a dictionary": (
        by_first,
        lambda t: {key: list(group) for key, group in by_first(t).items()},
        STRUCTURE,
        "the result holds a list where a set is wanted.",
    ),
    "entry missing": (
        words,
        lambda t: words(t) - {t.split()[0]},
        CONTENTS,
        "the result is right as far as it goes, but entries are missing from it.",
    ),
    "entry added": (
        words,
        lambda t: words(t) | {""},
        CONTENTS,
        "the result is right but for entries that do not belong to it.",
    ),
    "other order": (
        in_order,
        lambda t: in_order(t)[::-1],
        CONTENTS,
        "the result is right but for the order of its entries.",
    ),
    "repeated": (
        in_order,
        lambda t: [*in_order(t), in_order(t)[0]],
        CONTENTS,
        "the result is right but for entries that do not belong to it, or come too often.",
    ),
    "key added": (
        counts,
        lambda t: counts(t) | {"": 1},
        CONTENTS,
        "the result is right but for keys that do not belong to it.",
    ),
    "lower case": (
        shout,
        lambda t: shout(t).lower(),
        CONTENTS,
        "the result is right but for upper and lower case.",
    ),
    "blanks": (
        shout,
        lambda t: t + " !",
        CONTENTS,
        "the result is right but for its blanks and line ends.",
    ),
}


@pytest.mark.parametrize(("right", "answer", "kind", "said"), SAID.values(), ids=SAID)
def test_a_result_that_is_no_number_is_told_by_what_is_wrong_with_it(right, answer, kind, said):
    found = diagnosed(Subject(right, draw), answer)
    assert found
    assert (found.misconception, found.message.lower()) == (kind, said)


RIGHT = {
    "frozen": (words, lambda t: frozenset(words(t))),
    "array for list": (lambda t: [[len(t)]], lambda t: np.array([[len(t)]])),
}


@pytest.mark.parametrize(("right", "answer"), RIGHT.values(), ids=RIGHT)
def test_what_holds_the_same_is_not_suspected(right, answer):
    found = diagnosed(Subject(right, draw), answer)
    assert found is None or found.misconception not in {STRUCTURE, CONTENTS}


UNSAID = {
    "two rules": (words, lambda t: words(t) | {""} if "Tea" in t else set()),
    "very deep": (in_order, lambda _: nested(10_000)),
    "very long": (in_order, lambda t: in_order(t) * 5000),
    "unhashable": (in_order, lambda t: [[t], {t}, {t: [t]}]),
    "no kind that is known": (words, lambda _: object()),
}


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(("right", "answer"), UNSAID.values(), ids=UNSAID)
def test_where_no_rule_holds_everywhere_nothing_is_said_of_the_contents(right, answer):
    found = diagnosed(Subject(right, draw), answer)
    assert found is None or found.misconception != CONTENTS
