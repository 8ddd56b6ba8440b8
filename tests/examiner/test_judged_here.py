"""A trusted answer is worth in this process what it is worth in the sandbox."""

from __future__ import annotations

import inspect

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document

TEST = "a = [1.0, 3.0]\nassert centred(a) == [-1.0, 1.0]\nassert a == [1.0, 3.0]"
ANSWER = "def centred(a):\n    return [x - sum(a) / len(a) for x in a]"
UNTOUCHED = "from autograder import checks\ngot = checks.untouched(centred, [1.0, 3.0])\nassert got == [-1.0, 1.0]"


def in_place(a):
    a[:] = [x - sum(a) / len(a) for x in a]
    return a


@pytest.mark.parametrize(("test", "score"), [(TEST, 1), (UNTOUCHED, 0)])
def test_what_an_answer_changes_in_place_is_seen_where_the_sandbox_sees_it(tmp_path, test, score):
    def cells(answer):
        return [("answer", "centred", answer), ("test", "test_centred", test)]

    source = tmp_path / "source" / "hw" / "hw.ipynb"
    source.parent.mkdir(parents=True)
    bridge.write_source(source, cells(ANSWER))
    bridge.write_source(tmp_path / "hw.ipynb", cells(inspect.getsource(in_place).replace("in_place", "centred")))
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "__init__.py").touch()
    (tmp_path / "reference" / "hw.py").write_text(ANSWER)
    with Grader(tmp_path) as grader:
        (paper,) = grader.course.papers
        with grader.examiner(paper).rehearsing() as (_, rehearsal):
            (here,) = rehearsal.judge(paper.functions[0], in_place)
        document = parse_document((tmp_path / "hw.ipynb").read_bytes())
        (there,) = grader.grade(document, "x", "hw", "hw").functions[0].checks
    assert (here.score, there.score) == (score, score)
