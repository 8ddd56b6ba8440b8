"""A Jupyter server grades for weeks in one process, and instructors edit in between."""

from __future__ import annotations

import nbformat
from toy_course import answers, code, make_course

from autograder.api import examine


def test_an_edited_test_is_the_one_that_counts(tmp_path):
    make_course(tmp_path)
    answer = nbformat.writes(nbformat.v4.new_notebook(cells=[code(answers())]))
    before = examine(answer, "toy", "toy", tmp_path)
    path = tmp_path / "source" / "toy" / "toy.ipynb"
    path.write_text(path.read_text().replace("[4.0], err_msg", "[5.0], err_msg"))
    (tmp_path / "reference" / "toy.py").write_text("def double(x):\n    return 2.5 * x\n")
    after = examine(answer, "toy", "toy", tmp_path)
    assert before.score == before.max_score
    assert after.functions[0].score < before.functions[0].score
