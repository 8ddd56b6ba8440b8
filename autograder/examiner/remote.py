"""What stands in the examiner for a candidate's functions and exceptions."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from autograder.checks import Observation
from autograder.wire import Raised


class RemoteError(Exception):
    """The candidate raised an exception that is no built-in one, or one that would end the examiner."""


class Caller(Protocol):
    """Whoever carries calls to a candidate."""

    def call(
        self,
        function: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        injected: Mapping[str, Callable[..., Any]],
    ) -> Observation:
        """Call a function of the candidate's."""


class RemoteFunction:
    """A candidate's function: called like one, with copies of plain data.

    Parameters
    ----------
    caller : Caller
    name : str
        Its global name.
    replacements : mapping of str to callable
        Globals of the candidate's that are replaced during a call.
    """

    def __init__(self, caller: Caller, name: str, replacements: Mapping[str, Callable[..., Any]]) -> None:
        self._caller = caller
        self._replacements = dict(replacements)
        self.__name__ = name

    @property
    def __doc__(self) -> str | None:  # type: ignore[override]
        # Its class's own would pass for the answer's.
        raise AttributeError("an answer's docstring is not known to its tests here")

    def __call__(self, *args: object, **kwargs: object) -> Any:  # noqa: ANN401
        """Give what the function returns."""
        return self.observed(*args, **kwargs).value

    def __deepcopy__(self, _: object) -> RemoteFunction:
        """Give itself, as for any function."""
        return self

    def observed(self, *args: object, **kwargs: object) -> Observation:
        """Give what the call did; see `autograder.checks.observe`."""
        return self._caller.call(self.__name__, args, kwargs, self._replacements)

    def injected(self, **replacements: Callable[..., Any]) -> RemoteFunction:
        """Give the function bound to other helpers; see `autograder.checks.injected`."""
        return RemoteFunction(self._caller, self.__name__, {**self._replacements, **replacements})


def builtin_name(raised: Raised) -> str:
    """Give the nearest built-in exception that a candidate's exception claims to be; empty where there is none.

    The other names are the candidate's own choice, and could say anything.
    """
    kinds = ((name, getattr(builtins, name, None)) for name in raised.type_names)
    return next((name for name, k in kinds if isinstance(k, type) and issubclass(k, BaseException)), "")


def text_of(error: BaseException) -> str:
    """Give an exception's text; one with an integer of thousands of digits in it has none."""
    try:
        return str(error)
    except ValueError:
        return "an integer too long to be written"


def remote_exception(raised: Raised, *, may_end: bool = True) -> Exception:
    """Make the exception that stands for one of the candidate's.

    Parameters
    ----------
    raised : Raised
    may_end : bool
        Whether it may be a ``StopIteration``, which ends what calls for the next item. To ``map``, and so to a test
        that compares what that gives, it says that all has come; so it is a ``RuntimeError`` elsewhere, as Python makes
        of one that a generator lets out.

    Returns
    -------
    Exception
        Of the nearest built-in type, so that ``pytest.raises(ValueError)`` holds; its attribute ``raised`` is what
        the candidate reported.
    """
    name = builtin_name(raised)
    kind: type[BaseException] = getattr(builtins, name) if name else RemoteError
    if not issubclass(kind, Exception) or kind is Exception:
        kind = RemoteError
    if issubclass(kind, StopIteration) and not may_end:
        kind = RuntimeError
    try:
        error = kind(raised.message)
    except TypeError:
        # UnicodeDecodeError and its like want more than a message.
        error = RemoteError(raised.message)
    error.raised = raised  # type: ignore[attr-defined]
    return error
