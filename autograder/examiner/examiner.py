"""Examines submissions of one source notebook."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import time
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np

from autograder.checks.measures import recording
from autograder.course import Function, Paper
from autograder.examiner.cells import CompiledCell, compiled, failed, passed, tells, ungraded
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.explaining import Explaining
from autograder.examiner.guard import guarded
from autograder.examiner.handles import Licence
from autograder.examiner.inside import Trial, performed, tried
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.modules import TrustedModules
from autograder.examiner.names import Names
from autograder.examiner.ordered import OrderedNames
from autograder.examiner.patience import Patience
from autograder.examiner.recall import Recall
from autograder.examiner.reference import Reference, load_reference
from autograder.examiner.rehearsal import Rehearsal, reason_of
from autograder.examiner.remote import text_of
from autograder.examiner.solved import faults_of
from autograder.notebook import Notebook, read
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
        self._cells = {f.name: [compiled(test) for test in f.tests] for f in paper.functions}
        self._rehearsal = Rehearsal(paper, self._references, self._cells, _seeded, self._recall)
        self._explaining = Explaining(self._reference, self._guarded, examples=examples)
        self._explains = True
        self._unwritten = _unwritten(paper)
        self._raised: dict[str, str] = {}
        self._faults: dict[str, str] = {}
        self._licences: dict[str, Licence] = {}
        self._shared = self._stale = False

    @functools.cached_property
    def unexaminable(self) -> Mapping[str, str]:
        """Why some test cells run inside the candidate, by grade id; the source's own answers tell, once."""
        if not self._whole:
            return {}
        source = read(self._paper.folder / f"{self._paper.name}.ipynb")

        def trial(left_out: Collection[str]) -> Trial:
            self._raised = {}
            names = [test.grade_id for function in self._paper.functions for test in function.tests]
            self._licences = {name: Licence(learning=True) for name in names}
            functions, _ = self._examined(source, dict.fromkeys([*left_out, *self._unwritten]))
            if self._stale and not self._shared:
                # Once more, so that objects live on from one test cell to the next.
                self._shared = True
                return trial(left_out)
            checks = tuple(check for function in functions for check in function.checks)
            return Trial(checks, self._raised)

        found = tried(trial, functools.partial(self._performed, source))
        for licence in self._licences.values():
            licence.learning = False
        self._faults = faults_of(self._paper, found.failing)
        return found.inside

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
                functions, notices = self._attempt(notebook)
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
        with self._modules.importable(), _quiet():
            yield self._reference, self._rehearsal

    def _attempt(self, notebook: Notebook) -> tuple[list[FunctionResult], list[str]]:
        if not self._whole and not self._prepared:
            self._prepared = True
            for number, text in enumerate(self._paper.given, 1):
                self._sandbox.prepare(text, f"<given cell {number}>")
        inside = self._performed(notebook, self.unexaminable) if self.unexaminable else {}
        return self._examined(notebook, {**inside, **self._unwritten})

    def _examined(
        self, notebook: Notebook, others: Mapping[str, CheckResult | None]
    ) -> tuple[list[FunctionResult], list[str]]:
        """Examine all test cells but those that have a result already."""
        dialogue = self._dialogue(notebook)
        self._names.restart(notebook)
        with self._modules.importable(), _quiet(), contextlib.closing(dialogue):
            functions = [self._function(function, dialogue, others) for function in self._paper.functions]
            self._stale = isinstance(dialogue, KernelDialogue) and dialogue.stale
            # Afterwards, for it takes a candidate that has not seen a hidden input: one for all of them.
            if self._explains:
                functions = [self._explained(function, dialogue) for function in functions]
            return functions, [*dialogue.notices, *_doubts(functions)]

    def _performed(self, notebook: Notebook, chosen: Collection[str]) -> dict[str, CheckResult]:
        """Run some test cells inside a candidate."""
        dialogue = KernelDialogue(self._sandbox, self._paper.limits, self._folder)
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
        if self._shared and any(check.verdict is Verdict.CRASHED for check in checks):
            # As for a single cell; here the candidate took with it what later cells need.
            return True
        ours = (c.grade_id for c in checks if c.verdict is Verdict.INTERNAL_ERROR)
        known = self._unwritten.keys() | self._faults.keys()
        return any(name not in known and not self._rehearsal.known(name) for name in ours)

    def _load(self, notebook: Notebook) -> Load:
        """Say what the candidate needs: the instructor's given cells, and the student's own."""
        given = [Cell(source, given=True) for source in self._paper.given]
        # What a student wrote into a locked cell counts where the instructor's own text does not say otherwise.
        edited = [Cell(c.source, given=False) for c in notebook.cells if c.edited]
        own = [Cell(c.source, given=False) for c in notebook.cells if c.grade_id not in self._paper.given_ids]
        return Load(edited + given + own, self._names.asked, self._folder, self._paper.limits.seconds_to_define)

    def _dialogue(self, notebook: Notebook) -> Dialogue:
        if self._whole:
            return KernelDialogue(self._sandbox, self._paper.limits, self._folder, shared=self._shared)
        return Dialogue(self._sandbox, self._paper.limits, self._load(notebook))

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

    def _explained(self, result: FunctionResult, dialogue: Dialogue) -> FunctionResult:
        diagnosis, example = self._explaining.explanation(result.name, result.checks, dialogue)
        return replace(result, diagnosis=diagnosis, counterexample=example)

    def _check(
        self, cell: CompiledCell, function: Function, dialogue: Dialogue, *, may_break_off: bool = True
    ) -> CheckResult:
        knew_hidden = dialogue.knows_hidden
        measures: list[Measure] = []
        try:
            if isinstance(dialogue, KernelDialogue) and isinstance(self._names, OrderedNames):
                dialogue.licence = self._licences.setdefault(cell.test.grade_id, Licence())
                self._names.approach(cell.test, dialogue)
            dialogue.begin_cell(hidden=bool(cell.test.hidden_lines()))
            with _seeded(cell.test.grade_id), self._guarded(dialogue.patience), recording() as measures:
                scope = self._names.for_cell(cell.test, function, dialogue)
                with self._recall.in_use():
                    value = cell.run(scope)
            self._names.keep(scope)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a test may raise anything; what pytest raises is no Exception
            if knew_hidden and not dialogue.lost and tells(cell.test, error) and not self._shared:
                # Its text will be shown: it must be of a candidate that has not seen a hidden input yet.
                dialogue.close()
                return self._check(cell, function, dialogue, may_break_off=may_break_off)
            result = failed(cell.test, dialogue.lost or error)
            if knew_hidden and self._shared:
                # It has seen hidden inputs, and is needed for what it holds.
                result = replace(result, message="A test did not hold.")
            self._raised[cell.test.grade_id] = reason_of(error)
        else:
            # A test may have swallowed the loss of its candidate; the marks are lost all the same.
            result = failed(cell.test, dialogue.lost) if dialogue.lost else passed(cell.test, value)
        dialogue.end_cell()
        if dialogue.broke_off and may_break_off and not self._shared:
            # Once may be the machine's doing, which kills what it has no memory for; twice is the answer's own.
            self._sandbox.revive()
            return self._check(cell, function, dialogue, may_break_off=False)
        result = replace(result, measures=tuple(measures))
        if result.score and isinstance(dialogue, KernelDialogue) and self._holds_one_way(function, dialogue):
            result = self._written_back(cell, function, dialogue, result)
        if result.verdict in {Verdict.PASSED, Verdict.INTERNAL_ERROR}:
            return result
        return self._undefined(result, function, dialogue) or self._faulty(cell, dialogue) or result

    def _holds_one_way(self, function: Function, dialogue: KernelDialogue) -> bool:
        """Tell whether a cell has held with the test's own arguments as they were only, and must hold both ways.

        A reference tells what an answer may change; to change more is a mistake of its own, and costs once.
        """
        return dialogue.withheld and not dialogue.writes and function.name not in self._references

    def _written_back(
        self, cell: CompiledCell, function: Function, dialogue: KernelDialogue, before: CheckResult
    ) -> CheckResult:
        """Let a cell hold also where the test's own arguments are what the answer has made of them, as in a kernel."""
        dialogue.writes = True
        try:
            return min(before, self._check(cell, function, dialogue), key=lambda result: result.score or 0.0)
        finally:
            dialogue.writes = False

    def _guarded(self, patience: Patience) -> AbstractContextManager[None]:
        # A second more than the dialogue's own deadline, which tells the student more.
        limits = self._paper.limits
        return guarded(limits.seconds_per_cell + 1, limits.memory_mb, patience)

    def _undefined(self, result: CheckResult, function: Function, dialogue: Dialogue) -> CheckResult | None:
        """Where the function is not there at all, say that in place of the NameError that follows from it."""
        defined = dialogue.defined.get(function.name)
        if defined is None or defined.kind in {"function", "value"}:
            return None
        verdict = Verdict.MISSING if defined.kind == "absent" else Verdict.ERROR
        message = f"The notebook does not define {function.name}. {defined.problem}".strip()
        return CheckResult(result.grade_id, 0.0, result.max_score, verdict, one_line(message, 600))

    def _faulty(self, cell: CompiledCell, dialogue: Dialogue) -> CheckResult | None:
        """Charge nobody for a test cell that the reference, or the source's own solution, does not pass either."""
        name = cell.test.grade_id
        fault = "" if dialogue.lost else self._rehearsal.fault(name) or self._faults.get(name, "")
        return ungraded(cell.test, fault) if fault else None


def _unwritten(paper: Paper) -> dict[str, CheckResult]:
    """Leave to a person the test cells in which a test is still to be written: as they stand everybody passes them."""
    reason = (
        "nbgrader has yet to write tests of this cell, in the place of its AUTOTEST comments. Run "
        f"`autograder release {paper.assignment}` and grade again, or give the points by hand."
    )
    tests = [test for function in paper.functions for test in function.tests if test.unwritten]
    return {test.grade_id: ungraded(test, f"{test.grade_id}: {reason}") for test in tests}


def _doubts(functions: Sequence[FunctionResult]) -> list[str]:
    """Name the test cells that wait for the instructor's decision."""
    return [
        f"{check.grade_id} of {function.name} is too close to call: it has no score until you decide."
        for function in functions
        for check in function.checks
        if check.undecided
    ]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what tests and references print or warn of, on a student's values, off the terminal."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _seeded(grade_id: str) -> Iterator[None]:
    """Start each test cell from the same random state on every day, whatever ran before it."""
    before = np.random.get_state()
    np.random.seed(int.from_bytes(hashlib.sha256(grade_id.encode()).digest()[:4], "big"))
    try:
        yield
    finally:
        np.random.set_state(before)
