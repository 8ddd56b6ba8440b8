"""From evidence to a diagnosis: known mistakes first, then what can be found without knowing the function."""

from __future__ import annotations

import copy
import dataclasses
import functools
import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.diagnosis.behaviour import (
    by_calls,
    by_changed_inputs,
    by_constancy,
    by_default,
    by_edges,
    by_fixed_size,
    by_ignored_arguments,
    by_noise,
    by_place,
    by_random_stream,
    by_spoilt_inputs,
    by_untouched,
)
from autograder.diagnosis.catalogue import Catalogue, Misconception
from autograder.diagnosis.contents import by_contents
from autograder.diagnosis.evidence import (
    Arguments,
    Case,
    Evidence,
    Observed,
    Outputs,
    Probe,
    Question,
    any_outputs,
)
from autograder.diagnosis.judged import Judged, changed, complex_outputs
from autograder.diagnosis.numbers import Numbers, mostly_finite
from autograder.diagnosis.quantities import Natural, Quantities, natural
from autograder.diagnosis.questions import FRESH, fresh_questions, questions
from autograder.diagnosis.relations import by_one_relation, by_relations, by_some_factor
from autograder.diagnosis.slips import Slips, by_slips
from autograder.diagnosis.smallest import Small, Smallest
from autograder.diagnosis.structure import (
    by_finiteness,
    by_gaps,
    by_shape,
    by_single_shape,
    by_structure,
    by_type,
    by_wrapping,
)
from autograder.diagnosis.surroundings import Limited, alone, asks_alike, lending, unlimited
from autograder.errors import CandidateError
from autograder.results import Counterexample, Diagnosis

# What a known mistake may take for one question: more than any answer that is worth to be explained.
_SECONDS = 5.0


class Subject:
    """One graded function, and all that is known about it: what is asked, what is right, what is often wrong.

    Parameters
    ----------
    right : callable
        The reference.
    draw : callable
        Given a seed, vetted arguments.
    probe : callable, optional
        Given a seed, arguments that tell more about an answer than those of `draw`, and what stands in for functions
        that the answer may call, by global name.
    lent : mapping of str to callable, optional
        What stands in for the other graded functions.
    catalogue : sequence of Misconception
        Those of the function.
    outputs : callable, optional
        Given a returned value, its judged outputs by label, in the order of computation.
    quantities : callable, optional
        Given the arguments, the natural quantities by label.
    edges : sequence of tuple
        Arguments at the edges of the contract.
    small : Small, optional
        Small cases to show.
    graded : collection of str
        The names of the course's graded functions: where the reference does not call one, no slip does.
    limited : callable, optional
        Limits the time of wrong implementations: some never end.

    Attributes
    ----------
    unprobed : Exception or None
        What the probe raised; its place was taken by what is drawn.

    Raises
    ------
    ValueError
        Where the reference cannot be called with what is drawn: an answer that cannot either would be charged with it.
    """

    def __init__(
        self,
        right: Callable[..., Any],
        draw: Callable[[int], Arguments],
        *,
        probe: Probe | None = None,
        lent: Mapping[str, Callable[..., Any]] | None = None,
        catalogue: Sequence[Misconception] = (),
        outputs: Outputs | None = None,
        quantities: Quantities | None = None,
        edges: Sequence[Arguments] = (),
        small: Small | None = None,
        graded: Collection[str] = (),
        limited: Limited = unlimited,
    ) -> None:
        self._right = right
        self._outputs = outputs or any_outputs
        self._catalogue = Catalogue(catalogue, lambda function, number: self._mistaken(function, self.fresh[number]))
        self._limited = limited
        self._quantities = quantities
        self._parameters = tuple(inspect.signature(right).parameters)
        called = getattr(getattr(right, "__code__", None), "co_names", ())
        self._lent = {name: function for name, function in (lent or {}).items() if name in called}
        fresh, self.unprobed = fresh_questions(draw, probe, self._lent)
        changed = sorted({place + 1 for question in fresh for place in self._changed(question)})
        whole = Judged(self._outputs, {n - 1: self._name(f"argument {n}") for n in changed})
        right_ones = [whole.read(*self._outcome(right, question))[1] for question in fresh]
        self._judged = dataclasses.replace(whole, parted=frozenset().union(*map(complex_outputs, right_ones)))
        self._known = functools.cache(self._answer)
        # What slips answer to the first question is what every answer is compared with.
        fresh = tuple(sorted(fresh, key=self._tells_little))
        self._questions = questions(right, draw, fresh, self._lent, edges)
        self._slips = Slips(right, self._judged, set(graded).difference(called), limited)
        self._smallest = (
            Smallest(small, lambda question: self._run(right, question), self._outputs, self._lent) if small else None
        )
        self._natural = functools.cache(self._measure)

    @property
    def broken(self) -> dict[str, Exception]:
        """What entries of the catalogue raise on every fresh question, by name: they can predict nothing."""
        with alone():
            return self._catalogue.broken(range(FRESH))

    @property
    def fresh(self) -> tuple[Question, ...]:
        """What every answer is asked, to begin with."""
        return self._questions.fresh

    @property
    def further(self) -> tuple[Question, ...]:
        """What to ask where the fresh questions did not settle it."""
        return self._questions.further

    def explain(self, observed: Sequence[Observed]) -> Diagnosis | None:
        """Name the mistake of an answer that was asked the fresh questions.

        Parameters
        ----------
        observed : sequence of Observed
            What came of some of the questions of this subject, those in `fresh` among them.

        Returns
        -------
        Diagnosis or None
            None where the answer is right wherever it was asked, and where nothing predicts it.
        """
        with alone():
            evidence = self._evidence(observed)
            if not evidence.fresh:
                return None
            if not evidence.wrong:
                return self._of_right(evidence)
            return self._of_wrong(evidence)

    def known(self, observed: Sequence[Observed]) -> Diagnosis | None:
        """Give the entry of the catalogue that predicts the answers to the fresh questions, if any."""
        with alone():
            evidence = self._evidence(observed)
            return self._catalogued(evidence) if evidence.fresh and evidence.wrong else None

    def prepare(self) -> None:
        """Find out once what `settled` compares every answer with; else that is done where it is needed first."""
        with alone():
            self._slips.prepare(self.fresh[0])

    def settled(self, observed: Sequence[Observed]) -> Diagnosis | None:
        """Give the diagnosis that the fresh questions alone allow, if any."""
        with alone():
            evidence = self._evidence(observed)
            return self._exact(evidence) if evidence.fresh and evidence.wrong else None

    def example(self, ask: Callable[[Question], Any]) -> Counterexample | None:
        """Find a small case on which an answer is wrong.

        Parameters
        ----------
        ask : callable
            Given a question, what the answer returns; may raise.
        """
        if self._smallest is None:
            return None
        with alone():
            return self._smallest.find(ask)

    def _exact(self, evidence: Evidence) -> Diagnosis | None:
        """Look for what predicts every value."""
        return (
            self._catalogued(evidence)
            or by_fixed_size(evidence)
            or by_structure(evidence)
            or by_calls(evidence)
            or by_untouched(evidence)
            or by_one_relation(evidence, self._natural_of)
            or self._slipped(evidence)
            or by_constancy(evidence)
            or by_relations(evidence, self._natural_of)
            or self._slipped_twice(evidence)
        )

    def _of_wrong(self, evidence: Evidence) -> Diagnosis | None:
        return (
            self._exact(evidence)
            or by_spoilt_inputs(evidence)
            or by_finiteness(evidence)
            or by_gaps(evidence)
            or by_shape(evidence)
            or by_noise(evidence)
            or by_some_factor(evidence)
            or by_random_stream(evidence)
            or by_ignored_arguments(evidence)
            or by_place(evidence)
        )

    def _of_right(self, evidence: Evidence) -> Diagnosis | None:
        searches = [by_changed_inputs, by_calls, by_default, by_edges, by_wrapping, by_single_shape, by_type, by_noise]
        if self._outputs is any_outputs:
            # No table of the course's says that less than the whole is judged.
            searches.insert(1, by_contents)
        return next(filter(None, (search(evidence) for search in searches)), None)

    def _catalogued(self, evidence: Evidence) -> Diagnosis | None:
        return self._catalogue.match(
            [one.right for one in evidence.fresh],
            [one.got for one in evidence.fresh],
            lambda entry: asks_alike(entry.wrong, self._right, evidence.fresh),
        )

    def _slipped(self, evidence: Evidence) -> Diagnosis | None:
        found = self._slips.find(evidence)
        return by_slips(found) if found else None

    def _slipped_twice(self, evidence: Evidence) -> Diagnosis | None:
        found = self._slips.combine(evidence)
        return by_slips(found) if found else None

    def _evidence(self, observed: Sequence[Observed]) -> Evidence:
        wanted = self._questions
        asked = {id(one.question): one for one in observed}

        def cases(questions: Sequence[Question]) -> tuple[Case, ...]:
            return tuple(self._case(asked[id(question)]) for question in questions if id(question) in asked)

        fresh = [one for one in observed if one.question in wanted.fresh]
        return Evidence(
            fresh=cases(wanted.fresh),
            again=next(iter(cases([wanted.again])), None),
            edges=cases(wanted.edges),
            varied=cases(wanted.varied),
            changed=frozenset(self._name(place) for one in observed for place in one.changed)
            - frozenset(self._judged.changing.values()),
            untouched=self._untouched(fresh),
            uncalled=tuple(name for name in wanted.fresh[0].lent if fresh and not fresh[0].asked.get(name)),
            default=next(iter(cases([wanted.default] if wanted.default else [])), None),
            spelled=next(iter(cases([wanted.spelled] if wanted.spelled else [])), None),
        )

    def _untouched(self, fresh: Sequence[Observed]) -> dict[str, frozenset[str]]:
        """Give the arguments that the reference changes and an answer never did, with their outputs."""
        pairs = [(one.question.arguments, one.after) for one in fresh]
        known = [(before, after) for before, after in pairs if after is not None]
        touched = {place for pair in known for place in changed(*pair)}
        return {
            name: frozenset(label for _, after in known for label in self._judged.only(place).left(after))
            for place, name in self._judged.changing.items()
            if len(known) == len(pairs) and place not in touched
        }

    def _case(self, observed: Observed) -> Case:
        """Put an answer beside what is right; what became of arguments only where it is known of both."""
        value, after, right, wanted = self._known(observed.question)
        got, raw = self._judged.read(observed.value, observed.after)
        if observed.after is None and after is not None:
            unknown = self._judged.left(after)
            right = {label: item for label, item in right.items() if label not in unknown}
        return Case(observed.question, value, observed.value, dict(right), got, raw, observed.asked, wanted)

    def _answer(self, question: Question) -> tuple[Any, Arguments | None, dict[str, Numbers], dict[str, Any]]:
        """Give what is right: the value, the arguments after the call, the outputs as numbers, and as they are."""
        value, after = self._outcome(self._right, question)
        outputs, wanted = self._judged.read(value, after)
        return value, after, {label: item for label, item in outputs.items() if item is not None}, wanted

    def _called(self, function: Callable[..., Any], question: Question) -> tuple[Any, Arguments]:
        """Call a trusted function as the answer was called; give its value, and the arguments after the call."""
        given = copy.deepcopy(question.arguments)
        with lending(self._right, question):
            return function(*given), given

    def _mistaken(self, function: Callable[..., Any], question: Question) -> Mapping[str, Numbers | None]:
        with self._limited(_SECONDS):
            return self._judged.read(*self._called(function, question))[0]

    def _outcome(self, function: Callable[..., Any], question: Question) -> tuple[Any, Arguments | None]:
        """Call a trusted function; where it raises, NaN stands for its value."""
        try:
            with np.errstate(all="ignore"):
                return self._called(function, question)
        except CandidateError:
            # The time for the whole search is over.
            raise
        except Exception:  # noqa: BLE001 - an instructor's code may raise anything
            return float("nan"), None

    def _run(self, function: Callable[..., Any], question: Question) -> Any:  # noqa: ANN401
        """Call a trusted function as the answer was called."""
        return self._outcome(function, question)[0]

    def _changed(self, question: Question) -> set[int]:
        """Give the places of the arguments that the reference changes; it has to answer."""
        try:
            with alone():
                return changed(question.arguments, self._called(self._right, question)[1])
        except Exception as error:
            name = getattr(self._right, "__name__", "the reference")
            raise ValueError(f"{name} cannot be called with what its own question gives: {error}") from error

    def _tells_little(self, question: Question) -> bool:
        outputs = self._known(question)[2].values()
        return bool(outputs) and not mostly_finite(np.concatenate([output.ravel() for output in outputs]))

    def _natural_of(self, one: Case) -> Natural:
        return self._natural(one.question)

    def _measure(self, question: Question) -> Natural:
        return natural(self._quantities, self._parameters, question.arguments)

    def _name(self, place: str) -> str:
        """Give the name of a parameter for its place: ``argument 2``."""
        number = place.removeprefix("argument ")
        known = number.isdigit() and 0 < int(number) <= len(self._parameters)
        return self._parameters[int(number) - 1] if known else place
