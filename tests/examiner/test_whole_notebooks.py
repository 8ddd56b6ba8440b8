"""One mistake costs once where whole notebooks are run, too."""

from __future__ import annotations

import nbformat
from toy_course import answers, by_name, code, make_course

from autograder.api import Grader
from autograder.notebook import parse_document


def test_an_answer_is_lent_what_the_reference_uses(tmp_path):
    make_course(tmp_path)
    (tmp_path / "course.toml").write_text('execution = "full"\n')
    wrong = answers(double="def double(x):\n    return 3 * x").split("\n\n\n")
    made = nbformat.read(tmp_path / "source" / "toy" / "toy.ipynb", as_version=4)
    places = [n for n, cell in enumerate(made.cells) if cell.metadata["nbgrader"]["solution"]]
    for place, text in zip(places, wrong, strict=False):
        made.cells[place] = code(text, **made.cells[place].metadata["nbgrader"])
    with Grader(tmp_path) as grader:
        found = by_name(grader.grade(parse_document(nbformat.writes(made).encode()), "x", "toy", "toy"))
    assert (found["double"].score < found["double"].max_score, found["fourfold"].score) == (True, 4)
