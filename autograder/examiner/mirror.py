"""The reference as if it were an answer: its arguments and its values take the way over the wire, in one process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.checks import Observation, injected, observe
from autograder.errors import CandidateError, with_article
from autograder.examiner.remote import remote_exception
from autograder.examiner.unfit import Unfit, fault_of
from autograder.wire import Drawing, FunctionRef, Generators, Handle, Packer, Raised, Unpacker, by_name


class Mirror:
    """Calls trusted functions as a dialogue calls an answer's where only copies cross; a `Caller`.

    Parameters
    ----------
    functions : mapping of str to callable
    assignment : str

    Attributes
    ----------
    unfit : list of str
        What did not cross, said to the instructor.
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]], assignment: str) -> None:
        self._functions = functions
        self._assignment = assignment
        self._generators = Generators(trusted=True)
        self.unfit: list[str] = []

    def call(
        self,
        function: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        replacements: Mapping[str, Callable[..., Any]],
    ) -> Observation:
        """Call one of the functions; see `Dialogue.call`."""
        right = self._functions[function]
        crossed = {name: self._crossed(value) for name, value in by_name(args, kwargs).items()}
        for name, (_, lost) in crossed.items():
            self.unfit += [fault_of(Unfit(function, name, kind), right, self._assignment) for kind in lost]
        given = [value for value, _ in list(crossed.values())[: len(args)]]
        named = {name: crossed[name][0] for name in kwargs}
        answering = injected(
            _Answering(right, lambda value: self._handed_over(value, function)),
            **{name: self._asking(one) for name, one in replacements.items()},
        )
        state = np.random.get_state()
        try:
            return observe(answering, *given, **named)
        except CandidateError:
            raise
        except Exception as error:
            if type(error).__module__ == "builtins":
                raise
            kinds = [kind.__name__ for kind in type(error).__mro__[:-1]]
            raise remote_exception(Raised(kinds, str(error), "", "")) from error
        finally:
            # What an answer draws from NumPy's legacy generator, no test sees.
            np.random.set_state(state)

    def _handed_over(self, value: object, function: str) -> object:
        crossed, lost = self._crossed(value, functions=False)
        self.unfit += [
            f"{function} gives {with_article(kind)}, alone or among others, which an answer's process cannot hand over."
            for kind in lost
        ]
        return crossed

    def _asking(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Stand in for a function that the test gave, as the candidate's own stub does."""

        def ask(*args: object, **kwargs: object) -> object:
            given = [self._crossed(value)[0] for value in args]
            named = {name: self._crossed(value)[0] for name, value in kwargs.items()}
            return self._crossed(function(*given, **named))[0]

        return ask

    def _crossed(self, value: object, *, functions: bool = True) -> tuple[Any, list[str]]:
        """Give what arrives of a value, and what of it does not."""
        known: list[Callable[..., Any]] = []

        def refer(function: Callable[..., Any]) -> int | None:
            known.append(function)
            return len(known) - 1 if functions else None

        def resolve(record: FunctionRef | Handle | Drawing) -> Any:  # noqa: ANN401
            if isinstance(record, Drawing):
                return self._generators.find(record)
            return self._asking(known[record.number])

        packer = Packer(refer, [], draws=self._generators.refer)
        record = packer.pack(value)
        unpacker = Unpacker(memoryview(bytearray(b"".join(packer.buffers))), resolve)
        return unpacker.unpack(record), packer.lost


class _Answering:
    """A function whose values cross before what stands in for its helpers is taken away again."""

    def __init__(self, function: Callable[..., Any], cross: Callable[[object], object]) -> None:
        self._function = function
        self._cross = cross
        self.__globals__ = getattr(function, "__globals__", {})

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._cross(self._function(*args, **kwargs))
