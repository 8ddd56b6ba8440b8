"""The code of a smallest example: what a student pastes into the notebook."""

from __future__ import annotations

import pytest

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
