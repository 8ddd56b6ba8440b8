"""Asks a wrong answer a few questions of its own, so that the mistake can be named."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

import numpy as np

from autograder.diagnosis import Observed, Question, Recorder, Subject
from autograder.errors import CandidateError
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.lending import lent
from autograder.examiner.reference import Reference
from autograder.results import CheckResult, Diagnosis, Verdict

_SILENT = frozenset({Verdict.TIMEOUT, Verdict.CRASHED, Verdict.MEMORY, Verdict.MISSING, Verdict.INTERNAL_ERROR})


class Explaining:
    """Diagnoses the answers to one source notebook.

    Parameters
    ----------
    reference : Reference
    guarded : callable
        Gives the limits for trusted code that works on a candidate's values, as a context manager.
    """

    def __init__(self, reference: Reference, guarded: Callable[[], AbstractContextManager[None]]) -> None:
        self._reference = reference
        self._guarded = guarded
        self._subjects: dict[str, Subject | None] = {}

    def diagnosis(self, name: str, checks: Iterable[CheckResult], dialogue: Dialogue) -> Diagnosis | None:
        """Name the mistake of an answer that lost marks.

        Parameters
        ----------
        name : str
            The graded function.
        checks : iterable of CheckResult
            What became of its test cells.
        dialogue : Dialogue

        Returns
        -------
        Diagnosis or None
            None also for an answer that raises or does not come back: its message explains it.
        """
        defined = dialogue.defined.get(name)
        if not _explicable(checks) or defined is None or defined.kind != "function":
            return None
        try:
            dialogue.begin_cell(hidden=False)
            with self._guarded(), _restored():
                subject = self._subject(name)
                return self._explained(name, subject, dialogue) if subject else None
        except (CandidateError, Exception):  # noqa: BLE001 - no diagnosis is worth a mark
            return None
        finally:
            dialogue.end_cell()

    def _explained(self, name: str, subject: Subject, dialogue: Dialogue) -> Diagnosis | None:
        replacements = lent(self._reference.answers, name)
        observed = [_ask(name, question, dialogue, replacements) for question in subject.fresh]
        found = subject.settled(observed)
        if found:
            return found
        for question in subject.further:
            # What raises here is no less wrong elsewhere.
            with contextlib.suppress(Exception):
                observed.append(_ask(name, question, dialogue, replacements))
            if dialogue.lost:
                break
        return subject.explain(observed)

    def _subject(self, name: str) -> Subject | None:
        if name not in self._subjects:
            self._subjects[name] = self._made(name)
        return self._subjects[name]

    def _made(self, name: str) -> Subject | None:
        known = self._reference
        if name not in known.answers or name not in known.questions:
            return None
        return Subject(
            known.answers[name],
            known.questions[name],
            probe=known.probes.get(name),
            lent=lent(known.answers, name),
            catalogue=[entry for entry in known.catalogue if entry.function == name],
            outputs=known.outputs.get(name),
            quantities=known.quantities.get(name),
            edges=known.edges[name]() if name in known.edges else (),
        )


def _ask(name: str, question: Question, dialogue: Dialogue, replacements: dict[str, Callable[..., object]]) -> Observed:
    recorders = {each: Recorder(function) for each, function in question.lent.items()}
    np.random.seed(question.seed)
    seen = dialogue.call(name, question.arguments, {}, {**replacements, **recorders})
    asked = {each: recorder.calls for each, recorder in recorders.items()}
    return Observed(question, seen.value, seen.changed, asked)


@contextlib.contextmanager
def _restored() -> Iterator[None]:
    before = np.random.get_state()
    try:
        yield
    finally:
        np.random.set_state(before)


def _explicable(checks: Iterable[CheckResult]) -> bool:
    """Tell whether it is worth asking an answer what it computes: it is wrong somewhere, and it always came back."""
    verdicts = {check.verdict for check in checks}
    return verdicts != {Verdict.PASSED} and not verdicts & _SILENT
