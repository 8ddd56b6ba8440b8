"""Explanations of results that hold more than numbers: texts, sets, lists and dictionaries, and what is in them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from autograder.diagnosis.evidence import Case, Evidence
from autograder.diagnosis.numbers import alike, numbers
from autograder.diagnosis.wording import diagnosis
from autograder.results import Diagnosis

# What an answer returns may be large or deep: beyond that nothing is said of it.
_MOST = 2000
_DEEPEST = 6

_KINDS = {
    dict: "a dictionary",
    set: "a set",
    frozenset: "a set",
    tuple: "a tuple",
    list: "a list",
    str: "a text",
    type(None): "None",
}
_NUMBER = "a number"
_SEQUENCES = frozenset({"a list", "a tuple"})
_SPACES = "right but for its blanks and line ends"


def by_contents(evidence: Evidence) -> Diagnosis | None:
    """Explain results that are right as far as they are numbers, by what else is in them.

    Parameters
    ----------
    evidence : Evidence

    Returns
    -------
    Diagnosis or None
        None also where one rule does not hold for all questions whose answer is wrong.
    """
    wrong = [case for case in evidence.fresh if not _same(case.right_value, case.value)]
    found = {_said(case) for case in wrong}
    return found.pop() if len(found) == 1 else None


def _said(case: Case) -> Diagnosis | None:
    wanted, got = _kind(case.right_value), _kind(case.value)
    if not wanted or not got:
        return None
    if case.value is None and wanted != got:
        return diagnosis("returns-nothing", "the function returns nothing, that is None")
    if wanted != got:
        return diagnosis("wrong-structure", f"the function returns {got} where {wanted} is wanted")
    inner = _inner(case.right_value, case.value)
    if inner:
        wanted, got = inner
        return diagnosis("wrong-structure", f"the result holds {got} where {wanted} is wanted")
    words = _difference(case.right_value, case.value)
    return diagnosis("contents", f"the result is {words}") if words else None


def _difference(wanted: Any, got: Any) -> str:  # noqa: ANN401
    if isinstance(wanted, str):
        return _of_texts(wanted, got)
    if isinstance(wanted, AbstractSet):
        return _of_sets(wanted, got)
    if isinstance(wanted, dict):
        return _of_dictionaries(wanted, got)
    return _of_lists(list(wanted), list(got)) if isinstance(wanted, (list, tuple)) else ""


def _of_texts(wanted: str, got: str) -> str:
    rules: tuple[tuple[str, Callable[[str], str]], ...] = (
        (_SPACES, lambda text: "".join(text.split())),
        ("right but for upper and lower case", str.casefold),
        ("right but backwards", lambda text: text if text is wanted else text[::-1]),
    )
    if max(len(wanted), len(got)) > _MOST:
        return ""
    return next((words for words, rule in rules if rule(wanted) == rule(got)), "")


def _of_sets(wanted: AbstractSet[Any], got: AbstractSet[Any]) -> str:
    if wanted < got:
        return "right but for entries that do not belong to it"
    return "right as far as it goes, but entries are missing from it" if got < wanted else ""


def _of_dictionaries(wanted: dict[Any, Any], got: dict[Any, Any]) -> str:
    if any(not _same(wanted[key], got[key]) for key in wanted.keys() & got.keys()):
        return ""
    if wanted.keys() < got.keys():
        return "right but for keys that do not belong to it"
    return "right as far as it goes, but keys are missing from it" if got.keys() < wanted.keys() else ""


def _of_lists(wanted: list[Any], got: list[Any]) -> str:
    if max(len(wanted), len(got)) > _MOST // 10:
        # Each entry is looked for among all.
        return ""
    missing, added = _without(wanted, got), _without(got, wanted)
    if not missing and not added:
        return "right but for the order of its entries"
    if not missing:
        return "right but for entries that do not belong to it, or come too often"
    return "right as far as it goes, but entries are missing from it" if not added else ""


def _without(some: Sequence[Any], others: Sequence[Any]) -> list[Any]:
    """Give the entries of a list that another lacks, each counted."""
    rest, left = list(others), []
    for one in some:
        place = next((place for place, other in enumerate(rest) if _same(one, other)), None)
        if place is None:
            left.append(one)
        else:
            del rest[place]
    return left


def _inner(wanted: Any, got: Any) -> tuple[str, str] | None:  # noqa: ANN401
    """Give the kinds of the first entries that have different ones."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(wanted, dict):
        pairs = [(wanted[key], got[key]) for key in itertools.islice(wanted, _MOST) if key in got]
    elif _kind(wanted) in _SEQUENCES:
        pairs = list(zip(wanted[:_MOST], got, strict=False))
    kinds = ((_kind(one), _kind(other)) for one, other in pairs)
    return next(((one, other) for one, other in kinds if one and other and one != other), None)


def _same(wanted: Any, got: Any, depth: int = 0) -> bool:  # noqa: ANN401
    """Compare contents; numbers by their values, whatever holds them."""
    number = numbers(wanted)
    if number is not None:
        return alike(numbers(got), number, equal_nan=True)
    kind = _kind(wanted)
    if not kind or kind != _kind(got) or depth > _DEEPEST:
        return wanted is got
    if isinstance(wanted, (str, AbstractSet)) or wanted is None:
        return bool(wanted == got)
    if len(wanted) != len(got) or len(wanted) > _MOST:
        return False
    if isinstance(wanted, dict):
        return wanted.keys() == got.keys() and all(_same(wanted[key], got[key], depth + 1) for key in wanted)
    return all(_same(one, other, depth + 1) for one, other in zip(wanted, got, strict=True))


def _kind(value: object) -> str:
    """Name a kind of value; empty for what nothing is known of."""
    # Not what it says of itself: it may be the answer's own object.
    named = (_KINDS[base] for base in type(value).__mro__ if base in _KINDS)
    return next(named, _NUMBER if numbers(value) is not None else "")
