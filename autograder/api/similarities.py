"""What the collected submissions of an assignment share beyond what the homework forces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.records import kept
from autograder.course import Paper, load, python_files
from autograder.errors import NotebookError, UsageError
from autograder.files import legible_text
from autograder.notebook import definitions_of, read, read_document
from autograder.results import NotebookResult
from autograder.similarity import Answer, Given, Similarity, Trait, answers_of, compare, given_of, traits_of

# What nbgrader puts in the place of a solution.
_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def similar(root: Path, assignment: str) -> Similarity:
    """Compare the collected submissions of an assignment, with the mistakes that were recognized when they were graded.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str

    Raises
    ------
    UsageError
        Where there is no such assignment, or nobody has handed in.
    CourseError, BridgeError
        Where the course has faults, or nbgrader cannot open it.
    """
    papers = load(root).papers_of(assignment)
    found = bridge.submissions(root, assignment)
    if not found:
        raise UsageError(f"No submission of {assignment} is collected. Run `autograder collect {assignment}` first.")
    as_given, known = frozenset(_given_code(root, papers)), given(root, papers)
    mistakes = _mistakes(root, assignment)
    functions = {name for paper in papers for answer in paper.answers.values() for name in definitions_of(answer)}
    traits: dict[str, frozenset[Trait]] = {}
    answers: dict[str, dict[str, Answer]] = {}
    unreadable = []
    for one in found:
        try:
            cells = [cell.source for _, path in one.paths for cell in read(path).cells]
        except NotebookError:
            cells = []
        if cells:
            own = [cell for cell in cells if cell not in as_given]
            traits[one.student] = traits_of(own, mistakes.get(one.student, {}), known)
            answers[one.student] = answers_of(own, functions, known)
        else:
            unreadable.append(one.student)
    return compare(assignment, traits, unreadable, answers, len(functions))


def given(root: Path, papers: Sequence[Paper]) -> Given:
    """Give what all students of an assignment were given, or may have read.

    Parameters
    ----------
    root : Path
        The course folder.
    papers : sequence of Paper
        Of the assignment.

    Raises
    ------
    NotebookError
        Where the released notebook cannot be read.
    """
    return given_of(_given_code(root, papers), _prose(papers))


def _given_code(root: Path, papers: Sequence[Paper]) -> list[str]:
    """Give the released cells and helper modules, and the source's own solutions."""
    assignment = papers[0].assignment
    texts = [_STUB, *(cell.source for paper in papers for cell in paper.cells)]
    for paper in papers:
        released = root / "release" / assignment / f"{paper.name}.ipynb"
        texts += [cell.source for cell in read(released).cells] if released.is_file() else []
    modules = [*python_files(papers[0].folder), root / "reference" / f"{assignment}.py"]
    return texts + [legible_text(path) for path in modules if path.is_file()]


def _prose(papers: Sequence[Paper]) -> list[str]:
    documents = (read_document(paper.folder / f"{paper.name}.ipynb") for paper in papers)
    return [cell.source for document in documents for cell in document.cells if cell.kind == "markdown"]


def _mistakes(root: Path, assignment: str) -> dict[str, dict[str, str]]:
    """Give the recognized mistakes: student, function, misconception."""
    found: dict[str, dict[str, str]] = {}
    for (student, _), row in kept(root, assignment).items():
        if isinstance(row, NotebookResult):
            named = {one.name: one.diagnosis.misconception for one in row.functions if one.diagnosis is not None}
            found.setdefault(student, {}).update(named)
    return found
