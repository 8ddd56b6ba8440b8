"""Grading one notebook after another in a process that may live for weeks; what nbgrader calls through the bridge."""

from __future__ import annotations

from pathlib import Path

from autograder.api.notebooks import current_grader
from autograder.notebook import parse_document
from autograder.results import NotebookResult


def examine(text: str, notebook: str, assignment: str, root: Path) -> NotebookResult:
    """Grade the text of one submitted notebook.

    Parameters
    ----------
    text : str
        The notebook's JSON.
    notebook : str
        Its nbgrader name.
    assignment : str
    root : Path
        The course folder.

    Returns
    -------
    NotebookResult

    Raises
    ------
    NotebookError
        Where the text is no notebook, or belongs to no notebook of the assignment.
    CourseError, UsageError
        Where the course has faults, or no such assignment.
    SandboxError
        Where the machine isolates nothing, or the fork-server cannot be started.
    """
    return current_grader(root, None).open().grade(parse_document(text.encode()), notebook, notebook, assignment)
