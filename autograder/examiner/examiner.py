"""Examines submissions of one source notebook."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from autograder.checks.measures import recording
from autograder.course import Function, Paper
from autograder.examiner.cells import CompiledCell, beyond_doubt, compiled, failed, passed, tells, ungraded
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.explaining import Explaining
from autograder.examiner.guard import guarded
from autograder.examiner.inside import in_doubt, performed
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.mishaps import MAX_MESSAGE
from autograder.examiner.modules import TrustedModules
from autograder.examiner.names import Names
from autograder.examiner.notes import doubts, ending_of, unwritten
from autograder.examiner.ordered import OrderedNames
from autograder.examiner.patience import Budget, Patience
from autograder.examiner.recall import Recall
from autograder.examiner.reference import Reference, load_reference
from autograder.examiner.rehearsal import Rehearsal
from autograder.examiner.remote import text_of
from autograder.examiner.source_trial import Examined, SourceTrial
from autograder.examiner.stage import quiet, seeded
from autograder.notebook import CodeCell, Notebook
from autograder.results import (
    CheckResult,
    FunctionResult,
    Isolation,
    Measure,
    NotebookResult,
    Verdict,
    function_verdict,
    one_line,
)
from autograder.sandbox import Sandbox
from autograder.statements import given_cell
from autograder.wire import Cell, Load

_ATTEMPTS = 2


class Examiner:
    """Grades submissions of one source notebook, one after another.

    Parameters
    ----------
    paper : Paper
    root : Path
        The course folder, which may hold a package ``reference``.
    sandbox : Sandbox
        Opened before anything is examined, and kept open by the caller.
    examples : bool
        Whether results hold the smallest example that separates a wrong answer from a right one.
    """

    def __init__(self, paper: Paper, root: Path, sandbox: Sandbox, *, examples: bool = True) -> None:
        self._paper = paper
        self._sandbox = sandbox
        self._modules = TrustedModules(root, paper.folder)
        with self._modules.importable():
            self._reference = load_reference(root, paper)
            self._recall = Recall(self._reference)
        self._references = self._reference.answers
        self._whole = paper.execution == "full"
        self._folder = str(paper.folder.resolve())
        self._prepared = False
        self._names: Names | OrderedNames = (OrderedNames if self._whole else Names)(paper, self._references)
        self._tested = {test.grade_id: function.name for function in paper.functions for test in function.tests}
        self._hides = {test.grade_id: bool(test.hidden_lines()) for one in paper.functions for test in one.tests}
        self._cells = {f.name: [compiled(test) for test in f.tests] for f in paper.functions}
        self._rehearsal = Rehearsal(paper, self._references, self._cells, seeded, self._recall)
        self._budget = Budget(paper.limits.seconds_per_notebook)
        self._explaining = Explaining(self._reference, self._guarded, examples=examples)
        self._explains = True
        self._unwritten = unwritten(paper)
        self._trial = SourceTrial(paper, self._without, self._inside)
        self._endings: dict[str, str] = {}
        self._doubted: list[str] = []

    @property
    def unexaminable(self) -> Mapping[str, str]:
        """Why some test cells run inside the candidate, by grade id; the source's own answers tell, once."""
        return self._trial.inside

    def examine(self, notebook: Notebook, name: str, *, explain: bool = True) -> NotebookResult:
        """Grade one submission.

        Parameters
        ----------
        notebook : Notebook
        name : str
            What the result calls it.
        explain : bool
            Whether to look for the mistake behind lost marks, which takes longer than the marks.

        Returns
        -------
        NotebookResult
            Whatever the student's code does.
        """
        started = time.perf_counter()
        self._explains = explain
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                examined = self._attempt(notebook)
                functions, notices = examined.functions, examined.notices
            except Exception as error:  # noqa: BLE001 - whatever breaks here is ours
                functions, notices = self._given_up(error), []
            # A fault of ours is tried again, never scored.
            if attempt == _ATTEMPTS or not self._may_pass(functions):
                break
        return NotebookResult(
            notebook=name,
            assignment=self._paper.assignment,
            score=sum(function.score for function in functions),
            max_score=self._paper.points,
            needs_manual_grade=any(check.score is None for function in functions for check in function.checks),
            seconds=round(time.perf_counter() - started, 6),
            isolation=Isolation(self._sandbox.level, self._sandbox.layers),
            functions=tuple(functions),
            notices=tuple(notices),
        )

    @contextlib.contextmanager
    def rehearsing(self) -> Iterator[tuple[Reference, Rehearsal]]:
        """Give the trusted side alone, to try trusted answers with; its modules can be imported meanwhile.

        Yields
        ------
        reference : Reference
        rehearsal : Rehearsal
        """
        with self._modules.importable(), quiet():
            yield self._reference, self._rehearsal

    def _attempt(self, notebook: Notebook) -> Examined:
        if not self._whole and not self._prepared:
            self._prepared = True
            for number, text in enumerate(self._paper.given, 1):
                self._sandbox.prepare(text, given_cell(number))
        unexaminable = self.unexaminable
        self._budget = Budget(self._paper.limits.seconds_per_notebook)
        inside = self._performed(notebook, unexaminable) if unexaminable else {}
        inside = {name: self._blameless(check) for name, check in inside.items()}
        return self._examined(notebook, {**inside, **self._unwritten})

    def _without(self, notebook: Notebook, left_out: Collection[str]) -> Examined:
        """Examine all test cells but some, and those that are still to be written, in a time of their own."""
        self._budget = Budget(self._paper.limits.seconds_per_notebook)
        return self._examined(notebook, dict.fromkeys([*left_out, *self._unwritten]))

    def _inside(self, notebook: Notebook, chosen: Collection[str]) -> dict[str, CheckResult]:
        """Run some test cells inside a candidate, in a time of their own."""
        self._budget = Budget(self._paper.limits.seconds_per_notebook)
        return self._performed(notebook, chosen)

    def _examined(self, notebook: Notebook, others: Mapping[str, CheckResult | None]) -> Examined:
        """Examine all test cells but those that have a result already."""
        dialogue = self._dialogue(notebook)
        self._names.restart(notebook)
        self._doubted = []
        self._endings = {}
        with self._modules.importable(), quiet(), contextlib.closing(dialogue):
            functions = [self._function(function, dialogue, others) for function in self._paper.functions]
            stale = dialogue.stale
            if self._doubted:
                dialogue.close()
                functions = self._doubts_settled(notebook, functions)
            # Afterwards, for it takes a candidate that has not seen a hidden input: one for all of them.
            functions, faults = self._explained(functions, dialogue) if self._explains else (functions, [])
            notices = [*dialogue.notices, *doubts(functions), *faults]
            return Examined(functions, notices, self._endings, stale)

    def _doubts_settled(self, notebook: Notebook, functions: list[FunctionResult]) -> list[FunctionResult]:
        """Try the cells in doubt among the student's own code, as far as that shows it nothing hidden."""
        hidden = {name for name in self._doubted if self._hides[name]}
        seen = [name for name in self._doubted if name not in hidden]
        inside = {**dict.fromkeys(hidden), **(self._performed(notebook, seen) if seen else {})}
        return [in_doubt(function, inside) for function in functions]

    def _performed(self, notebook: Notebook, chosen: Collection[str]) -> dict[str, CheckResult]:
        """Run some test cells inside a candidate."""
        dialogue = KernelDialogue(self._sandbox, self._paper.limits, self._folder, budget=self._budget)
        with contextlib.closing(dialogue):
            return performed(self._paper, notebook, dialogue, chosen)

    def _given_up(self, error: Exception) -> list[FunctionResult]:
        """Leave the whole notebook to a human."""
        reason = f"The examiner failed: {type(error).__name__}: {text_of(error)}"
        return [
            FunctionResult(f.name, Verdict.INTERNAL_ERROR, 0.0, f.points, tuple(ungraded(t, reason) for t in f.tests))
            for f in self._paper.functions
        ]

    def _may_pass(self, functions: list[FunctionResult]) -> bool:
        """Tell whether something of ours failed that may hold the next time; a faulty test cell will not."""
        checks = [check for function in functions for check in function.checks]
        if self._trial.shared and any(check.verdict is Verdict.CRASHED for check in checks):
            # As for a single cell; here the candidate took with it what later cells need.
            return not self._budget.is_half_spent
        ours = (c.grade_id for c in checks if c.verdict is Verdict.INTERNAL_ERROR)
        known = self._unwritten.keys() | self._trial.faults.keys()
        return any(name not in known and not self._rehearsal.known(name) for name in ours)

    def _load(self, notebook: Notebook) -> Load:
        """Say what the candidate needs: the instructor's given cells, and the student's own."""
        given = [Cell(source, given=True) for source in self._paper.given]
        # What a student wrote into a locked cell counts where the instructor's own text does not say otherwise.
        edited = [Cell(c.source, given=False) for c in notebook.cells if c.edited]
        parted = self._parted(notebook)
        mine = [(c, part) for c, part in parted if c.grade_id not in self._paper.given_ids]
        own = [Cell(c.source, given=False, part=part) for c, part in mine if not c.edited]
        seconds = self._paper.limits.seconds_to_define
        return Load(edited + given + own, list(self._names.asked), self._folder, seconds, self._ends(parted))

    def _parted(self, notebook: Notebook) -> list[tuple[CodeCell, int]]:
        """Give cells with the part of the notebook that they stand in: a test begins one, or each cell without any."""
        begins = [int(cell.grade_id in self._tested) for cell in notebook.cells]
        return list(zip(notebook.cells, accumulate(begins if any(begins) else [1] * len(begins)), strict=True))

    def _ends(self, parted: Sequence[tuple[CodeCell, int]]) -> dict[str, int]:
        """Give by function the part above its last test."""
        return {self._tested[cell.grade_id]: part - 1 for cell, part in parted if cell.grade_id in self._tested}

    def _dialogue(self, notebook: Notebook) -> Dialogue:
        if self._whole:
            shared = self._trial.shared
            return KernelDialogue(self._sandbox, self._paper.limits, self._folder, shared=shared, budget=self._budget)
        return Dialogue(self._sandbox, self._paper.limits, self._load(notebook), self._budget)

    def _function(
        self, function: Function, dialogue: Dialogue, others: Mapping[str, CheckResult | None]
    ) -> FunctionResult:
        cells = [cell for cell in self._cells[function.name] if others.get(cell.test.grade_id, cell) is not None]
        checks = tuple(others.get(cell.test.grade_id) or self._check(cell, function, dialogue) for cell in cells)
        return FunctionResult(
            name=function.name,
            verdict=function_verdict(checks),
            score=sum(check.score or 0.0 for check in checks),
            max_score=function.points,
            checks=checks,
        )

    def _explained(
        self, results: Sequence[FunctionResult], dialogue: Dialogue
    ) -> tuple[list[FunctionResult], list[str]]:
        """Add what is behind lost marks; give also what of the reference stood in the way, for the instructor."""
        found = [self._explaining.explanation(result.name, result.checks, dialogue) for result in results]
        explained = [
            replace(result, diagnosis=one.diagnosis, counterexample=one.example)
            for result, one in zip(results, found, strict=True)
        ]
        return explained, [fault for one in found for fault in one.faults]

    def _check(self, cell: CompiledCell, function: Function, dialogue: Dialogue) -> CheckResult:
        result = beyond_doubt(lambda: self._settled(cell, function, dialogue))
        if result.score and self._holds_one_way(function, dialogue):
            result = min(result, self._written_back(cell, function, dialogue), key=lambda result: result.score or 0.0)
        if result.verdict in {Verdict.PASSED, Verdict.INTERNAL_ERROR}:
            return result
        told = self._undefined(result, function, dialogue) or self._faulty(cell, dialogue)
        if told is None and dialogue.doubted and self._may_doubt(cell):
            self._doubted.append(cell.test.grade_id)
        return told or result

    def _settled(self, cell: CompiledCell, function: Function, dialogue: Dialogue) -> CheckResult:
        """Run a test cell until what comes of it is the answer's own doing."""
        revived = False
        while True:
            result = self._run_once(cell, function, dialogue)
            if result is None:
                dialogue.close()
            elif dialogue.broke_off and not revived and not self._trial.shared:
                # Once may be the machine's doing, which kills what it has no memory for; twice is the answer's own.
                self._sandbox.revive()
                revived = True
            else:
                return result

    def _run_once(self, cell: CompiledCell, function: Function, dialogue: Dialogue) -> CheckResult | None:
        """Run a test cell; None where what it says must be of a candidate that has not seen a hidden input yet."""
        knew_hidden = dialogue.knows_hidden
        measures: list[Measure] = []
        try:
            dialogue.licence = self._trial.licence(cell.test.grade_id)
            self._names.approach(cell.test, dialogue)
            dialogue.begin_cell(function.name, hidden=bool(cell.test.hidden_lines()))
            with seeded(cell.test.grade_id), self._guarded(dialogue.patience), recording() as measures:
                scope = self._names.for_cell(cell.test, function, dialogue)
                with self._recall.in_use():
                    value = cell.run(scope)
            self._names.keep(scope)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a test may raise anything; what pytest raises is no Exception
            anew = knew_hidden and not dialogue.lost and tells(cell.test, error) and not self._trial.shared
            if anew and not self._budget.is_half_spent:
                # Its text will be shown.
                return None
            result = failed(cell.test, dialogue.lost or error)
            if anew or (knew_hidden and self._trial.shared):
                # It has seen hidden inputs; and another is not to be had, or takes time that later cells may need.
                result = replace(result, message="A test did not hold.")
            self._endings[cell.test.grade_id] = ending_of(cell.test, error)
        else:
            # A test may have swallowed the loss of its candidate; the marks are lost all the same.
            result = failed(cell.test, dialogue.lost) if dialogue.lost else passed(cell.test, value)
        dialogue.end_cell()
        return replace(result, measures=tuple(measures))

    def _holds_one_way(self, function: Function, dialogue: Dialogue) -> bool:
        """Tell whether a cell has held with the test's own arguments as they were only, and must hold both ways.

        A reference tells what an answer may change; to change more is a mistake of its own, and costs once.
        """
        return dialogue.withheld and function.name not in self._references

    def _written_back(self, cell: CompiledCell, function: Function, dialogue: Dialogue) -> CheckResult:
        """Run a cell where the test's own arguments are what the answer has made of them, as in a kernel."""
        dialogue.writes = True
        try:
            return beyond_doubt(lambda: self._settled(cell, function, dialogue))
        finally:
            dialogue.writes = False

    def _guarded(self, patience: Patience) -> AbstractContextManager[None]:
        # A second more than the dialogue's own deadline, which tells the student more.
        limits = self._paper.limits
        return guarded(limits.seconds_per_cell + 1, limits.memory_mb, patience, self._budget)

    def _undefined(self, result: CheckResult, function: Function, dialogue: Dialogue) -> CheckResult | None:
        """Where the function is not there at all, say that in place of the NameError that follows from it."""
        defined = dialogue.defined.get(function.name)
        if defined is None or defined.usable:
            return None
        verdict = Verdict.MISSING if defined.kind == "absent" else Verdict.ERROR
        message = f"The notebook does not define {function.name}. {defined.problem}".strip()
        return CheckResult(result.grade_id, 0.0, result.max_score, verdict, one_line(message, MAX_MESSAGE))

    def _may_doubt(self, cell: CompiledCell) -> bool:
        """Tell whether an answer's objects can call a person: not the source's own, and nothing of a reference's."""
        return not self._trial.licence(cell.test.grade_id).learning and not self._references

    def _blameless(self, check: CheckResult) -> CheckResult:
        """Charge nobody for a test cell inside a candidate, which the source's own solution does not pass there."""
        fault = "" if check.verdict is Verdict.PASSED else self._trial.faults.get(check.grade_id, "")
        return replace(check, score=None, verdict=Verdict.INTERNAL_ERROR, message=fault) if fault else check

    def _faulty(self, cell: CompiledCell, dialogue: Dialogue) -> CheckResult | None:
        """Charge nobody for a test cell that the reference, or the source's own solution, does not pass either."""
        name = cell.test.grade_id
        # The reference is not asked again what an answer has no time for; what the source's own has none for is known.
        fault = ("" if dialogue.lost else self._rehearsal.fault(name)) or self._trial.faults.get(name, "")
        return ungraded(cell.test, fault) if fault else None
