"""A busy machine costs no marks, and saves nobody who never ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from crowding import crowded
from toy_course import make_course

from autograder.api import Grader

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this system does not count what is waited"),
]

# A call may take a second there: this one takes a quarter of one, when it has a processor.
SLOW = """
from time import process_time


def double(x):
    until = process_time() + 0.25
    while process_time() < until:
        pass
    return 2 * x
"""
ENDLESS = "def double(x):\n    while True: pass"
ASLEEP = "def double(x):\n    import time\n    time.sleep(60)"


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """Give one whose candidates share a processor with programs that want it all."""
    root = tmp_path_factory.mktemp("busy")
    make_course(root)
    with crowded(4), Grader(root) as grader:
        yield grader


@pytest.mark.parametrize(("answer", "verdicts"), [(SLOW, {"passed"}), (ENDLESS, {"timeout"}), (ASLEEP, {"timeout"})])
def test_an_answer_is_worth_what_it_is_on_an_idle_machine(grader: Grader, tmp_path: Path, answer, verdicts) -> None:
    notebook = nbformat.read(grader.course.root / "source" / "toy" / "toy.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id == "double":
            cell.source = answer
    nbformat.write(notebook, tmp_path / "toy.ipynb")
    result = grader.score(tmp_path / "toy.ipynb", "toy")
    (double,) = (function for function in result.functions if function.name == "double")
    assert {str(check.verdict) for check in double.checks} == verdicts
