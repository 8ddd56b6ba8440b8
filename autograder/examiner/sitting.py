"""One submission before the examiner: its test cells, one after another, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from autograder.checks.measures import recording
from autograder.course import Function, Paper, TestCell
from autograder.examiner.cells import HOLLOW, CompiledCell, beyond_doubt, failed, names_a_file, passed, tells, ungraded
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.mishaps import MAX_MESSAGE
from autograder.examiner.names import Names
from autograder.examiner.notes import ending_of
from autograder.examiner.ordered import OrderedNames
from autograder.examiner.patience import Budget
from autograder.examiner.recall import Recall
from autograder.examiner.rehearsal import Rehearsal, files_missed, reason_of
from autograder.examiner.source_trial import SourceTrial
from autograder.examiner.sweep import Sweep
from autograder.examiner.unfit import fault_of
from autograder.examiner.workplace import Workplace
from autograder.results import CheckResult, FunctionResult, Measure, Verdict, function_verdict, one_line
from autograder.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Exam:
    """What all sittings for one source notebook share.

    Parameters
    ----------
    paper : Paper
    sandbox : Sandbox
    references : mapping of str to callable
        The right answers, by the names of the graded functions.
    cells : mapping of str to list of CompiledCell
        The test cells, by graded function.
    names : Names or OrderedNames
        What a name in a test cell means.
    recall : Recall
    rehearsal : Rehearsal
    trial : SourceTrial
    sweep : Sweep
    workplace : Workplace
        Where test cells that ask the reference find the files that answers find.
    consulting : frozenset of str
        The grade ids of these. Others read files among the student's own code, where what answers write is, too.
    seeded : callable
        Given a grade id, the random state that its cell has.
    """

    paper: Paper
    sandbox: Sandbox
    references: Mapping[str, Callable[..., Any]]
    cells: Mapping[str, list[CompiledCell]]
    names: Names | OrderedNames
    recall: Recall
    rehearsal: Rehearsal
    trial: SourceTrial
    sweep: Sweep
    workplace: Workplace
    consulting: frozenset[str]
    seeded: Callable[[str], AbstractContextManager[None]]


class Sitting:
    """Runs the test cells of one submission.

    Parameters
    ----------
    exam : Exam
    dialogue : Dialogue
        With the submission's candidates; the caller's to close.
    budget : Budget
        The dialogue's.

    Attributes
    ----------
    endings : dict of str to str
        What ended a test cell early, by its grade id, as it was raised.
    doubted : list of str
        Test cells that call a person, for an answer's objects could not be examined.
    """

    def __init__(self, exam: Exam, dialogue: Dialogue, budget: Budget) -> None:
        self._exam = exam
        self._dialogue = dialogue
        self._budget = budget
        self.endings: dict[str, str] = {}
        self.doubted: list[str] = []
        self._of_files: dict[str, str] = {}

    def function(self, function: Function, others: Mapping[str, CheckResult | None]) -> FunctionResult:
        """Run the test cells of one graded function.

        Parameters
        ----------
        function : Function
        others : mapping of str to CheckResult or None
            Test cells that have a result already, or none to be had, by grade id.
        """
        cells = [cell for cell in self._exam.cells[function.name] if others.get(cell.test.grade_id, cell) is not None]
        checks = tuple(others.get(cell.test.grade_id) or self._check(cell, function) for cell in cells)
        return FunctionResult(
            name=function.name,
            verdict=function_verdict(checks),
            score=sum(check.score or 0.0 for check in checks),
            max_score=function.points,
            checks=checks,
        )

    def _check(self, cell: CompiledCell, function: Function) -> CheckResult:
        result = beyond_doubt(lambda: self._settled(cell, function))
        if result.score and self._holds_one_way(function):
            result = min(result, self._written_back(cell, function), key=lambda result: result.score or 0.0)
        if result.score and self._dialogue.hollow and self._wants_substance(cell):
            return replace(result, score=None, verdict=Verdict.FAILED, message=HOLLOW)
        if result.verdict in {Verdict.PASSED, Verdict.INTERNAL_ERROR}:
            return result
        told = (
            self._undefined(result, function)
            or self._faulty(cell)
            or self._unfit(cell, result)
            or self._of_a_file(cell)
        )
        if told is None and self._dialogue.doubted and self._may_doubt(cell):
            self.doubted.append(cell.test.grade_id)
        return told or result

    def _settled(self, cell: CompiledCell, function: Function) -> CheckResult:
        """Run a test cell until what comes of it is the answer's own doing."""
        revived = False
        while True:
            result = self._run_once(cell, function)
            self._exam.sweep.look(self._dialogue.received)
            if result is None:
                self._dialogue.close()
            elif self._dialogue.broke_off and not revived and not self._exam.trial.shared:
                # Once may be the machine's doing, which kills what it has no memory for; twice is the answer's own.
                self._exam.sandbox.revive()
                revived = True
            else:
                return result

    def _run_once(self, cell: CompiledCell, function: Function) -> CheckResult | None:
        """Run a test cell; None where what it says must be of a candidate that has not seen a hidden input yet."""
        exam, dialogue = self._exam, self._dialogue
        knew_hidden = dialogue.knows_hidden
        measures: list[Measure] = []
        self._of_files.pop(cell.test.grade_id, None)
        consults = cell.test.grade_id in exam.consulting
        try:
            if consults:
                exam.workplace.prepare()
            dialogue.licence = exam.trial.licence(cell.test.grade_id)
            dialogue.ends_iterations = _speaks_of_ends(cell.test, exam.paper)
            exam.names.approach(cell.test, dialogue)
            dialogue.begin_cell(function.name, hidden=bool(cell.test.hidden_lines()))
            with exam.seeded(cell.test.grade_id), dialogue.guarded(), recording() as measures:
                scope = exam.names.for_cell(cell.test, function, dialogue)
                with exam.recall.in_use(), exam.workplace.prepared() if consults else nullcontext():
                    value = cell.run(scope)
            exam.names.keep(scope)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a test may raise anything; what pytest raises is no Exception
            anew = knew_hidden and not dialogue.lost and tells(cell.test, error) and not exam.trial.shared
            if anew and not self._budget.is_half_spent:
                # Its text will be shown.
                return None
            result = failed(cell.test, dialogue.lost or error)
            if anew or (knew_hidden and exam.trial.shared):
                # It has seen hidden inputs; and another is not to be had, or takes time that later cells may need.
                result = replace(result, message="A test did not hold.")
            self.endings[cell.test.grade_id] = ending_of(cell.test, error)
            if names_a_file(error) and not dialogue.lost:
                self._of_files[cell.test.grade_id] = f"{reason_of(error)}{files_missed(error, exam.paper)}"
        else:
            # A test may have swallowed the loss of its candidate; the marks are lost all the same.
            result = failed(cell.test, dialogue.lost) if dialogue.lost else passed(cell.test, value)
        dialogue.end_cell()
        return replace(result, measures=tuple(measures))

    def _holds_one_way(self, function: Function) -> bool:
        """Tell whether a cell has held with the test's own arguments as they were only, and must hold both ways.

        A reference tells what an answer may change; to change more is a mistake of its own, and costs once.
        """
        return self._dialogue.withheld and function.name not in self._exam.references

    def _written_back(self, cell: CompiledCell, function: Function) -> CheckResult:
        """Run a cell where the test's own arguments are what the answer has made of them, as in a kernel."""
        self._dialogue.writes = True
        try:
            return beyond_doubt(lambda: self._settled(cell, function))
        finally:
            self._dialogue.writes = False

    def _undefined(self, result: CheckResult, function: Function) -> CheckResult | None:
        """Where the function is not there at all, say that in place of the NameError that follows from it."""
        defined = self._dialogue.defined.get(function.name)
        if defined is None or defined.usable:
            return None
        verdict = Verdict.MISSING if defined.kind == "absent" else Verdict.ERROR
        message = f"The notebook does not define {function.name}. {defined.problem}".strip()
        return CheckResult(result.grade_id, 0.0, result.max_score, verdict, one_line(message, MAX_MESSAGE))

    def _unfit(self, cell: CompiledCell, result: CheckResult) -> CheckResult | None:
        """Charge nobody for a call with an argument that arrives as nothing, as far as that is why the cell ended."""
        unfit = self._dialogue.unfit
        # An answer that raises may have asked for it, though the reference does not.
        if not unfit or (result.verdict is not Verdict.ERROR and self._is_sound(cell)):
            return None
        answer = self._exam.references.get(unfit[0].function)
        return ungraded(cell.test, fault_of(unfit[0], answer, self._exam.paper.assignment))

    def _of_a_file(self, cell: CompiledCell) -> CheckResult | None:
        """Charge nobody for a file that a test did not get, where nothing tells that right answers lead it to one."""
        told = self._of_files.get(cell.test.grade_id)
        if told is None or self._is_sound(cell):
            return None
        name = cell.test.grade_id
        return ungraded(
            cell.test, f"The test cell {name} ends with {told}. See whether the test or the answer is wrong."
        )

    def _is_sound(self, cell: CompiledCell) -> bool:
        """Tell whether the cell has passed with the reference, or with the source's own solution."""
        name = cell.test.grade_id
        return name in self._exam.trial.sound or self._exam.rehearsal.sound(name)

    def _wants_substance(self, cell: CompiledCell) -> bool:
        """Tell whether a right answer passes a cell, and gives nothing there with which many comparisons hold.

        Of what the source's own solution gives, the dialogue knows by the cell's licence.
        """
        name, exam = cell.test.grade_id, self._exam
        if exam.paper.execution == "full":
            return name in exam.trial.sound
        return exam.rehearsal.sound(name) and not exam.rehearsal.gives_hollow(name)

    def _may_doubt(self, cell: CompiledCell) -> bool:
        """Tell whether an answer's objects can call a person: not the source's own, and nothing of a reference's."""
        return not self._exam.trial.licence(cell.test.grade_id).learning and not self._exam.references

    def _faulty(self, cell: CompiledCell) -> CheckResult | None:
        """Charge nobody for a test cell that the reference, or the source's own solution, does not pass either."""
        name = cell.test.grade_id
        # The reference is not asked again what an answer has no time for; what the source's own has none for is known.
        of_reference = "" if self._dialogue.lost else self._exam.rehearsal.fault(name)
        fault = of_reference or self._exam.trial.faults.get(name, "")
        return ungraded(cell.test, fault) if fault else None


def _speaks_of_ends(test: TestCell, paper: Paper) -> bool:
    """Tell whether a test cell, or a given cell whose functions it may call, knows what a ``StopIteration`` is."""
    return any("StopIteration" in text for text in (test.source, *paper.given))
