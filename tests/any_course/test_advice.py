"""What `autograder adopt` advises for a test cell that cannot be examined; `rewritten-*` are the advice taken."""

from __future__ import annotations

import pytest
from any_patterns import parts

from autograder.adoption.advice import advice

ADVISED = {
    "class-that-inherits": "isinstance",
    "derived-by-the-test": "leaves alone",
    "exception-class-of-the-students": "built-in exception",
    "file-that-the-answer-writes": "leaves alone",
    "object-passed-by-the-test": "leaves alone",
    "signature-inspected": "keywords",
    "source-text-inspected": "count the calls",
}


def advised(pattern: str) -> str:
    locked = "\n".join(part.text for part in parts(pattern) if part.kind == "given")
    others = "\n".join(part.text for part in parts(pattern) if part.kind in {"answer", "free"})
    return next(text for part in parts(pattern) if part.kind == "test" and (text := advice(part.text, locked, others)))


@pytest.mark.parametrize("pattern", sorted(ADVISED))
def test_a_cell_that_cannot_be_examined_has_its_own_advice(pattern):
    assert ADVISED[pattern] in advised(pattern)


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("assert account.pay(5) is account", "with =="),
        ("assert double.__doc__ is None", "docstring"),
        ("with mock.patch('builtins.print') as p:\n    double(2)\nassert not p.called", "redirect_stdout"),
        ("with mock.patch('random.randint', return_value=4):\n    assert dice() == 4", "seed"),
        ("with mock.patch.object(random, 'randint'):\n    dice()", "seed"),
    ],
)
def test_what_a_stand_in_cannot_show_has_advice_too(test, told):
    assert told in advice(test, "", "")


def test_a_plain_cell_has_none():
    assert advice("assert double(2) == 4 and double(3) is None", "", "def double(x):\n    return 2 * x") == ""


def test_of_a_list_that_locked_code_keeps_the_reason_is_told():
    locked = "history = []\ndef log(x):\n    history.append(x)\n    return x"
    test = "history.clear()\nassert step(8) == 4\nassert history == [8]"
    assert "own copy" in advice(test, locked, "")


def test_a_constant_of_locked_code_is_no_state():
    assert advice("assert step(8) == EXPECTED", "EXPECTED = [4]", "") == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [('assert d["x"] == 5', ""), ("assert inner is d", "with ==")],
)
def test_objects_compared_by_identity_in_another_line_are_not_to_blame(line, told):
    test = 'with temporarily(d, x=5) as inner:\n    assert d["x"] == 5\n    assert inner is d'
    found = advice(test, "", "", f"AssertionError in the line `{line}`")
    assert (told in found) if told else found == ""
