"""An audit of one source notebook: what is to be graded, and what the marks say of the tests."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.audit.conclude import cells, concluded, missed_bars
from autograder.audit.confirmed import confirmed
from autograder.audit.exams import exams
from autograder.audit.marks import Marked, marked
from autograder.audit.mutation import hard_coded, mutants
from autograder.audit.records import Audit, FunctionAudit
from autograder.audit.rewriting import rewrites
from autograder.audit.right import hand_written
from autograder.audit.spread import Nearest, Spread, nearest, spread
from autograder.audit.trials import definition_of, questions
from autograder.audit.variants import Variant
from autograder.audit.visible import overpaid, recorded, visible_cells
from autograder.course import Bars, Function, Paper
from autograder.examiner import Examiner, Reference, Rehearsal
from autograder.notebook import Notebook
from autograder.results import NotebookResult, Verdict, function_verdict

# Random questions for measuring tolerances; their worst case settles after a few dozen.
_MEASURED = 50


class Auditor:
    """Audits the tests of one source notebook.

    Parameters
    ----------
    root : Path
        The course folder.
    paper : Paper
    examiner : Examiner
        Of that paper.

    Raises
    ------
    CourseError
        With the faults of confirmed mutants and hand-written right answers.
    """

    def __init__(self, root: Path, paper: Paper, examiner: Examiner) -> None:
        self._started = time.perf_counter()
        self._paper = paper
        self._examiner = examiner
        self._functions = [function for function in paper.functions if function.name in paper.answers]
        self._confirmed = confirmed(root, paper.assignment, [function.name for function in self._functions])
        written = hand_written(root, paper.assignment)
        self._right = {f.name: [v for v in written if v.function == f.name] for f in self._functions}
        self._wrong: dict[str, list[Variant]] = {}
        self._marks: dict[Variant, Marked] = {}
        with examiner.rehearsing() as (reference, rehearsal):
            for function in self._functions:
                self._prepare(function, reference, rehearsal)
        self._exams = exams(paper, itertools.chain(*self._right.values(), *self._wrong.values()))

    @property
    def notebooks(self) -> list[Notebook]:
        """The notebooks that are to be graded."""
        return [exam.notebook for exam in self._exams]

    def mark(self, results: Sequence[NotebookResult]) -> list[list[Variant]]:
        """Take the verdicts on the variants.

        Parameters
        ----------
        results : sequence of NotebookResult
            Of `notebooks`, in their order.

        Returns
        -------
        list of list of Variant
            By function, the mutants with full marks: `separate` has to tell which of them are mistakes.
        """
        for exam, result in zip(self._exams, results, strict=True):
            self._marks |= {one.variant: one for one in marked(exam.sits, result.functions)}
        doubtful = ([v for v in of_one if self._marks[v].passed] for of_one in self._wrong.values())
        return [variants for variants in doubtful if variants]

    def conclude(self, separated: Mapping[Variant, str], released: NotebookResult | None, bars: Bars) -> Audit:
        """Say what the marks tell of the tests.

        Parameters
        ----------
        separated : mapping of Variant to str
            Of each mutant with full marks, where it differs from the reference; empty for nowhere.
        released : NotebookResult or None
            Of the notebook as students get it; None where it has not been generated.
        bars : Bars

        Returns
        -------
        Audit
        """
        faults = _of_stub(released)
        functions, of_cells = [], []
        with self._examiner.rehearsing() as (reference, rehearsal):
            for function in self._functions:
                right = [self._marks[variant] for variant in self._right[function.name]]
                wrong = [self._marks[variant] for variant in self._wrong[function.name]]
                found = self._function(function, right, wrong, separated, reference, rehearsal)
                functions.append(found)
                faults += missed_bars(found, bars, self._confirmed.get(function.name, {}))
                faults += overpaid(function, reference, rehearsal)
                of_cells += cells(function, found, wrong, right, _times(function, reference, rehearsal))
        return Audit(
            assignment=self._paper.assignment,
            notebook=self._paper.name,
            faults=tuple(faults),
            functions=tuple(functions),
            cells=tuple(of_cells),
            seconds=round(time.perf_counter() - self._started, 3),
        )

    def _prepare(self, function: Function, reference: Reference, rehearsal: Rehearsal) -> None:
        """Make the right and the wrong answers of one function."""
        name, answer = function.name, self._paper.answers[function.name]
        published = [
            (args, result)
            for cell in visible_cells(function)
            for args, named, result in recorded(function, cell, reference, rehearsal)
            if not named
        ]
        self._right[name] += [Variant(name, "reference", answer), *rewrites(answer, name)]
        self._wrong[name] = [*mutants(answer, name), *hard_coded(answer, name, published)]

    def _function(
        self,
        function: Function,
        right: Sequence[Marked],
        wrong: Sequence[Marked],
        separated: Mapping[Variant, str],
        reference: Reference,
        rehearsal: Rehearsal,
    ) -> FunctionAudit:
        name = function.name
        known = {entry.name: entry.wrong for entry in reference.catalogue if entry.function == name}
        return concluded(
            name,
            wrong,
            right,
            separated=separated,
            confirmed=self._confirmed.get(name, {}),
            misconceptions={
                one: function_verdict(tuple(rehearsal.judge(function, answer))) is not Verdict.PASSED
                for one, answer in known.items()
            },
            spreads=self._spreads(name, right, reference),
            nearest=_nearest(name, known, reference),
        )

    def _spreads(self, name: str, right: Sequence[Marked], reference: Reference) -> list[Spread]:
        if name not in reference.outputs:
            return []
        variants = [definition_of(one.variant, self._paper) for one in right]
        asked = list(questions(reference, name, _MEASURED))
        return list(spread(reference.answers[name], variants, asked, reference.outputs[name]).values())


def _nearest(name: str, known: Mapping[str, Any], reference: Reference) -> Nearest | None:
    if name not in reference.outputs or not known:
        return None
    asked = list(questions(reference, name, _MEASURED))
    return nearest(reference.answers[name], known, asked, reference.outputs[name])


def _of_stub(released: NotebookResult | None) -> list[str]:
    if released is None:
        return ["The released notebook was not graded: there is none. Run `autograder release` first."]
    return [
        f"{function.name}: the released stub earns {function.score:g} of {function.max_score:g} points, wanted 0."
        for function in released.functions
        if function.score
    ]


def _times(function: Function, reference: Reference, rehearsal: Rehearsal) -> dict[str, float]:
    """Measure what each test cell takes with the reference, the second time it is run."""
    found = {}
    answer = reference.answers[function.name]
    for test in function.tests:
        rehearsal.judge(function, answer, {test.grade_id})
        started = time.perf_counter()
        rehearsal.judge(function, answer, {test.grade_id})
        found[test.grade_id] = round(time.perf_counter() - started, 6)
    return found
