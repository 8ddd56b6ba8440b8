"""From the gradebook to tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook
from nbgrader.plugins import CsvExportPlugin, ExportPlugin
from traitlets.utils.importstring import import_item

from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.plug_ins import importable
from autograder.nbgrader_bridge.standing import Standing, standings
from autograder.results import harmless

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
"""nbgrader's own (plugins/export.py:78)."""


class QuotedCsv(ExportPlugin):
    """nbgrader's CSV, quoted, and with no text that a spreadsheet would take for a formula.

    Also for nbgrader's own command: ``nbgrader export --exporter=autograder.nbgrader_bridge.QuotedCsv``.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write a row per student and assignment to `to`, "grades.csv" by default; nbgrader calls it."""
        with Path(self.to or "grades.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            for assignment in gradebook.assignments:
                if not self.assignment or assignment.name in map(str, self.assignment):
                    writer.writerows(self._rows(gradebook, assignment))

    def _rows(self, gradebook: Gradebook, assignment: Assignment) -> Iterator[dict[str, Any]]:
        # The command line makes a number of an id that looks like one.
        students = frozenset(map(str, self.student))
        for one in standings(gradebook, assignment):
            if not students or one.student in students:
                yield {name: harmless(value) for name, value in _row(assignment, one).items()}


def export(root: Path, to: Path, assignment: str | None = None) -> None:
    """Write the grades as nbgrader's CSV.

    Parameters
    ----------
    root : Path
    to : Path
        The file.
    assignment : str, optional
        All of them when left out.

    Raises
    ------
    BridgeError
        `root` is no course folder.
    """
    # Not resolved: a pipe has no other name than its link.
    to = to.absolute()
    with open_course(root) as course, course.gradebook() as gradebook:
        plugin = QuotedCsv(parent=course.desk, to=str(to), assignment=[assignment] if assignment else [])
        plugin.export(gradebook)


def export_by_nbgrader(root: Path, to: Path, assignment: str) -> None:
    """Write the grades as the course's own exporter does, nbgrader's CSV by default.

    Parameters
    ----------
    root : Path
    to : Path
        The file.
    assignment : str

    Raises
    ------
    BridgeError
        `root` is no course folder, or names an exporter that is not there.
    """
    to = to.absolute()
    with open_course(root) as course, course.gradebook() as gradebook:
        # `ExportApp` is the name by which nbgrader's users configure it.
        kind = course.desk.config.ExportApp.get("plugin_class", CsvExportPlugin)
        try:
            with importable(course.root):
                plugin = (import_item(kind) if isinstance(kind, str) else kind)(parent=course.desk)
        except ImportError as error:
            raise BridgeError(f"The course's exporter {kind} cannot be loaded: {error}.") from error
        plugin.to, plugin.assignment = str(to), [assignment]
        plugin.export(gradebook)


def _row(assignment: Assignment, one: Standing) -> dict[str, Any]:
    return {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "timestamp": one.timestamp,
        "student_id": one.student,
        "last_name": one.last_name,
        "first_name": one.first_name,
        "email": one.email,
        "raw_score": one.points,
        "late_submission_penalty": one.penalty,
        "score": max(0.0, one.points - one.penalty),
        "max_score": one.max_score,
    }
