"""Asks a wrong answer a few questions of its own, so that the mistake can be named."""

from __future__ import annotations

import contextlib
import copy
import random as python_random
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from autograder.diagnosis import Observed, Question, Recorder, Subject, seed
from autograder.errors import CandidateError
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.guard import alarms_reach_us, guarded
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.lending import lent
from autograder.examiner.mishaps import of_raised, of_undefined
from autograder.examiner.reference import Reference
from autograder.examiner.subjects import MEMORY_MB, SECONDS, fault_of_explaining, faults_of_subject, subject_of
from autograder.results import CheckResult, Counterexample, Diagnosis, Trust, Verdict
from autograder.wire import Raised

_SILENT = frozenset({Verdict.TIMEOUT, Verdict.CRASHED, Verdict.MEMORY, Verdict.MISSING, Verdict.INTERNAL_ERROR})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found out about lost marks.

    Parameters
    ----------
    diagnosis : Diagnosis or None
    example : Counterexample or None
        Both None also for an answer that does not come back: its message explains it.
    faults : tuple of str
        For the instructor: what of the reference stood in the way.
    """

    diagnosis: Diagnosis | None = None
    example: Counterexample | None = None
    faults: tuple[str, ...] = ()


class Explaining:
    """Explains the answers to one source notebook.

    Parameters
    ----------
    reference : Reference
    examples : bool
        Whether students are shown the smallest example.
    """

    def __init__(self, reference: Reference, *, examples: bool) -> None:
        self._reference = reference
        self._examples = examples
        self._subjects: dict[tuple[str, bool], Subject | str | None] = {}

    def explanation(self, name: str, checks: Collection[CheckResult], dialogue: Dialogue) -> Explanation:
        """Name the mistake of an answer that lost marks, and show it in a small case; tell why one is not there.

        Parameters
        ----------
        name : str
            The graded function.
        checks : collection of CheckResult
            What became of its test cells.
        dialogue : Dialogue

        Returns
        -------
        Explanation
        """
        defined = dialogue.defined.get(name)
        if defined is None or all(check.verdict is Verdict.PASSED for check in checks):
            return Explanation()
        if isinstance(dialogue, KernelDialogue) and all(map(_is_no_news, checks)):
            # A kernel was told no more cells than the examined tests needed, and knows nothing of what follows.
            return Explanation()
        if defined.kind not in {"function", "callable"} or not _comes_back(checks):
            if not dialogue.unprompted:
                with contextlib.suppress(CandidateError), self._asking(name, dialogue):
                    defined = dialogue.defined.get(name, defined)
            return Explanation(of_undefined(name, defined))
        explanation = self._attempt(name, dialogue)
        # Once may be the machine's doing; what is explained shall not depend on it.
        return self._attempt(name, dialogue) if dialogue.broke_off else explanation

    def _attempt(self, name: str, dialogue: Dialogue) -> Explanation:
        # No explanation is worth a mark.
        try:
            with _restored():
                subject = self._subject(name)
                if isinstance(subject, str):
                    return Explanation(faults=(subject,))
                return self._explained(name, subject, dialogue) if subject else Explanation()
        except CandidateError:
            # The answer's own doing.
            return Explanation()
        except Exception as error:  # noqa: BLE001 - the instructor's code may raise anything
            return Explanation(faults=(fault_of_explaining(self._reference, name, error),))

    def _explained(self, name: str, subject: Subject, dialogue: Dialogue) -> Explanation:
        observed: list[Observed] = []
        diagnosis = example = None
        faults: tuple[str, ...] = ()
        with self._asking(name, dialogue):
            try:
                observed += [self._ask(name, question, dialogue) for question in subject.fresh]
            except Exception as error:  # noqa: BLE001 - an answer may raise anything
                raised = getattr(error, "raised", None)
                diagnosis = of_raised(raised) if isinstance(raised, Raised) else None
            if self._examples and not dialogue.lost:
                example = subject.example(lambda question: self._ask(name, question, dialogue).value)
        if len(observed) == len(subject.fresh):
            try:
                with dialogue.guarded():
                    faults = faults_of_subject(self._reference, name, subject)
                diagnosis = self._diagnosed(name, subject, observed, dialogue)
            except CandidateError:
                # The answer's own doing.
                pass
            except Exception as error:  # noqa: BLE001 - the instructor's code may raise anything
                faults = (*faults, fault_of_explaining(self._reference, name, error))
        return Explanation(diagnosis, example, faults)

    def _diagnosed(self, name: str, subject: Subject, observed: list[Observed], dialogue: Dialogue) -> Diagnosis | None:
        with dialogue.guarded():
            found = subject.known(observed)
        if not found:
            self._prepare(subject)
            with dialogue.guarded():
                found = subject.settled(observed)
        if found:
            return found
        with self._asking(name, dialogue):
            for question in subject.further:
                # What raises here is no less wrong elsewhere.
                with contextlib.suppress(Exception):
                    observed.append(self._ask(name, question, dialogue))
                if dialogue.lost:
                    break
        with dialogue.guarded():
            return subject.explain(observed)

    def _prepare(self, subject: Subject) -> None:
        """Do what is done once, whatever the answer is, in limits of its own; without it, less is found."""
        with contextlib.suppress(CandidateError), guarded(SECONDS, MEMORY_MB):
            subject.prepare()

    @contextlib.contextmanager
    def _asking(self, function: str, dialogue: Dialogue) -> Iterator[None]:
        """Give a candidate that has never seen a hidden input, for students are shown what it says and computes."""
        if dialogue.knows_hidden:
            dialogue.close()
        try:
            dialogue.begin_cell(function, hidden=False)
            with dialogue.guarded(), _written(dialogue):
                yield
        finally:
            dialogue.end_cell()

    def _ask(self, name: str, question: Question, dialogue: Dialogue) -> Observed:
        recorders = {each: Recorder(function) for each, function in question.lent.items()}
        replacements: dict[str, Callable[..., object]] = {**lent(self._reference.answers, name), **recorders}
        seed(question.seed)
        # A copy, for what an answer draws from a generator among them is drawn here too, and what it changes changed.
        given = copy.deepcopy(question.arguments)
        seen = dialogue.call(name, given, {}, replacements)
        asked = {each: recorder.calls for each, recorder in recorders.items()}
        known = isinstance(dialogue, KernelDialogue) or not seen.changed
        return Observed(question, seen.value, seen.changed, asked, given if known else None)

    def _subject(self, name: str) -> Subject | str | None:
        """Give what is known of a function, found out once, in and outside the main thread; or why it cannot be."""
        key = name, alarms_reach_us()
        if key not in self._subjects:
            try:
                with guarded(SECONDS, MEMORY_MB):
                    self._subjects[key] = subject_of(self._reference, name)
            except Exception as error:  # noqa: BLE001 - the instructor's code may raise anything
                self._subjects[key] = fault_of_explaining(self._reference, name, error)
        return self._subjects[key]


@contextlib.contextmanager
def _written(dialogue: Dialogue) -> Iterator[None]:
    """Have a kernel tell what became of arguments: they are copies, with which nothing but the answer is compared."""
    if not isinstance(dialogue, KernelDialogue):
        yield
        return
    before, dialogue.writes = dialogue.writes, True
    try:
        yield
    finally:
        dialogue.writes = before


@contextlib.contextmanager
def _restored() -> Iterator[None]:
    before, pythons = np.random.get_state(), python_random.getstate()
    try:
        yield
    finally:
        np.random.set_state(before)
        python_random.setstate(pythons)


def _is_no_news(check: CheckResult) -> bool:
    """Tell whether a check says nothing of what the dialogue has seen."""
    return check.verdict is Verdict.PASSED or check.trust is Trust.IN_CANDIDATE


def _comes_back(checks: Iterable[CheckResult]) -> bool:
    """Tell whether it is worth asking an answer what it computes: it always came back."""
    return not {check.verdict for check in checks} & _SILENT
