"""The page on what a reference may say beside the answer: its blocks are a course, and do what the page says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.audit.right import hand_written, ungraded
from autograder.course import TABLES
from autograder.diagnosis import Small

PAGE = (Path(__file__).parents[2] / "docs" / "reference-tables.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r'^```python title="([^"\n]+)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
TEST = "from reference import share\nfrom autograder import checks\n{}"
TESTS = {
    "total": "checks.close(total(np.ones(3)), 3.0)",
    "shares": "checks.agree(shares(np.array([1.0, 2.0, 5.0]), 2.0), share.shares(np.array([1.0, 2.0, 5.0]), 2.0))",
}
ANSWERS = {
    "total": "def total(x):\n    return np.sum(x)",
    "shares": 'def shares(x, scale):\n    part = x / total(x)\n    return {"part": part, "scaled": part * scale}',
}


def write(path: Path, answers: dict[str, str]) -> None:
    cells = [("given", "imports", "import numpy as np")]
    for name, test in TESTS.items():
        cells += [("answer", name, answers[name]), ("test", f"test_{name}", TEST.format(test))]
    path.parent.mkdir(parents=True, exist_ok=True)
    bridge.write_source(path, cells)


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("page")
    for title, text in BLOCKS:
        path = root / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")
    write(root / "source" / "share" / "share.ipynb", ANSWERS)
    return root


@pytest.fixture(scope="module")
def grader(course):
    with Grader(course) as opened:
        yield opened


@pytest.fixture(scope="module")
def reference(grader):
    """Give the tables, with the modules of the course importable."""
    (paper,) = grader.course.papers
    with grader.examiner(paper).rehearsing() as (found, _):
        yield found


def test_the_page_names_every_table():
    assert [name for name in TABLES if f"| `{name}` |" not in PAGE] == []


def test_the_page_names_every_part_of_a_small_case():
    assert [part.name for part in dataclasses.fields(Small) if f"- `{part.name}`:" not in PAGE] == []


@pytest.mark.parametrize("table", ["questions", "edges", "outputs", "probes", "quantities", "small"])
def test_every_table_of_the_page_is_read(reference, table):
    assert "shares" in getattr(reference, table)


def test_the_reference_answers_its_edges(reference):
    for name, cases in reference.edges.items():
        assert all(reference.outputs[name](reference.answers[name](*arguments)) for arguments in cases())


def test_an_answer_gets_the_small_example_that_the_page_shows(grader, tmp_path):
    wrong = ANSWERS["shares"].replace("total(x)", "np.mean(x)")
    write(tmp_path / "share.ipynb", {**ANSWERS, "shares": wrong})
    result = grader.score(tmp_path / "share.ipynb", "share")
    (example,) = [one.counterexample for one in result.functions if one.name == "shares"]
    told = [line for line in example.differences() if line in PAGE]
    assert told, example.differences()


def test_the_right_answers_of_the_page_are_read(course):
    found = hand_written(course, "share")
    assert [(one.function, one.name) for one in found] == [("total", "a loop"), ("shares", "the built-in sum")]
    assert ungraded(found, "share", TESTS) == []


def test_they_are_right(reference, course):
    for one in hand_written(course, "share"):
        space = {"np": np}
        exec(one.source, space)  # noqa: S102 - the page's own text
        arguments = reference.questions[one.function](5)
        outputs = reference.outputs[one.function]
        got, wanted = outputs(space[one.function](*arguments)), outputs(reference.answers[one.function](*arguments))
        assert all(np.allclose(got[name], wanted[name]) for name in wanted)
