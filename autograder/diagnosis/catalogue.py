"""The catalogue of named wrong implementations, and the search in it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.numbers import Numbers, alike, gappy
from autograder.errors import CandidateError
from autograder.results import Diagnosis


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named wrong implementation of a graded function.

    Parameters
    ----------
    name : str
        Kebab case, unique within an assignment.
    function : str
        The graded function that it gets wrong.
    wrong : callable
        Has the graded function's signature.
    message : str
        What such an answer does, in one sentence.
    hint : str
        What to think about, in 20 to 80 words and without the solution's code.
    """

    name: str
    function: str
    wrong: Callable[..., Any]
    message: str
    hint: str


class Catalogue:
    """The misconceptions of one graded function, and what they predict.

    Parameters
    ----------
    entries : iterable of Misconception
    ask : callable
        Given a function and the number of a question, the function's judged outputs by label.
    """

    def __init__(
        self,
        entries: Iterable[Misconception],
        ask: Callable[[Callable[..., Any], int], Mapping[str, Numbers | None]],
    ) -> None:
        self._entries = tuple(entries)
        self._ask = ask
        self._told = functools.cache(self._tell)

    def match(
        self,
        wanted: Sequence[Mapping[str, Numbers | None]],
        got: Sequence[Mapping[str, Numbers | None]],
        asks: Callable[[Misconception], bool] = lambda _: False,
    ) -> Diagnosis | None:
        """Find the one misconception whose predictions are an answer's outputs.

        Parameters
        ----------
        wanted, got : sequence of mapping
            The outputs of the reference and of the answer, a mapping a question.
        asks : callable
            Of entries that predict the same outputs, whether one asks the stand-ins what the answer asked.

        Returns
        -------
        Diagnosis or None
            None where the reference predicts the answer too, where no entry does, or where several do.
        """
        if not got or all(map(_agree, wanted, got, wanted)):
            return None
        fitting = [
            entry
            for entry in self._entries
            if all(_agree(self._told(entry, n)[0], got[n], wanted[n]) for n in range(len(got)))
        ]
        if len(fitting) > 1:
            fitting = [entry for entry in fitting if asks(entry)]
        if len(fitting) != 1:
            return None
        (entry,) = fitting
        return Diagnosis(entry.name, entry.message, entry.hint)

    def broken(self, numbers: Sequence[int]) -> dict[str, Exception]:
        """Give what entries raise on the first of some questions, by name, where they raise on all of them."""
        found = {}
        for entry in self._entries:
            error = self._told(entry, numbers[0])[1]
            if error and all(self._told(entry, number)[1] for number in numbers[1:]):
                found[entry.name] = error
        return found

    def _tell(self, entry: Misconception, number: int) -> tuple[Mapping[str, Numbers | None], Exception | None]:
        """Give what an entry predicts; where it raises, that is nothing, and what it raised."""
        try:
            return self._ask(entry.wrong, number), None
        except CandidateError:
            # The time for the whole search is over.
            raise
        except Exception as error:  # noqa: BLE001 - an instructor's code may raise anything
            return {}, error


def _agree(
    told: Mapping[str, Numbers | None], got: Mapping[str, Numbers | None], wanted: Mapping[str, Numbers | None]
) -> bool:
    """Compare a prediction with an answer on all outputs that are wanted or predicted."""
    labels = dict.fromkeys([*wanted, *told])
    return bool(told) and all(
        (label not in told and label not in got)
        # Elsewhere NaN is what many mistakes come to.
        or alike(told.get(label), got.get(label), equal_nan=gappy(wanted.get(label)))
        for label in labels
    )
