"""What trusted functions keep of their calls is nobody's to choose: not by calling them, nor by what they are given."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.results import NotebookResult

MEMORIES = {
    "a cache of functools": "@functools.cache\ndef remainder(n, m):\n    return n % m",
    "a dictionary of the module": "KEPT = {}\n\n\ndef remainder(n, m):\n    return KEPT.setdefault((n, m), n % m)",
    "a default": "def remainder(n, m, kept={}):\n    return kept.setdefault((n, m), n % m)",
    "an attribute": "def remainder(n, m):\n    return remainder.had.setdefault((n, m), n % m)\n\n\nremainder.had = {}",
    "a decorator": "def keeping(function):\n    kept = {}\n\n    def call(*numbers):\n        if numbers not in kept:\n"
    "            kept[numbers] = function(*numbers)\n        return kept[numbers]\n\n    return call\n\n\n"
    "@keeping\ndef remainder(n, m):\n    return n % m",
    "a cache in a class": "class Kept:\n    @staticmethod\n    @functools.cache\n    def of(n, m):\n"
    "        return n % m\n\n\ndef remainder(n, m):\n    return Kept.of(n, m)",
}
ANSWERS = """

def rest(n, m):
    return remainder(n, m)


def rests(numbers, m):
    return [rest(n, m) for n in numbers]
"""
OPEN = "from reference import hw as reference\n{}"
CELLS = (
    ("answer", "rests", "def rests(numbers, m):\n    return [n % m for n in numbers]"),
    (
        "test",
        "given",
        OPEN.format("one = rests([7], 5)\nassert reference.rest(one[0], 10) == 2 and rests([8], 5) == [3]"),
    ),
    ("test", "compared", OPEN.format("assert str(rests([9], 5)) == str(reference.rests([9], 5))")),
    ("answer", "rest", "def rest(n, m):\n    return n % m"),
    ("test", "sound", OPEN.format("for n in range(10):\n    assert str(rest(n, 10)) == str(reference.rest(n, 10))")),
)
RIGHT = {name: text for kind, name, text in CELLS if kind == "answer"}
CALLS = (
    "def rests(numbers, m):\n    for n in range(10):\n        rest(float(n), 10)\n    return [n % m for n in numbers]"
)
GIVES = "def rests(numbers, m):\n    return [float(n % m) for n in numbers]"


def _grader(root, memory, wanted) -> Grader:
    for folder in ("source/hw", "reference"):
        (root / folder).mkdir(parents=True)
    cells = [cell for cell in CELLS if cell[0] == "answer" or cell[1] in wanted]
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    (root / "reference" / "hw.py").write_text(f"import functools\n\n\n{memory}\n{ANSWERS}")
    (root / "course.toml").touch()
    return Grader(root)


def _points(grader, root, **answers) -> dict[str, float | None]:
    texts = {**RIGHT, **answers}
    bridge.write_source(root / "mine.ipynb", [(kind, name, texts.get(name, text)) for kind, name, text in CELLS])
    result = grader.score(root / "mine.ipynb", "hw")
    assert isinstance(result, NotebookResult)
    return {check.grade_id: check.score for function in result.functions for check in function.checks}


@pytest.mark.parametrize("memory", MEMORIES.values(), ids=MEMORIES)
@pytest.mark.parametrize("answer", [CALLS, GIVES], ids=["called", "given"])
def test_the_next_one_is_judged_as_if_nobody_had_been_before(tmp_path, memory, answer) -> None:
    with _grader(tmp_path, memory, {"given", "sound"}) as grader:
        first = _points(grader, tmp_path, rests=answer)
        assert first["sound"] == 1
        assert _points(grader, tmp_path) == {"given": 1, "sound": 1}


def test_what_is_remembered_is_of_no_answers_choice(tmp_path) -> None:
    with _grader(tmp_path, MEMORIES["a cache of functools"], {"compared", "sound"}) as grader:
        _points(grader, tmp_path, rests=CALLS.replace("10)\n    return", "5)\n    return"))
        assert _points(grader, tmp_path) == {"compared": 1, "sound": 1}
