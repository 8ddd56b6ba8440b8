"""What can be seen of a reference's own mistakes before anybody is graded, and misled."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from autograder.course import TABLES
from autograder.diagnosis import Misconception, alone
from autograder.errors import CandidateError, with_article
from autograder.examiner.guard import guarded
from autograder.examiner.remote import text_of
from autograder.results import one_line

# Far from the seeds that hidden tests use.
_SEED = 1_000_000
_MAX_REASON = 300
_MAX_VALUE = 60
# All submissions wait for it, once in each process.
_SECONDS, _MEMORY_MB = 1, 1024


def fault_of_loading(root: Path, path: Path, error: Exception) -> str:
    """Say where in the course a module could not be loaded.

    Parameters
    ----------
    root : Path
        The course folder.
    path : Path
        Of the module, told where the error does not say more.
    error : Exception
        What its import raised.
    """
    reason = str(error)
    places = _places(error)
    if isinstance(error, SyntaxError) and error.filename:
        # Its own text ends with the file's bare name, which is that of several files.
        places, reason = [*places, (error.filename, error.lineno)], error.msg
    mine = [(Path(file), line) for file, line in places if Path(file).is_relative_to(root)]
    file, line = mine[-1] if mine else (path, None)
    where = f"{file.relative_to(root)}, line {line}" if line else str(file.relative_to(root))
    told = one_line(f"{type(error).__name__}: {reason}", _MAX_REASON)
    return f"{where}: {told}; mend it and grade again."


def fault_of_running(root: Path, error: Exception) -> str:
    """Say where in a course's reference something was raised that ends only what it was asked for.

    Parameters
    ----------
    root : Path
        The course folder.
    error : Exception
    """
    told = one_line(f"{type(error).__name__}: {text_of(error)}", _MAX_REASON)
    return ": ".join([*_line_in(root, error.__cause__ or error), f"{told}; mend it."])


def _line_in(root: Path, error: BaseException) -> list[str]:
    """Give the file and the line of a course's reference that an exception came from, where it came from there."""
    mine = [(file, line) for file, line in _places(error) if Path(file).is_relative_to(root / "reference")]
    return [f"{Path(file).relative_to(root)}, line {line}" for file, line in mine[-1:]]


def _places(error: BaseException) -> list[tuple[str, int | None]]:
    return [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]


def faults_of_tables(module: ModuleType | None, graded: Collection[str], where: str) -> Iterator[str]:
    """Tell what is no table of functions in a reference, and which names in one are of no function.

    Parameters
    ----------
    module : ModuleType or None
        The reference.
    graded : collection of str
        The graded functions.
    where : str
        The module's file.
    """
    for table in TABLES:
        functions = getattr(module, table, {})
        if not isinstance(functions, Mapping):
            yield f"{where}: {table} is {_kind(functions)}; a dictionary of functions by graded function is wanted."
            continue
        for name, function in functions.items():
            if not callable(function):
                yield f"{where}: {table}[{name!r}] is {_kind(function)}; a function is wanted."
            elif name not in graded and not hasattr(module, str(name)):
                yield f"{where}: {table} has {name!r}, but there is no such function. Is the name right?"


def faults_of_questions(
    root: Path, answers: Mapping[str, Callable[..., Any]], questions: Mapping[str, Callable[[int], Any]], where: str
) -> Iterator[str]:
    """Tell which questions the reference itself cannot be asked; students would be charged with it.

    Parameters
    ----------
    root : Path
        The course folder.
    answers, questions : mapping of str to callable
        Of the reference.
    where : str
        Its file.
    """
    for name in (name for name in answers if name in questions):
        try:
            arguments = questions[name](_SEED)
            signature = inspect.signature(answers[name])
        except Exception:  # noqa: BLE001, S112 - one that cannot be asked here charges nobody
            continue
        if not isinstance(arguments, (tuple, list)):
            wanted = "a tuple of its arguments is wanted, (value,) for a single one"
            yield f"{where}: the question of {name} gives {_kind(arguments)}; {wanted}."
            continue
        try:
            signature.bind(*arguments)
        except TypeError as error:
            yield (
                f"{where}: the question of {name} gives {len(arguments)} argument(s), with which {name}{signature} "
                f"cannot be called: {error}. Mend it in QUESTIONS."
            )
            continue
        raised = _raised(answers[name], arguments)
        if raised is not None:
            (place,) = _line_in(root, raised) or [where]
            told = one_line(f"{type(raised).__name__}: {text_of(raised)}", _MAX_REASON)
            yield (
                f"{place}: {name} cannot answer what its own question gives: {told}. "
                f"Mend the function, or QUESTIONS[{name!r}]."
            )


def _raised(function: Callable[..., Any], arguments: Sequence[Any]) -> Exception | None:
    """Give what a reference raises on its own question, as far as that shows in a moment."""
    try:
        with guarded(_SECONDS, _MEMORY_MB), alone(), contextlib.redirect_stdout(io.StringIO()):
            np.random.seed(_SEED)
            function(*copy.deepcopy(arguments))
    except CandidateError:
        return None
    except Exception as error:  # noqa: BLE001 - an instructor's code may raise anything
        return error
    return None


def faults_of_catalogue(
    module: ModuleType, reference: ModuleType | None, graded: Collection[str], where: str
) -> Iterator[str]:
    """Tell what is amiss in a catalogue of misconceptions.

    Parameters
    ----------
    module : ModuleType
        That should hold a ``CATALOGUE``.
    reference : ModuleType or None
    graded : collection of str
        The graded functions.
    where : str
        The module's file.
    """
    if not hasattr(module, "CATALOGUE"):
        yield f"{where}: there is no CATALOGUE in it; give the tuple of its misconceptions this name."
        return
    catalogue = module.CATALOGUE
    if isinstance(catalogue, Misconception):
        yield f"{where}: CATALOGUE is one Misconception; a tuple is wanted. A comma makes one: (Misconception(...),)."
        return
    if not isinstance(catalogue, (tuple, list)):
        yield f"{where}: CATALOGUE is {_kind(catalogue)}; a tuple of Misconceptions is wanted."
        return
    for number, entry in enumerate(catalogue):
        if not isinstance(entry, Misconception):
            yield f"{where}: CATALOGUE[{number}] is {_shown(entry)}; a Misconception is wanted."
            continue
        faults = _faults_of_entry(entry, reference, graded)
        yield from (f"{where}: CATALOGUE[{number}], {_shown(entry.name)}, {fault}" for fault in faults)


def _faults_of_entry(entry: Misconception, reference: ModuleType | None, graded: Collection[str]) -> Iterator[str]:
    # What an instructor has written there may be anything.
    wrong: object = entry.wrong
    function: object = entry.function
    order = "The order is name, function, wrong, message, hint."
    if not callable(wrong):
        yield f"has {_shown(wrong)} where the wrong function is wanted. {order}"
    if not isinstance(function, str):
        yield f"has {_shown(function)} where the name of a graded function is wanted. {order}"
    elif function not in graded and reference and not hasattr(reference, function):
        known = ", ".join(sorted(graded))
        yield f"is of {function!r}, which is no graded function. Is the name right? Graded are: {known}."


def _kind(value: object) -> str:
    return with_article(type(value).__name__)


def _shown(value: object) -> str:
    """Give a value as people know it; that of a function has its place in memory."""
    return f"<{type(value).__name__}>" if callable(value) else one_line(repr(value), _MAX_VALUE)
