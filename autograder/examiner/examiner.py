"""Examines submissions of one source notebook."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.checks.naming import naming_only
from autograder.course import Paper
from autograder.examiner.cells import compiled, ungraded
from autograder.examiner.consulting import consulting
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.explaining import Explaining
from autograder.examiner.inside import in_doubt, performed
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.loading import draws_with_python, load_of
from autograder.examiner.modules import TrustedModules
from autograder.examiner.names import Names
from autograder.examiner.notes import doubts, unwritten
from autograder.examiner.ordered import OrderedNames
from autograder.examiner.patience import Budget
from autograder.examiner.recall import Recall
from autograder.examiner.reference import Reference, load_reference
from autograder.examiner.rehearsal import Rehearsal
from autograder.examiner.remote import text_of
from autograder.examiner.sitting import Exam, Sitting
from autograder.examiner.source_trial import Examined, SourceTrial
from autograder.examiner.stage import quiet, seeded
from autograder.examiner.sweep import Sweep
from autograder.examiner.telling import known_keys
from autograder.examiner.workplace import Workplace
from autograder.notebook import Notebook
from autograder.results import (
    CheckResult,
    FunctionResult,
    Isolation,
    NotebookResult,
    Verdict,
    failure,
)
from autograder.sandbox import Sandbox
from autograder.statements import given_cell

_ATTEMPTS = 2


class Examiner:
    """Grades submissions of one source notebook, one after another.

    No two examiners of one process may be at work in two threads at the same time: working folder, output streams,
    modules, random state and limits are the process's. Those of other processes do not disturb each other.

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
        # Whoever works elsewhere meanwhile finds them still.
        root, folder = root.absolute(), paper.folder.absolute()
        self._modules = TrustedModules(root, folder)
        with self._modules.importable():
            self._reference = load_reference(root, paper)
            recall = Recall(self._reference, self._modules.forget)
        self._whole = paper.execution == "full"
        self._folder = str(folder.resolve())
        self._prepared = False
        answers = self._reference.answers
        cells = {function.name: [compiled(test) for test in function.tests] for function in paper.functions}
        self._names: Names | OrderedNames = (OrderedNames if self._whole else Names)(paper, answers)
        self._workplace = Workplace(folder if self._whole else None)
        self._rehearsal = Rehearsal(paper, answers, cells, self._seeded, recall, self._workplace)
        self._trial = SourceTrial(paper, self._without, self._inside)
        self._exam = Exam(
            paper,
            sandbox,
            answers,
            cells,
            self._names,
            recall,
            self._rehearsal,
            self._trial,
            Sweep(),
            self._workplace,
            # Only where whole notebooks run is there a folder to consult it in.
            consulting(paper) if answers and self._whole else frozenset(),
            self._seeded,
        )
        self._explaining = Explaining(self._reference, examples=examples)
        self._hides = {test.grade_id: bool(test.hidden_lines()) for one in paper.functions for test in one.tests}
        self._known_keys = known_keys(paper)
        self._unwritten = unwritten(paper)
        self._seeds_python = draws_with_python(paper)

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
        for attempt in range(1, _ATTEMPTS + 1):
            budget = self._budget()
            try:
                with naming_only(self._known_keys):
                    examined = self._attempt(notebook, budget, explain=explain)
                functions, notices = examined.functions, examined.notices
            except Exception as error:  # noqa: BLE001 - whatever breaks here is ours
                functions, notices = self._given_up(error), []
            # A fault of ours is tried again, never scored.
            if attempt == _ATTEMPTS or not self._may_pass(functions, budget):
                break
        self._exam.sweep.end()
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
        with self._modules.importable(), quiet(), self._workplace.entered():
            yield self._reference, self._rehearsal

    def _attempt(self, notebook: Notebook, budget: Budget, *, explain: bool) -> Examined:
        if not self._whole and not self._prepared:
            self._prepared = True
            for number, text in enumerate(self._paper.given, 1):
                self._sandbox.prepare(text, given_cell(number))
        unexaminable = self.unexaminable
        inside = self._performed(notebook, unexaminable, budget) if unexaminable else {}
        inside = {name: self._blameless(check) for name, check in inside.items()}
        return self._examined(notebook, {**inside, **self._unwritten}, budget, explain=explain)

    @contextlib.contextmanager
    def _seeded(self, grade_id: str) -> Iterator[None]:
        """Start a test cell from its random state, and leave none behind."""
        try:
            with seeded(grade_id):
                yield
        finally:
            self._modules.rewind()

    def _budget(self) -> Budget:
        return Budget(self._paper.limits.seconds_per_notebook)

    def _without(self, notebook: Notebook, left_out: Collection[str]) -> Examined:
        """Examine all test cells but some, and those that are still to be written, in a time of their own."""
        others = dict.fromkeys([*left_out, *self._unwritten])
        return self._examined(notebook, others, self._budget(), explain=False)

    def _inside(self, notebook: Notebook, chosen: Collection[str]) -> dict[str, CheckResult]:
        """Run some test cells inside a candidate, in a time of their own."""
        return self._performed(notebook, chosen, self._budget())

    def _examined(
        self, notebook: Notebook, others: Mapping[str, CheckResult | None], budget: Budget, *, explain: bool
    ) -> Examined:
        """Examine all test cells but those that have a result already."""
        dialogue = self._dialogue(notebook, budget)
        self._names.restart(notebook)
        sitting = Sitting(self._exam, dialogue, budget)
        with self._modules.importable(), quiet(), self._forgetting(dialogue), contextlib.closing(dialogue):
            functions = [sitting.function(function, others) for function in self._paper.functions]
            stale = dialogue.stale
            if sitting.doubted:
                dialogue.close()
                inside = self._doubts_settled(notebook, sitting.doubted, budget)
                functions = [in_doubt(function, inside) for function in functions]
            # Afterwards, for it takes a candidate that has not seen a hidden input: one for all of them.
            functions, faults = self._explained(functions, dialogue) if explain else (functions, [])
            notices = [*dialogue.notices, *doubts(functions), *faults]
            return Examined(functions, notices, sitting.endings, stale)

    @contextlib.contextmanager
    def _forgetting(self, dialogue: Dialogue) -> Iterator[None]:
        """Keep nothing of what a submission's candidates have sent; its results are texts and numbers."""
        self._exam.sweep.begin()
        try:
            yield
        finally:
            dialogue.undo()
            self._names.restart(Notebook(()))
            self._exam.sweep.look(dialogue.received)

    def _doubts_settled(
        self, notebook: Notebook, doubted: Collection[str], budget: Budget
    ) -> Mapping[str, CheckResult | None]:
        """Try the cells in doubt among the student's own code, as far as that shows it nothing hidden."""
        hidden = [name for name in doubted if self._hides[name]]
        seen = [name for name in doubted if not self._hides[name]]
        return {**dict.fromkeys(hidden), **(self._performed(notebook, seen, budget) if seen else {})}

    def _performed(self, notebook: Notebook, chosen: Collection[str], budget: Budget) -> dict[str, CheckResult]:
        """Run some test cells inside a candidate."""
        with contextlib.closing(self._kernel(budget)) as dialogue:
            return performed(self._paper, notebook, dialogue, chosen)

    def _dialogue(self, notebook: Notebook, budget: Budget) -> Dialogue:
        if self._whole:
            return self._kernel(budget, shared=self._trial.shared)
        load = load_of(self._paper, notebook, self._names.asked)
        return Dialogue(self._sandbox, self._paper.limits, load, budget, seeds_python=self._seeds_python)

    def _kernel(self, budget: Budget, *, shared: bool = False) -> KernelDialogue:
        return KernelDialogue(self._sandbox, self._paper.limits, self._folder, shared=shared, budget=budget)

    def _given_up(self, error: Exception) -> list[FunctionResult]:
        """Leave the whole notebook to a human."""
        reason = failure(f"{type(error).__name__}: {text_of(error)}")
        return [
            FunctionResult(f.name, Verdict.INTERNAL_ERROR, 0.0, f.points, tuple(ungraded(t, reason) for t in f.tests))
            for f in self._paper.functions
        ]

    def _may_pass(self, functions: list[FunctionResult], budget: Budget) -> bool:
        """Tell whether something of ours failed that may hold the next time; a faulty test cell will not."""
        checks = [check for function in functions for check in function.checks]
        if self._trial.shared and any(check.verdict is Verdict.CRASHED for check in checks):
            # As for a single cell; here the candidate took with it what later cells need.
            return not budget.is_half_spent
        ours = (c.grade_id for c in checks if c.verdict is Verdict.INTERNAL_ERROR)
        known = self._unwritten.keys() | self._trial.faults.keys()
        return any(name not in known and not self._rehearsal.known(name) for name in ours)

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

    def _blameless(self, check: CheckResult) -> CheckResult:
        """Charge nobody for a test cell inside a candidate, which the source's own solution does not pass there."""
        fault = "" if check.verdict is Verdict.PASSED else self._trial.faults.get(check.grade_id, "")
        return replace(check, score=None, verdict=Verdict.INTERNAL_ERROR, message=fault) if fault else check
