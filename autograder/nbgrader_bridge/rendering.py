"""From the text of a submission and its result to the autograded notebook and the rows of the gradebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4.nbjson import BytesEncoder
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.converters import Autograde

from autograder.nbgrader_bridge.course import Course, open_course
from autograder.nbgrader_bridge.documents import to_node
from autograder.nbgrader_bridge.examine import GRADEBOOK, RESULT, Resources
from autograder.nbgrader_bridge.offline import OFFLINE, PenaltiesOffline
from autograder.nbgrader_bridge.plug_ins import importable, loaded, not_loaded
from autograder.nbgrader_bridge.settings import EXAMINE
from autograder.nbgrader_bridge.shelf import Shelf, Submission
from autograder.notebook import Document
from autograder.results import NotebookResult

Step = Callable[[NotebookNode, Resources], tuple[NotebookNode, Resources]]


class Renderer:
    """Takes submissions of a course through the preprocessors that it is configured with.

    They are made once. Both passes are one here, for nothing has to lie on the disk between them, and the notebook is
    validated once, after the first step, for no later one makes an invalid notebook of a valid one.

    Parameters
    ----------
    course : Course

    Raises
    ------
    BridgeError
        One of them, or the plug-in for late penalties, cannot be loaded.
    """

    def __init__(self, course: Course) -> None:
        self._root, self._db_url = course.root, course.directory.db_url
        converter = course.converter(Autograde)
        exporter = NotebookExporter(parent=converter, config=converter.config)
        entries = [*converter.sanitize_preprocessors, *converter.autograde_preprocessors]
        with importable(self._root):
            self._steps = [step_of(entry, exporter) for entry in entries if entry != EXAMINE]

    def render(self, document: Document, notebook: str, submission: Submission, result: NotebookResult | None) -> str:
        """Make the autograded notebook, and enter grades, comments and penalty in the submission.

        Parameters
        ----------
        document : Document
            The submitted notebook.
        notebook : str
            Its name.
        submission : Submission
        result : NotebookResult or None
            None leaves the notebook to a human.

        Returns
        -------
        str
            The text of the file.

        Raises
        ------
        Exception
            Of nbformat or nbgrader, where they do not take the notebook.
        """
        nb = to_node(document)
        resources: dict[str, Any] = {
            "nbgrader": {
                "student": submission.student,
                "assignment": submission.released.name,
                "notebook": notebook,
                "db_url": self._db_url,
            },
            GRADEBOOK: Shelf(submission),
        }
        if result is not None:
            resources[RESULT] = result
        first, *others = self._steps
        nb, resources = first(nb, resources)
        nbformat.validate(nb, relax_add_props=True)
        with importable(self._root):
            for step in others:
                nb, resources = step(nb, resources)
        return _text(nb)


def require_plug_ins(root: Path) -> None:
    """Refuse a course that is configured with code that cannot be loaded: no submission could be entered.

    Raises
    ------
    BridgeError
    """
    with open_course(root) as course:
        Renderer(course)


def _text(nb: NotebookNode) -> str:
    """Write a notebook byte for byte as nbformat does; but it indents in Python, and copies first what it writes."""
    plain = strip_transient(split_lines(nb))
    compact = json.dumps(plain, cls=BytesEncoder, sort_keys=True, ensure_ascii=False)
    return msgspec.json.format(compact, indent=1) + "\n"


def step_of(entry: Any, exporter: NotebookExporter) -> Step:  # noqa: ANN401 - a class, its import string, or a callable
    """Make a preprocessor that a course is configured with, or what stands in its place; BridgeError where none can."""
    kind = loaded(entry)
    if not isinstance(kind, type):
        step: Step = kind
        return step
    kind = OFFLINE.get(kind, kind)
    try:
        made: Step = kind(parent=exporter)
    except Exception as error:
        plug_in = exporter.config.AssignLatePenalties.get("plugin_class") if kind is PenaltiesOffline else None
        raise not_loaded(str(plug_in or entry), error) from error
    return made
