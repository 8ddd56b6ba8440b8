"""The search for the slips that an answer shows."""

from __future__ import annotations

import copy
import functools
import itertools
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.copies import DRAWN_FROM, holds, locked
from autograder.diagnosis.evidence import Arguments, Case, Evidence, Question, Recorder, asked
from autograder.diagnosis.judged import Judged
from autograder.diagnosis.numbers import RTOL, Numbers, close, largest, mostly_finite
from autograder.diagnosis.slips.groups import Slipped, alone, together
from autograder.diagnosis.slips.program import Program, Slip, program
from autograder.diagnosis.slips.remembering import asked_once, remembering
from autograder.diagnosis.surroundings import Limited, seed, unlimited
from autograder.diagnosis.wording import be, diagnosis
from autograder.errors import CandidateError
from autograder.results import Diagnosis

_MOST_SETS = 3000
_MOST_COMBINATIONS = 60
_MOST_RIVALS = 40
_MOST_TOLD = 4096
# What slips may take, one by one and all that are asked the first question: some never end, or ask for all memory.
_SECONDS = 1.0
_SECONDS_IN_ALL = 20.0
_MOST_NUMBERS = 4_000_000
# A slip computes as the answer does, so that even a very small number is the same or is another.
_NEAR = 1e-12

Told = Mapping[str, Numbers | None] | None
Form = tuple[tuple[str, tuple[int, ...]], ...]
Tables = dict[Form, tuple[list[Slipped], Numbers]]
Gives = Callable[[Sequence[Slip]], Iterator[Slipped]]


class Slips:
    """What a function would answer with each slip made; asked once, for all submissions.

    Parameters
    ----------
    right : callable
        The reference.
    judged : Judged
        Its outputs.
    unlikely : collection of str
        Functions that no slip calls in another's place.
    limited : callable, optional
        Limits the time of each.
    """

    def __init__(
        self,
        right: Callable[..., Any],
        judged: Judged,
        unlikely: Collection[str] = (),
        limited: Limited = unlimited,
    ) -> None:
        self._right = right
        self._judged = judged
        self._unlikely = unlikely
        self._limited = limited
        self._given_up = False
        self._asked_first = functools.cache(self._ask_first)
        self._prepare = functools.cache(lambda question: _prepare(question, judged.changing))
        self._told = functools.lru_cache(_MOST_TOLD)(self._tell)
        self._asks = functools.lru_cache(_MOST_TOLD)(self._ask)

    def prepare(self, question: Question) -> None:
        """Ask all slips the first question, which every search begins with; what ends that ends all searches.

        Raises
        ------
        CandidateError
            Where a limit is met that whoever calls this has set; then nothing is found any more, nor asked again.
        """
        if self._given_up:
            return
        try:
            for sets in (alone, together):
                self._asked_first(sets, question)
        except CandidateError:
            self._given_up = True
            raise

    def find(self, evidence: Evidence) -> Slipped | None:
        """Find the simplest slips that predict an answer on every question of its own.

        Parameters
        ----------
        evidence : Evidence

        Returns
        -------
        tuple of Slip, or None
            Of several that predict the values, those that also ask the lent functions the same; else the likeliest.
        """
        return self._find(evidence, alone) or self._find(evidence, together)

    def _find(self, evidence: Evidence, sets: Gives) -> Slipped | None:
        first = evidence.fresh[0]
        form, values = _flat(first.got, first.right)
        tables = self._tables(sets, first.question)
        if form not in tables or not mostly_finite(values):
            return None
        made, matrix = tables[form]
        fitting = (made[row] for row in np.flatnonzero(_near(matrix, values, first).all(axis=1)))
        rivals = (one for one in itertools.islice(fitting, _MOST_RIVALS) if self._predicts(one, evidence))
        first_found = next(rivals, None)
        if first_found is None or not first.question.lent:
            return first_found
        wanted = asked(first.asked)
        same = (one for one in itertools.chain([first_found], rivals) if self._asks(one, first.question) == wanted)
        return next(same, first_found)

    def combine(self, evidence: Evidence) -> Slipped | None:
        """Find slips for each wrong output that predict the answer together, where no single one does."""
        first = evidence.fresh[0]
        form, values = _flat(first.got, first.right)
        tables = self._tables(alone, first.question)
        if form not in tables or form != _flat(first.right, first.right)[0]:
            return None
        sets, matrix = tables[form]
        fits = _near(matrix, values, first)
        choices = [
            [sets[row] for row in np.flatnonzero(fits[:, columns].all(axis=1))][:_MOST_RIVALS]
            for label, columns in _columns(form)
            if label in first.wrong()
        ]
        if len(choices) < 2 or not all(choices):  # noqa: PLR2004 - one alone was looked for already
            return None
        for parts in itertools.islice(itertools.product(*choices), _MOST_COMBINATIONS):
            union = tuple({slip.site: slip for part in parts for slip in part}.values())
            if self._predicts(union, evidence):
                return union
        return None

    def _tables(self, sets: Gives, question: Question) -> Tables:
        return {} if self._given_up else self._asked_first(sets, question)

    def _ask_first(self, sets: Gives, question: Question) -> Tables:
        """Run every set of slips on the first question; what has one shape is compared at once later."""
        if self._program is None:
            return {}
        rows: dict[Form, list[tuple[Slipped, Numbers]]] = {}
        right = self._tell((), question) or {}
        size = sum(value.size for value in right.values() if value is not None)
        until = time.process_time() + _SECONDS_IN_ALL
        for made in itertools.islice(sets(self._program.slips), min(_MOST_SETS, _MOST_NUMBERS // max(size, 1))):
            if time.process_time() > until:
                break
            told = self._tell(made, question)
            if told and all(value is not None for value in told.values()):
                form, values = _flat(told, right)
                rows.setdefault(form, []).append((made, values))
        return {
            form: ([made for made, _ in found], np.stack([values for _, values in found]))
            for form, found in rows.items()
        }

    @functools.cached_property
    def _program(self) -> Program | None:
        return program(self._right, remembering(self._right), self._unlikely)

    def _tell(self, made: Slipped, question: Question) -> Told:
        return self._run(made, question, self._prepare(question).lent)

    def _run(self, made: Slipped, question: Question, lent: Mapping[str, Any]) -> Told:
        if self._program is None:
            return None
        seed(question.seed)
        try:
            with self._limited(_SECONDS):
                arguments = self._prepare(question).arguments()
                value = self._program.run(made, arguments, lent)
                return self._judged.read(value, arguments)[0]
        except CandidateError:
            # The time for the whole search is over.
            raise
        except Exception:  # noqa: BLE001 - a slip may make the reference raise anything, for want of time or memory too
            return None

    def _ask(self, made: Slipped, question: Question) -> list[list[float]]:
        recorders = {name: Recorder(function) for name, function in question.lent.items()}
        self._run(made, question, recorders)
        return asked({name: recorder.calls for name, recorder in recorders.items()})

    def _predicts(self, made: Slipped, evidence: Evidence) -> bool:
        if evidence.changed and all(slip.given for slip in made):
            # Lines that are right go wrong where the answer has changed what they use.
            return False
        cases = (*evidence.fresh, *([evidence.again] if evidence.again else []))
        return all(_fits(self._told(made, case.question), case) for case in cases)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question as slips are asked it.

    Parameters
    ----------
    arguments : callable
        Gives them: a slip that changes others than the reference does predicts nothing, and what one draws or
        changes no other misses.
    lent : dict of str to callable
    """

    arguments: Callable[[], Arguments]
    lent: dict[str, Any]


def _prepare(question: Question, changing: Collection[int]) -> _Prepared:
    once = locked(question.arguments)
    anew = holds(once, DRAWN_FROM) or bool(changing)
    lent = {name: asked_once(function) for name, function in question.lent.items()}

    def arguments() -> Arguments:
        given = enumerate(question.arguments)
        return tuple(copy.deepcopy(one) if place in changing else locked(one) for place, one in given)

    return _Prepared(arguments if anew else lambda: once, lent)


def _fits(told: Told, case: Case) -> bool:
    """Compare a prediction with what the answer gave, output by output."""
    if not told:
        return False
    for label in {**case.right, **told}:
        got, wanted = case.got.get(label), told.get(label)
        if (
            got is not None
            and wanted is not None
            and got.shape != wanted.shape
            and not _one(got, case.right.get(label))
        ):
            return False
        if label not in told and label not in case.got:
            continue
        if wanted is None or not case.close_to(wanted, label, RTOL, _NEAR):
            return False
    return True


def _near(matrix: Numbers, values: Numbers, case: Case) -> NDArray[np.bool_]:
    """Compare what slips answer with an answer, loosely enough for the coarsest of its outputs."""
    coarse = max((case.coarse(label) for label in case.right), default=0)
    return close(matrix, values, max(RTOL, coarse), max(_NEAR, coarse * largest(values)), equal_nan=True)


def _one(value: Numbers, right: Numbers | None) -> bool:
    """Tell whether an output is a single number, which has no shape."""
    return right is not None and value.size == right.size == 1


def _flat(got: Mapping[str, Numbers | None], right: Mapping[str, Numbers | None]) -> tuple[Form, Numbers]:
    """Lay the wanted outputs end to end, and say how they are shaped; a single number has no shape."""
    kept = {label: got[label] for label in right if got.get(label) is not None and right[label] is not None}
    arrays = {label: value for label, value in kept.items() if value is not None}
    form = tuple((label, () if _one(value, right[label]) else value.shape) for label, value in arrays.items())
    return form, np.concatenate([np.empty(0), *(value.ravel() for value in arrays.values())])


def _columns(form: Form) -> Iterator[tuple[str, slice]]:
    start = 0
    for label, shape in form:
        end = start + int(np.prod(shape))
        yield label, slice(start, end)
        start = end


def by_slips(found: Slipped) -> Diagnosis:
    """Say which slips an answer shows."""
    parts: dict[str, list[str]] = {}
    for slip in found:
        parts.setdefault(slip.words, []).append(slip.target)
    said: dict[str, list[str]] = {}
    for words, targets in parts.items():
        said.setdefault(_where(targets), []).append(words)
    likeliest = min(found, key=lambda slip: slip.rank)
    return diagnosis(likeliest.family, "; ".join(place + ", ".join(words) for place, words in said.items()))


def _where(targets: Sequence[str]) -> str:
    named = list(dict.fromkeys(target for target in targets if target))
    return f"where {be(named)} computed, " if named else ""
