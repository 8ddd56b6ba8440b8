"""Who is listed and who is not, and what it is laid to."""

from __future__ import annotations

import math

import pytest
from classes import independent, odd, renamed

from autograder.similarity import Kind, Trait, compare

pytestmark = pytest.mark.slow

SIZE = 120


@pytest.fixture(scope="module")
def students():
    return independent(SIZE)


def pairs(found):
    return [pair.students for pair in found.pairs]


def kinds(pair):
    return {shared.trait.kind for shared in pair.shared}


@pytest.mark.parametrize("count", [2, 15, 60])
def test_independent_right_answers_are_not_listed(compared, count):
    assert pairs(compared(independent(count, seed=count))) == []


def test_one_odd_answer_is_listed_with_nobody(compared, students):
    assert pairs(compared({**students, "zoe": odd(students["student007"])})) == []


@pytest.mark.parametrize("copy", [odd, lambda cells: renamed(odd(cells))], ids=["word for word", "renamed"])
def test_a_copy_is_listed_and_nobody_else(compared, students, copy):
    author = students["student007"]
    assert pairs(compared({**students, "student007": odd(author), "zoe": copy(author)})) == [("student007", "zoe")]


def test_a_copy_is_laid_to_its_comments_names_and_texts(compared, students):
    author = odd(students["student007"])
    (pair,) = compared({**students, "student007": author, "zoe": author}).pairs
    assert kinds(pair) == {Kind.COMMENT, Kind.NAME, Kind.TEXT}
    assert {shared.having for shared in pair.shared[:5]} == {2}
    assert {"pepper_weight", "whiskers"} <= {shared.trait.text for shared in pair.shared}


def test_a_renamed_copy_is_laid_to_how_it_is_built(compared, students):
    author = odd(students["student007"])
    (pair,) = compared({**students, "student007": author, "zoe": renamed(author)}).pairs
    assert sum(shared.trait.kind is Kind.BUILD for shared in pair.shared) == 4
    assert kinds(pair).isdisjoint({Kind.TEXT, Kind.COMMENT})


def test_what_a_tenth_of_the_class_has_says_nothing(compared, students):
    names = list(students)[: SIZE // 10 + 1]
    shared = {**students, **{name: odd(students["student007"]) for name in names}}
    assert pairs(compared(shared)) == []


def test_a_trait_weighs_what_its_base_rate_says():
    traits = {f"s{number}": frozenset[Trait]() for number in range(64)}
    shared = frozenset(Trait(Kind.COMMENT, "", f"remark number {number}") for number in range(6))
    found = compare("hw", traits | {"ada": shared, "bo": shared, "s0": shared})
    assert [pair.students for pair in found.pairs] == [("ada", "bo"), ("ada", "s0"), ("bo", "s0")]
    assert found.pairs[0].bits == pytest.approx(6 * math.log2(66 / 3))
    assert found.pairs[0].shared[0].having == 3


def test_the_same_rare_mistakes_count():
    mistakes = frozenset(Trait(Kind.MISTAKE, f"f{number}", "not-scaled") for number in range(5))
    traits = {f"s{number}": frozenset[Trait]() for number in range(64)}
    assert pairs(compare("hw", traits | {"ada": mistakes, "bo": mistakes})) == [("ada", "bo")]


@pytest.mark.parametrize(("kind", "counted"), [(Kind.TEXT, {Kind.TEXT}), (Kind.BUILD, {Kind.BUILD})])
def test_a_mistake_in_what_is_alike_anyway_does_not_count_twice(kind, counted):
    both = {Trait(Kind.MISTAKE, f"f{n}", "not-scaled") for n in range(6)} | {
        Trait(kind, f"f{n}", "…") for n in range(6)
    }
    traits = {f"s{number}": frozenset[Trait]() for number in range(64)}
    (pair,) = compare("hw", traits | {"ada": frozenset(both), "bo": frozenset(both)}).pairs
    assert kinds(pair) == counted
