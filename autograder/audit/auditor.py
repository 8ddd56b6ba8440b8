"""An audit of one source notebook: what is to be graded, and what the marks say of the tests."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Mapping, Sequence

from autograder.audit.conclude import cells, concluded, missed_bars
from autograder.audit.confirmed import confirmed
from autograder.audit.exams import Exam, exams
from autograder.audit.known import Known
from autograder.audit.marks import Marked, marked
from autograder.audit.prepare import Prepared
from autograder.audit.records import Audit
from autograder.audit.right import hand_written, ungraded
from autograder.audit.soundness import auditable
from autograder.audit.spread import Nearest, Spread
from autograder.audit.variants import Variant
from autograder.course import Bars, Course, Function, Paper
from autograder.errors import CourseError
from autograder.notebook import Notebook
from autograder.results import NotebookResult


class Auditor:
    """Audits the tests of one source notebook.

    Parameters
    ----------
    course : Course
    paper : Paper
        Of the course.
    functions : sequence of Function
        What is to be audited, as `require_sound` gives it.

    Raises
    ------
    CourseError
        With the faults of confirmed mutants and hand-written right answers.
    """

    def __init__(self, course: Course, paper: Paper, functions: Sequence[Function]) -> None:
        self._started = time.perf_counter()
        self._paper = paper
        self._functions = list(functions)
        # Both are written for the assignment, which may have other notebooks as well.
        papers = course.papers_of(paper.assignment)
        names = list(dict.fromkeys(function.name for one in papers for function in auditable(one)))
        self._confirmed = confirmed(course.root, paper.assignment, names)
        self._written = hand_written(course.root, paper.assignment)
        faults = ungraded(self._written, paper.assignment, names)
        if faults:
            raise CourseError(faults)
        self._right: dict[str, list[Variant]] = {}
        self._wrong: dict[str, list[Variant]] = {}
        self._lesser: dict[str, list[Variant]] = {}
        self._dropped: dict[str, Mapping[Variant, str]] = {}
        self._marks: dict[Variant, Marked] = {}
        self._exams: list[Exam] = []

    @property
    def functions(self) -> list[Function]:
        """The functions: for `known`, and for `prepared`."""
        return self._functions

    def take(self, found: Sequence[Prepared]) -> None:
        """Take the right and the wrong answers.

        Parameters
        ----------
        found : sequence of Prepared
            Of `functions`, in their order.
        """
        for function, one in zip(self._functions, found, strict=True):
            written = [variant for variant in self._written if variant.function == function.name]
            self._right[function.name] = [*written, *one.right]
            self._wrong[function.name] = list(one.wrong)
            self._lesser[function.name] = one.lesser
            self._dropped[function.name] = one.dropped

    @property
    def wrong(self) -> list[list[Variant]]:
        """The wrong answers, by function: for `judged_wrong`."""
        return list(self._wrong.values())

    @property
    def lesser(self) -> list[list[Variant]]:
        """The right answers that need no sandbox, by function: for `judged_right`."""
        return list(self._lesser.values())

    def settle(self, judged: Iterable[Marked]) -> None:
        """Take the verdicts on answers that need no sandbox; all others are dealt out to notebooks."""
        self._marks = {one.variant: one for one in judged}
        variants = itertools.chain(*self._right.values(), *self._wrong.values())
        self._exams = exams(variant for variant in variants if variant not in self._marks)

    @property
    def notebooks(self) -> list[Notebook]:
        """The notebooks that are to be graded."""
        return [exam.notebook for exam in self._exams]

    def mark(self, results: Sequence[NotebookResult]) -> None:
        """Take the verdicts on the variants.

        Parameters
        ----------
        results : sequence of NotebookResult
            Of `notebooks`, in their order.
        """
        for exam, result in zip(self._exams, results, strict=True):
            self._marks |= {one.variant: one for one in marked(exam.sits, result.functions)}

    @property
    def doubtful(self) -> list[list[Variant]]:
        """By function, the mutants with full marks: `separate` has to tell which of them are mistakes."""
        found = ([variant for variant in of_one if self._marks[variant].passed] for of_one in self._wrong.values())
        return [variants for variants in found if variants]

    @property
    def right(self) -> dict[str, list[Variant]]:
        """The right answers, by function: for `measured`."""
        return self._right

    def conclude(
        self,
        separated: Mapping[Variant, str],
        measured: Mapping[str, tuple[list[Spread], Nearest | None]],
        known: Mapping[str, Known],
        released: NotebookResult | None,
        bars: Bars,
    ) -> Audit:
        """Say what the marks tell of the tests.

        Parameters
        ----------
        separated : mapping of Variant to str
            Of each doubtful mutant, where it differs from the reference; empty for nowhere.
        measured : mapping of str to (list of Spread, Nearest or None)
            By function, the room that the tolerance leaves.
        known : mapping of str to Known
            By function.
        released : NotebookResult or None
            Of the notebook as students get it; None where it has not been generated.
        bars : Bars

        Returns
        -------
        Audit
        """
        faults = _of_stub(released)
        functions, of_cells = [], []
        for function in self._functions:
            seen = known[function.name]
            right = [self._marks[variant] for variant in self._right[function.name]]
            wrong = [self._marks[variant] for variant in self._wrong[function.name]]
            spreads, nearest = measured[function.name]
            found = concluded(
                function.name,
                wrong,
                right,
                separated=separated,
                asked=seen.asked,
                dropped=self._dropped[function.name],
                confirmed=self._confirmed.get(function.name, {}),
                misconceptions=seen.caught,
                spreads=spreads,
                nearest=nearest,
            )
            functions.append(found)
            faults += missed_bars(found, bars, self._paper.assignment, self._confirmed.get(function.name, {}))
            faults += [*seen.overpaid, *seen.unusable]
            of_cells += cells(function, found, wrong, right, seen.seconds)
        able = [function.name for function in auditable(self._paper)]
        graded, audited = ({one.name for one in some} for some in (self._paper.functions, self._functions))
        return Audit(
            assignment=self._paper.assignment,
            notebook=self._paper.name,
            faults=tuple(faults),
            functions=tuple(functions),
            cells=tuple(of_cells),
            left_out=tuple(name for name in self._paper.answers if name in graded.difference(able)),
            unreferenced=tuple(name for name in able if name not in audited),
            seconds=round(time.perf_counter() - self._started, 3),
        )


def _of_stub(released: NotebookResult | None) -> list[str]:
    if released is None:
        return ["The released notebook was not graded: there is none. Run `autograder release` first."]
    return [
        f"{function.name}: the released stub earns {function.score:g} of {function.max_score:g} points, wanted 0."
        for function in released.functions
        if function.score
    ]
