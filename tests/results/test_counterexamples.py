"""The code of a smallest example: what a student pastes into the notebook."""

from __future__ import annotations

import pytest

from autograder.language import Speaker
from autograder.results import Counterexample

NOTEBOOK = """
def cost(x):
    return x + 1

def slope(x, step):
    return (cost(x + step) - cost(x)) / step

x = 5.0
"""
BROKEN = NOTEBOOK + "def slope(x, step):\n    return 1 / 0\n"
PLAIN = Counterexample({"x": "3.0", "step": "1.0"}, {}, {"slope": "1.0"})
WITH_A_STAND_IN = Counterexample({"cost": "lambda x: x**2", "x": "3.0", "step": "1.0"}, {}, {"slope": "7.0"})


def run(code: str, names: dict[str, object] | None = None) -> dict[str, object]:
    names = {} if names is None else names
    exec(code, names)  # noqa: S102 - as a cell of the notebook
    return names


def test_an_example_is_its_inputs_and_the_call():
    assert PLAIN.code("slope") == "x = 3.0\nstep = 1.0\nslope(x, step)"


def test_an_entry_of_a_dictionary_that_is_long_has_a_line():
    text = "{'W1': [[0.5, 0.25]], 'b1': [[1.0]], 'W2': [[-1.0]], 'b2': [[0.0]]}"
    assert Counterexample({"parameters": text}, {}, {}).code("f").split("\n")[:3] == [
        "parameters = {",
        "    'W1': [[0.5, 0.25]],",
        "    'b1': [[1.0]],",
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"W1": [[0.125] * 40], "b1": [1.0], "names": ["it's one", 'a "word"'] * 9},
        (([[0.731058578630]] * 30), -1.0),
        [-1.0e-07] * 50,
        "two  words, and no end of them, " * 9,
        {"a": {"b": [1] * 40, "c": (2,) * 40}},
    ],
    ids=["dictionary", "tuple", "list", "text", "nested"],
)
@pytest.mark.parametrize("others", [{}, {"cost": "lambda x: x**2"}], ids=["plain", "stands in"])
def test_long_values_are_the_same_pasted_whatever_becomes_of_the_spaces_before_a_line(value, others, capsys):
    code = Counterexample({"given": repr(value), **others}, {}, {}).code("print")
    pasted = "\n".join(line.lstrip() for line in code.split("\n"))
    names = run(pasted, {"cost": None})
    assert names.get("given", value) == value
    assert capsys.readouterr().out.startswith(f"{value}\n")


def test_long_lines_are_broken():
    code = Counterexample({"X": repr([0.731058578630] * 90)}, {}, {}).code("f")
    assert max(map(len, code.split("\n"))) < 70


@pytest.mark.parametrize("inside", ["(%s)", "[%s]", "{'one': 1.0, 'all': (%s)}"], ids=["tuple", "list", "dictionary"])
def test_a_part_that_fits_on_a_line_is_not_broken(inside):
    arrays = [f"np.array([[{n}.0, {n}.5], [0.25, -1.0]])" for n in range(9)]
    code = Counterexample({"cache": inside % ", ".join(arrays)}, {}, {}).code("f")
    assert [array for array in arrays if array not in code] == []


def test_a_part_that_is_longer_than_a_line_is_broken_between_its_own_parts():
    rows = [str([0.125 * n] * 6) for n in range(9)]
    code = Counterexample({"cache": f"(np.array([{', '.join(rows)}]), 1.0)"}, {}, {}).code("f")
    assert [row for row in rows if row not in code] == []


def test_what_stands_in_is_used(capsys):
    run(WITH_A_STAND_IN.code("slope"), run(NOTEBOOK))
    assert capsys.readouterr().out == "7.0\n"


@pytest.mark.parametrize("notebook", [NOTEBOOK, BROKEN], ids=["returns", "raises"])
def test_what_stands_in_leaves_the_notebooks_names_as_they_were(notebook):
    names = run(notebook)
    before = dict(names)
    try:
        run(WITH_A_STAND_IN.code("slope"), names)
    except ZeroDivisionError:
        assert notebook is BROKEN
    assert {name: names[name] for name in before} == before


def test_each_output_that_differs_is_a_sentence():
    example = Counterexample({"x": "1.0"}, {"a": "1.0"}, {"a": "2.0", "b": "3.0"})
    assert example.differences() == ["a is 1.0; right is 2.0", "b is something else; right is 3.0"]


def test_an_output_that_the_answer_does_not_give_is_missing():
    example = Counterexample({}, {}, {"dW3": "2.0"}, missing=("dW3",))
    assert example.differences() == ["dW3 is missing; right is 2.0"]


def test_a_brace_in_a_value_is_no_placeholder():
    assert Counterexample({}, {"a": "{0}"}, {"a": "{}"}).differences() == ["a is {0}; right is {}"]


def test_the_sentence_is_said_in_the_readers_language():
    said = Speaker("xx", {"{name} is {yours}; right is {expected}": "{expected}!", "something else": "?"})
    assert PLAIN.differences(said) == ["1.0!"]
