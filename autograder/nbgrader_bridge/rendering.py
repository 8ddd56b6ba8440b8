"""From the text of a submission and its result to the autograded notebook and the rows of the gradebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4.nbjson import BytesEncoder
from nbformat.v4.rwbase import split_lines, strip_transient
from nbgrader.converters import Autograde
from traitlets.utils.importstring import import_item

from autograder.nbgrader_bridge.course import Course
from autograder.nbgrader_bridge.documents import to_node
from autograder.nbgrader_bridge.examine import GRADEBOOK, RESULT, Resources
from autograder.nbgrader_bridge.offline import OFFLINE
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
    """

    def __init__(self, course: Course) -> None:
        self._db_url = course.directory.db_url
        converter = course.converter(Autograde)
        exporter = NotebookExporter(parent=converter, config=converter.config)
        entries = [*converter.sanitize_preprocessors, *converter.autograde_preprocessors]
        self._steps = [_step(entry, exporter) for entry in entries if entry != EXAMINE]

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
        for step in others:
            nb, resources = step(nb, resources)
        return _text(nb)


def _text(nb: NotebookNode) -> str:
    """Write a notebook byte for byte as nbformat does; but it indents in Python, and copies first what it writes."""
    plain = strip_transient(split_lines(nb))
    compact = json.dumps(plain, cls=BytesEncoder, sort_keys=True, ensure_ascii=False)
    return msgspec.json.format(compact, indent=1) + "\n"


def _step(entry: Any, exporter: NotebookExporter) -> Step:  # noqa: ANN401 - a class, its import string, or a callable
    kind = import_item(entry) if isinstance(entry, str) else entry
    made: Step = OFFLINE.get(kind, kind)(parent=exporter) if isinstance(kind, type) else kind
    return made
