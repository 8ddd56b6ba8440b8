"""Answers that are the same word for word are listed in a class of any size; short ones and common ones are not."""

from __future__ import annotations

import pytest
from classes import independent, right_answers

from autograder.similarity import answers_of, compare, given_of

NOTHING = given_of([])
FUNCTIONS = ("first", "second", "third", "fourth")


def answer(function: str, author: str, lines: int) -> str:
    body = "".join(f"    {author}_{letter} = compute(x, {author!r})\n" for letter in "abcdefghijklmnop"[:lines])
    return f"def {function}(x):\n{body}    return x\n"


def listed(students, given=NOTHING):
    answers = {name: answers_of(cells, FUNCTIONS, given) for name, cells in students.items()}
    return compare("hw", dict.fromkeys(students, frozenset()), answers=answers, functions=len(FUNCTIONS)).pairs


def notebook(author: str, lines: int = 4, functions=FUNCTIONS) -> list[str]:
    return [answer(function, f"{author}_{function}", lines) for function in functions]


@pytest.mark.parametrize("others", [0, 1, 12, 300])
def test_the_same_answers_are_listed_in_a_class_of_any_size(others):
    students = {f"s{number}": notebook(f"other{number}") for number in range(others)}
    (pair,) = listed({**students, "ada": notebook("ada"), "bo": notebook("ada")})
    assert pair.students == ("ada", "bo")
    assert (pair.same.functions, pair.same.lines, pair.same.having) == (FUNCTIONS, 16, 2)


def test_the_same_in_most_of_the_answers_is_enough():
    changed = [*notebook("ada", functions=FUNCTIONS[:3]), answer("fourth", "bo", 4)]
    (pair,) = listed({"ada": notebook("ada"), "bo": changed})
    assert pair.same.functions == FUNCTIONS[:3]


def test_the_same_in_half_of_the_answers_is_not():
    changed = [*notebook("ada", 9, FUNCTIONS[:2]), *notebook("bo", 9, FUNCTIONS[2:])]
    assert listed({"ada": notebook("ada", 9), "bo": changed}) == ()


def test_layout_makes_no_other_text():
    spaced = [cell.replace(" = ", "=").replace("\n", "\n\n") for cell in notebook("ada")]
    assert [pair.students for pair in listed({"ada": notebook("ada"), "bo": spaced})] == [("ada", "bo")]


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("ada", "zoe"), lambda text: text + "    # mine, not yours\n"]
)
def test_a_name_or_a_comment_of_ones_own_makes_another_text(change):
    assert listed({"ada": notebook("ada"), "bo": [change(cell) for cell in notebook("ada")]}) == ()


def test_a_group_is_listed_with_how_many_it_is():
    pairs = listed({name: notebook("ada") for name in ("ada", "bo", "cy")})
    assert [(pair.students, pair.same.having) for pair in pairs] == [
        (("ada", "bo"), 3),
        (("ada", "cy"), 3),
        (("bo", "cy"), 3),
    ]


def test_answers_so_short_that_many_write_them_alike_are_not_listed():
    assert listed({"ada": notebook("ada", 2), "bo": notebook("ada", 2)}) == ()


def test_lines_that_differ_in_their_digits_are_one():
    cells = [
        answer(function, "x", 0) + "".join(f"    layer{n} = something({n})\n" for n in range(9))
        for function in FUNCTIONS
    ]
    assert listed({"ada": cells, "bo": cells}) == ()


def test_what_everybody_was_given_is_nobodys_own():
    given = given_of(notebook("ada"))
    assert listed({"ada": notebook("ada"), "bo": notebook("ada")}, given) == ()


def test_what_a_crowd_writes_in_the_same_words_is_nobodys_own():
    students = {f"s{number}": notebook(f"other{number}") for number in range(20)}
    crowd = {f"c{number}": notebook("all") for number in range(9)}
    assert listed(students | crowd) == ()


def test_answers_that_are_not_written_are_not_the_same():
    assert listed({"ada": ["x = 1"], "bo": ["x = 1"]}) == ()


def test_a_right_answer_copied_whole_is_listed_in_a_small_class_and_nobody_else(compared):
    students = independent(13)
    (pair,) = compared({**students, "zoe": students["student007"]}).pairs
    assert pair.students == ("student007", "zoe")
    assert set(pair.same.functions) == set(right_answers())
