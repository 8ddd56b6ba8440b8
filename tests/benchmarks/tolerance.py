"""How much room the tolerance leaves on either side, measured for every graded function.

Run it from the course folder::

    .venv/bin/python tests/benchmarks/tolerance.py [--questions 200]
"""

from __future__ import annotations

import argparse
import importlib
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.audit.spread import nearest, spread

COURSE_TESTS = Path(__file__).parents[1] / "course"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200, help="questions of each function")
    count = parser.parse_args().questions
    print("| function | error | spread of n right answers | margin | nearest wrong answer | its deviation |")
    print("| --- | ---: | ---: | ---: | --- | ---: |")
    sys.path[:0] = [str(Path.cwd()), str(COURSE_TESTS)]
    notebook = importlib.import_module("notebook_cells")
    for assignment, right in right_answers().items():
        reference = importlib.import_module(f"reference.{assignment}")
        catalogue = importlib.import_module(f"reference.misconceptions.{assignment}").CATALOGUE
        for name, question in reference.QUESTIONS.items():
            variants = [notebook.definitions(assignment, {name: text})[name] for text in right.get(name, [])]
            wrongs = {entry.name: entry.wrong for entry in catalogue if entry.function == name}
            questions = [question(seed) for seed in range(count)]
            print(row(getattr(reference, name), variants, wrongs, questions, reference.OUTPUTS[name]))


def right_answers() -> dict[str, dict[str, list[str]]]:
    """Give the hand-written right answers of the tests, by assignment and function."""
    first, second, third = map(
        importlib.import_module, ("test_initialization", "test_regularization", "test_gradient_checking_answers")
    )
    bodies = (third.STEPS, third.KEYWORDS, third.IN_PLACE)
    return {
        "initialization": {name: [text] for name, text in first.RIGHT.items()},
        "regularization": {name: [text] for name, text in second.RIGHT.items()},
        "gradient_checking": {
            "gradient_check": [third.one(body) for body in third.RIGHT_CHECKS.values()],
            "gradient_check_n": [third.network(body) for body in bodies],
        },
    }


def row(
    right: Callable[..., Any],
    variants: list[Callable[..., Any]],
    wrongs: dict[str, Callable[..., Any]],
    questions: list[tuple[Any, ...]],
    outputs: Callable[[Any], dict[str, Any]],
) -> str:
    """Measure one function; of its outputs, the one with the least margin stands in the table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tightest = min(spread(right, variants, questions, outputs).values(), key=lambda one: one.margin)
        wrong = nearest(right, wrongs, questions, outputs)
    apart = f"{tightest.spread:.0e}, n = {len(variants)}" if variants else "-"
    name = f"{right.__name__}: {tightest.output}"
    return (
        f"| {name} | {tightest.error:.0e} | {apart} | {tightest.margin:.0e} | {wrong.wrong} | {wrong.deviation:.0e} |"
    )


if __name__ == "__main__":
    main()
