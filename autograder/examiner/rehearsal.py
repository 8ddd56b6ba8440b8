"""Whether a test cell passes with the reference's own functions: one that does not is the instructor's to mend.

Where answers are given copies of plain data, so is the reference, and so is the test of what it gives; see `Mirror`.

Asked only when a cell is about to cost somebody marks, and answered once for all submissions. Without a reference,
or where a cell needs what only a submission defines, nothing can be told, and the cell counts.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from autograder.checks import Observation, injected, observe
from autograder.course import Function, Paper
from autograder.errors import CandidateMemoryError, CandidateTimeoutError, SandboxError
from autograder.examiner.cells import CompiledCell, beyond_doubt, failed, passed
from autograder.examiner.guard import guarded
from autograder.examiner.lending import lent
from autograder.examiner.loading import draws_with_python
from autograder.examiner.mirror import Mirror
from autograder.examiner.names import Names
from autograder.examiner.recall import Recall
from autograder.examiner.remote import RemoteFunction, text_of
from autograder.examiner.unfit import way_out
from autograder.examiner.workplace import Workplace
from autograder.results import CheckResult, Verdict, one_line
from autograder.statements import free_names
from autograder.wire import number_in

_MAX_REASON = 300


class Rehearsal:
    """A run of all test cells with the reference in the place of a candidate.

    Parameters
    ----------
    paper : Paper
    references : mapping of str to callable
    cells : mapping of str to sequence of CompiledCell
        The test cells of each graded function.
    seeded : callable
        Given a cell's grade id, the random state that it starts from, as a context manager.
    recall : Recall
        Of the reference: many answers are judged with the same questions.
    workplace : Workplace
        Where the reference and the tests find the files that answers find.
    """

    def __init__(
        self,
        paper: Paper,
        references: Mapping[str, Callable[..., Any]],
        cells: Mapping[str, Sequence[CompiledCell]],
        seeded: Callable[[str], AbstractContextManager[None]],
        recall: Recall,
        workplace: Workplace,
    ) -> None:
        self._paper = paper
        self._references = references
        self._cells = cells
        self._seeded = seeded
        self._recall = recall
        self._workplace = workplace
        self._faults: dict[str, str] | None = None
        self._sound: set[str] = set()
        self._hollow: set[str] = set()

    @functools.cached_property
    def _names(self) -> Names:
        # Not before it is needed: where nobody loses a mark, nothing is rehearsed.
        return Names(self._paper, self._references)

    @functools.cached_property
    def _seeds_python(self) -> bool:
        return draws_with_python(self._paper)

    def fault(self, grade_id: str) -> str:
        """Say to the instructor what is wrong with a test cell; nothing where it is sound, or nothing can be told."""
        if not self._references:
            return ""
        if self._faults is None:
            self._names.restart()
            self._faults = {
                cell.test.grade_id: self._rehearsed(cell, function)
                for function in self._paper.functions
                for cell in self._cells[function.name]
            }
        return self._faults[grade_id]

    def sound(self, grade_id: str) -> bool:
        """Tell whether a test cell passes with the reference: whatever it asks of an answer can be had."""
        return not self.fault(grade_id) and grade_id in self._sound

    def gives_hollow(self, grade_id: str) -> bool:
        """Tell whether the reference gives a test cell something with which many comparisons hold; see `Unpacker`."""
        self.fault(grade_id)
        return grade_id in self._hollow

    def judge(
        self, function: Function, answer: Callable[..., Any], only: Collection[str] | None = None
    ) -> list[CheckResult]:
        """Grade a trusted function in the place of an answer: in this process, without a sandbox.

        Where only copies cross to an answer it is given copies too: a test does not see what it changes in place.

        Parameters
        ----------
        function : Function
        answer : callable
            Its own mistakes are an answer's; where it does not come back, the limits of a cell end it.
        only : collection of str or None
            Grade ids of the test cells to run; None is all of the function's.

        Returns
        -------
        list of CheckResult
            Of the test cells, in the notebook's order.
        """
        self._names.restart()
        cells = [cell for cell in self._cells[function.name] if only is None or cell.test.grade_id in only]
        if self._paper.execution != "full":
            answer = RemoteFunction(_Here(answer), function.name, {})
        with self._workplace.entered():
            return [beyond_doubt(functools.partial(self._judged, cell, {function.name: answer})) for cell in cells]

    def _judged(self, cell: CompiledCell, answers: Mapping[str, Callable[..., Any]]) -> CheckResult:
        try:
            value = self._value(cell, answers)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a test may raise anything, also what is no Exception
            return failed(cell.test, error)
        return passed(cell.test, value)

    def _value(self, cell: CompiledCell, answers: Mapping[str, Callable[..., Any]]) -> Any:  # noqa: ANN401
        """Run a test cell with the reference, and with some answers in its place; give the cell's own value."""
        limits = self._paper.limits
        with self._seeded(cell.test.grade_id), guarded(limits.seconds_per_cell, limits.memory_mb):
            scope = self._names.for_reference(cell.test.source, answers)
            with self._recall.in_use():
                value = cell.run(scope)
        self._names.keep(scope)
        return value

    def known(self, grade_id: str) -> bool:
        """Tell whether a test cell has been found to be at fault."""
        return bool(self._faults and self._faults[grade_id])

    def _answers(self, function: Function, mirror: Mirror) -> Mapping[str, Callable[..., Any]]:
        """Give the reference's version of the judged function, as an answer is given to a test; see `Mirror`."""
        name = function.name
        if self._paper.execution == "full" or name not in self._references:
            return {}
        return {name: RemoteFunction(mirror, name, lent(self._references, name))}

    def _rehearsed(self, cell: CompiledCell, function: Function) -> str:
        # Each finds the files as they are in the source.
        with self._workplace.entered():
            return self._run(cell, function)

    def _run(self, cell: CompiledCell, function: Function) -> str:
        mirror = Mirror(self._references, self._paper.assignment, seeds_python=self._seeds_python)
        try:
            value = self._value(cell, self._answers(function, mirror))
        except (KeyboardInterrupt, SandboxError):
            # What the machine has no time for says nothing about the cell.
            raise
        except BaseException as error:  # noqa: BLE001 - a test may raise anything, also what is no Exception
            if not self._tellable(cell, function):
                return ""
            reason = one_line(reason_of(error) + files_missed(error, self._paper), _MAX_REASON)
            if mirror.unfit:
                return one_line(f"{mirror.unfit[0]} The test cell ends with {reason}.", 2 * _MAX_REASON)
        else:
            if passed(cell.test, value).verdict is Verdict.PASSED:
                self._sound.add(cell.test.grade_id)
                return ""
            reason = f"it gives {number_in(value)} of {cell.test.points:g} points"
        finally:
            self._hollow |= {cell.test.grade_id} if mirror.hollow else set()
        fault = (
            f"The test cell {cell.test.grade_id} does not pass with the reference solution itself ({reason}). "
            f"Mend it in source/{self._paper.assignment} and grade again."
        )
        # First what is to be done, for the reason may be long and its end cut off.
        return " ".join((mirror.changed[0], way_out(self._paper.assignment), fault)) if mirror.changed else fault

    def _tellable(self, cell: CompiledCell, function: Function) -> bool:
        """Tell whether the cell had all that the instructor's own side can give it."""
        graded = {one.name for one in self._paper.functions} - set(self._references)
        return function.name in self._references and not free_names(cell.test.source) & (
            self._names.of_students | graded
        )


class _Here:
    """Calls a trusted function with copies; a `Caller`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def call(
        self,
        _function: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        replaced: Mapping[str, Callable[..., Any]],
    ) -> Observation:
        """Call it; its own mistakes are raised as they are."""
        return observe(injected(self._function, **replaced) if replaced else self._function, *args, **kwargs)


def files_missed(error: BaseException, paper: Paper) -> str:
    """Say where files can be had, to whom one was missing where there are none."""
    if not isinstance(error, FileNotFoundError) or paper.execution == "full":
        return ""
    return '; where only definitions are run, no function finds a file: course.toml has to say execution = "full"'


def reason_of(error: BaseException) -> str:
    """Say to the instructor what ended a test cell early."""
    if isinstance(error, CandidateTimeoutError):
        return "it does not come back in time"
    if isinstance(error, CandidateMemoryError):
        return "it asks for more memory than it may have"
    return f"{type(error).__name__}: {text_of(error)}"
