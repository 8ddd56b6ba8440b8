"""A student's page: what was found, then the notebook; HTML that is read without scripts, in print and in the dark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from nbformat import NotebookNode
from nbgrader import utils

from autograder.language import Speaker, title_of
from autograder.nbgrader_bridge.formulas import Formulas
from autograder.nbgrader_bridge.outputs import plain
from autograder.nbgrader_bridge.pages import Allowance, Headings, as_written, highlighted, still_markdown
from autograder.nbgrader_bridge.verdicts import RECORD
from autograder.results import NOT_GRADED, Counterexample, Verdict, in_html, verdict_under

_MARKS = {Verdict.PASSED: "✓", Verdict.PARTIAL: "◐"}
_ENVIRONMENT = Environment(
    loader=PackageLoader("autograder.nbgrader_bridge"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["message"] = lambda text: Markup(in_html(text))  # noqa: S704 - it is escaped there


@dataclass(frozen=True, slots=True)
class Check:
    """A test cell, as a student reads of it."""

    grade_id: str
    title: str
    points: str
    passed: bool
    message: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message, and the tests that say it; without a message, one test that says nothing."""

    message: str
    checks: list[Check]


@dataclass(frozen=True, slots=True)
class Finding:
    """A graded function, as a student reads of it."""

    name: str
    mark: str
    verdict: str
    passed: bool
    points: str
    cause: str
    hint: str
    example: Markup
    differences: list[str]
    checks: list[Check]

    @property
    def failing(self) -> list[Told]:
        """The tests that cost marks, or wait for a person, by what they say."""
        failing = [check for check in self.checks if not check.passed]
        said: dict[str, list[Check]] = {}
        for check in failing:
            said.setdefault(check.message or check.grade_id, []).append(check)
        return [Told(checks[0].message, checks) for checks in said.values()]

    @property
    def passing(self) -> list[Check]:
        """The tests that did not."""
        return [check for check in self.checks if check.passed]


@dataclass(frozen=True, slots=True)
class ByHand:
    """A cell that only a person grades, as it stands in the overview."""

    grade_id: str
    points: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell, as it stands on the page."""

    anchor: str
    kind: str
    label: str
    html: Markup
    points: str
    check: Check | None
    comment: str


def page(nb: NotebookNode, about: dict[str, Any], say: Speaker) -> str:
    """Make the page of a graded notebook.

    Parameters
    ----------
    nb : NotebookNode
        As autograded, with nbgrader's grades and comments in its metadata, and without hidden tests.
    about : dict
        nbgrader's: student, assignment, notebook, score, max_score, late_penalty. And of the notebooks that have no
        page: missing and unread, their names, and others_wait, whether a person must look at one.
    say : Speaker

    Returns
    -------
    str
        HTML.
    """
    graded = {cell.metadata.nbgrader.grade_id: cell for cell in nb.cells if utils.is_grade(cell)}
    record = nb.metadata.get(RECORD, {})
    findings = [_finding(function, graded, say) for function in record.get("functions", [])]
    headings, formulas, allowance = Headings(above=2), Formulas(), Allowance()
    checks = {check.grade_id: check for finding in findings for check in _told_once(finding)}
    cells = [
        _shown(
            number,
            cell,
            checks.get(cell.metadata.get("nbgrader", {}).get("grade_id")),
            _html(cell, headings, formulas, allowance),
            say,
        )
        for number, cell in enumerate(nb.cells, 1)
    ]
    # nbgrader's score may be below 0, for its penalty may be more than there is to take off.
    penalty = min(about["late_penalty"], max(0.0, about["score"] + about["late_penalty"]))
    return _ENVIRONMENT.get_template("feedback.html.j2").render(
        say=say,
        title=f"{about['assignment']}" + ("" if about["assignment"] == about["notebook"] else f": {about['notebook']}"),
        student=about["student"],
        score=_number(max(0.0, about["score"])),
        max_score=_number(about["max_score"]),
        penalty=_number(penalty) if penalty else "",
        waits=about.get("others_wait", False) or any(_waits(cell) for cell in nb.cells),
        missing=about.get("missing", ()),
        unread=about.get("unread", ()),
        findings=findings,
        by_hand=[
            ByHand(cell.metadata.nbgrader.grade_id, _points(cell.metadata.nbgrader), _waits(cell))
            for cell in nb.cells
            if _is_by_hand(cell) and cell.metadata.nbgrader.points
        ],
        cells=cells,
    )


def _finding(function: NotebookNode, graded: dict[str, NotebookNode], say: Speaker) -> Finding:
    found = [check for check in function.checks if check.grade_id in graded]
    about = [graded[check.grade_id].metadata.nbgrader for check in found]
    score, points = sum(one.score or 0.0 for one in about), sum(one.points for one in about)
    diagnosis = function.diagnosis or {"message": "", "hint": ""}
    verdict = _verdict(Verdict(function.verdict), about)
    return Finding(
        name=function.name,
        mark="?" if verdict is Verdict.INTERNAL_ERROR else _MARKS.get(verdict, "✗"),
        verdict=say("waits for your instructor") if verdict is Verdict.INTERNAL_ERROR else say.verdict(verdict),
        passed=verdict is Verdict.PASSED,
        points=f"{_number(score)} / {_number(points)}",
        cause=plain(say.text(diagnosis["message"])),
        hint=plain(say.text(diagnosis["hint"])),
        example=highlighted(function.example["code"]) if function.example else Markup(),
        differences=_differences(function.example, say) if function.example else [],
        checks=[_check(check, graded[check.grade_id], say) for check in found],
    )


def _told_once(finding: Finding) -> list[Check]:
    """Give the tests as they stand in the notebook: what several of them say, only the first one does."""
    again = {check.grade_id for told in finding.failing for check in told.checks[1:]}
    return [replace(check, message="") if check.grade_id in again else check for check in finding.checks]


def _verdict(found: Verdict, cells: list[NotebookNode]) -> Verdict:
    """Sum up a function as the gradebook has it: an internal error as long as a person must decide something."""
    if any(one.get("waits") for one in cells):
        return Verdict.INTERNAL_ERROR
    if not any(one.get("decided") for one in cells):
        return found
    # What one cell has more than its points makes up for no other.
    points = sum(min(one.score or 0.0, one.points) for one in cells)
    return verdict_under(points, sum(one.points for one in cells), found)


def _differences(example: NotebookNode, say: Speaker) -> list[str]:
    found = Counterexample({}, example.yours, example.expected, tuple(example.get("missing", ())))
    return [plain(difference) for difference in found.differences(say)]


def _check(check: NotebookNode, cell: NotebookNode, say: Speaker) -> Check:
    about = cell.metadata.nbgrader
    title = title_of(cell.source)
    decided = about.get("decided", False)
    passed = (about.score or 0.0) >= about.points if decided else check.verdict == Verdict.PASSED
    message = "" if decided and passed else plain(say.text(check.message))
    if check.verdict == Verdict.INTERNAL_ERROR and decided:
        message = ""
    elif check.verdict == Verdict.INTERNAL_ERROR:
        # Its text is for the instructor.
        message = say.text(NOT_GRADED)
    return Check(
        grade_id=check.grade_id,
        title=plain(say.text(title)) if title else check.grade_id,
        points=_points(about),
        passed=passed,
        message=message,
    )


def _shown(number: int, cell: NotebookNode, check: Check | None, html: Markup, say: Speaker) -> Shown:
    about = cell.metadata.get("nbgrader", {})
    kind = _kind(cell)
    labels = {"test": say("Test: {name}", name=about.get("grade_id", "")), "answer": say("Your answer")}
    comment = about.get("manual_comment") or ""
    if not comment and about.get("comment") == "No response.":
        comment = say("There is no answer here.")
    return Shown(
        anchor=f"cell-{about.get('grade_id') or number}",
        kind=kind,
        label=labels.get(kind, ""),
        html=html,
        points=_points(about) if utils.is_grade(cell) or utils.is_task(cell) else "",
        check=check,
        comment=plain(comment),
    )


def _html(cell: NotebookNode, headings: Headings, formulas: Formulas, allowance: Allowance) -> Markup:
    if cell.cell_type == "markdown":
        if allowance.takes("markdown", cell.source):
            return still_markdown(cell.source, cell.get("attachments", {}), headings, formulas)
        return as_written(cell.source)
    return highlighted(cell.source) if allowance.takes("code", cell.source) else escape(plain(cell.source))


def _kind(cell: NotebookNode) -> str:
    if utils.is_solution(cell):
        return "answer"
    return "test" if utils.is_grade(cell) else str(cell.cell_type)


def _points(about: NotebookNode) -> str:
    nobody = about.get("waits") and not about.get("decided")
    return f"{'–' if nobody else _number(about.score or 0.0)} / {_number(about.points)}"  # noqa: RUF001


def _waits(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("waits"))


def _is_by_hand(cell: NotebookNode) -> bool:
    return utils.is_task(cell) or (utils.is_grade(cell) and utils.is_solution(cell))


def _number(value: float) -> str:
    return f"{round(value, 2):g}"
