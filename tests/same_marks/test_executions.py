"""Running only what the answers need, and running everything first, give the same marks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
from real_course import train_briefly

from autograder.api import Grader
from autograder.course import load
from autograder.notebook import read_document
from autograder.results import NotebookResult

# One worker runs all: each execution's grader runs the source notebooks, training and all, once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("same marks")]

ROOT = Path(__file__).parents[2]
PUBLISHED = sorted((ROOT.parent / "shared" / "submissions").glob("*.ipynb"))

Marks = dict[tuple[str, str], tuple[str, float | None]]
Found = dict[str, Marks]


def marks_of(result: NotebookResult) -> Marks:
    checks = [(function.name, check) for function in result.functions for check in function.checks]
    return {(name, check.grade_id): (check.verdict, check.score) for name, check in checks}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the course, with its training made short."""
    root = tmp_path_factory.mktemp("course")
    for part in ("source", "reference", "release"):
        shutil.copytree(ROOT / part, root / part)
    for path in root.rglob("*.ipynb"):
        train_briefly(path)
    return root


@pytest.fixture(scope="module")
def marks(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, Iterable[Path]], Found]]:
    """Grade notebooks with the one execution or the other; the mistakes behind lost marks are not looked for."""
    with ExitStack() as stack:
        graders = {}
        for execution in ("full", "definitions"):
            root = Path(shutil.copytree(course, tmp_path_factory.mktemp(execution) / "course"))
            (root / "course.toml").write_text(f"execution = {execution!r}\n")
            graders[execution] = stack.enter_context(Grader(root))

        def grade(execution: str, paths: Iterable[Path]) -> Found:
            one = graders[execution]
            read = {path: read_document(path) for path in paths}
            return {path.name: marks_of(one.grade(read[path], path.name, path.stem, explain=False)) for path in read}

        yield grade


def answered(course: Path, folder: Path) -> list[Path]:
    """Write the released notebooks with the reference's answers, training and plots and all."""
    written = []
    for paper in load(course).papers:
        notebook = nbformat.read(course / "release" / paper.assignment / f"{paper.name}.ipynb", as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = paper.answers[cell.metadata.nbgrader.grade_id]
        written.append(folder / f"{paper.name}.ipynb")
        nbformat.write(notebook, written[-1])
    return written


@pytest.mark.skipif(not PUBLISHED, reason="the published answers are not beside the project")
def test_both_executions_give_published_answers_the_same_marks(marks, tmp_path: Path) -> None:
    paths = [Path(shutil.copy(path, tmp_path)) for path in PUBLISHED]
    for path in paths:
        train_briefly(path)
    assert marks("full", paths) == marks("definitions", paths)


def test_both_executions_give_the_same_marks_throughout_the_corpus(marks, variants) -> None:
    # Every twentieth: each is graded twice, by all test cells, and the mistakes of neighbours are much alike.
    paths = variants[::20]
    assert marks("full", paths) == marks("definitions", paths)


def test_what_an_answer_changes_in_its_arguments_costs_the_same_by_both_executions(marks, variants) -> None:
    changing = [path for path in variants if "popitem()" in path.read_text(encoding="utf-8")]
    assert changing
    assert marks("full", changing) == marks("definitions", changing)


def test_both_executions_give_the_same_marks_to_notebooks_that_train(marks, course: Path, tmp_path: Path) -> None:
    paths = answered(course, tmp_path)
    full = marks("full", paths)
    assert full == marks("definitions", paths)
    assert {verdict for of_one in full.values() for verdict, _ in of_one.values()} == {"passed"}
