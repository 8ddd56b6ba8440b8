"""Explanations of one output by what is right: a sign, a factor, a term, a transposition, another output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.diagnosis.evidence import Case, Evidence
from autograder.diagnosis.numbers import Numbers, alike, largest
from autograder.diagnosis.quantities import Natural, forms, named
from autograder.diagnosis.wording import be, diagnosis, listed
from autograder.results import Diagnosis

NaturalOf = Callable[[Case], Natural]
_LEAST = 1e-12
_MOST_PARTS = 3
_TIMES = "times what it should be"
# Of several outputs that share such a relation, a line before them is to blame.
_OF_LINES = frozenset({"factor", "term"})


@dataclass(frozen=True, slots=True)
class Relation:
    """How a wrong output follows from the right one.

    Parameters
    ----------
    family : str
        The kind of mistake.
    words : str
        What the output is, after its name and a verb.
    """

    family: str
    words: str


def _rounding(digits: int) -> Callable[[Numbers], Numbers]:
    return lambda a: np.round(a, digits)


# What a wrong last step makes of the right value.
_STEPS: tuple[tuple[str, str, Callable[[Numbers], Numbers]], ...] = (
    ("sign", "right but for the sign: plus and minus are confused", np.negative),
    ("transposed", "transposed: rows and columns are exchanged", np.transpose),
    ("wrong-shape", "right in the numbers, but flattened: a dimension is missing", np.ravel),
    ("wrong-shape", "right in the numbers, but in one row instead of a column", lambda a: a.reshape(1, -1)),
    ("wrong-shape", "right in the numbers, but in one column instead of a row", lambda a: a.reshape(-1, 1)),
    ("wrong-shape", "right in the numbers, but with a dimension too many", lambda a: a[..., None]),
    ("other-function", "the square of the right value", np.square),
    ("other-function", "the square root of the right value", lambda a: np.sqrt(np.abs(a))),
    ("other-function", "1 divided by the right value", np.reciprocal),
    ("other-function", "the absolute value of the right one: its signs are lost", np.abs),
    ("other-function", "1 minus the right value", lambda a: 1 - a),
    ("other-function", "the sigmoid of the right value", lambda a: 1 / (1 + np.exp(-a))),
    ("other-function", "the right value with all negative entries set to 0", lambda a: np.maximum(a, 0)),
    ("other-function", "summed up to one number", np.sum),
    ("other-function", "averaged to one number", np.mean),
    ("other-function", "summed along its rows", lambda a: a.sum(axis=-1, keepdims=True)),
    ("other-function", "reversed in order", np.flip),
    ("other-function", "cut off to whole numbers", np.trunc),
    ("other-function", "rounded down to whole numbers", np.floor),
    *(
        ("noise", f"rounded to {digits} decimals", _rounding(digits))
        for digits in range(1, 9)
    ),
)  # fmt: skip


def by_one_relation(evidence: Evidence, natural_of: NaturalOf) -> Diagnosis | None:
    """Explain all wrong outputs by one relation that needs no second look: where it is a factor, a simple one.

    Returns
    -------
    Diagnosis or None
    """
    relations = [_relation(label, evidence, natural_of) for label in evidence.wrong]
    first = relations[0]
    if first is None or any(relation != first for relation in relations):
        return None
    if first.family in _OF_LINES and (len(relations) > 1 or " times " in first.words.removesuffix(_TIMES)):
        return None
    return diagnosis(first.family, f"{be(_sharing(first, evidence, natural_of))} {first.words}")


def _sharing(relation: Relation, evidence: Evidence, natural_of: NaturalOf) -> Sequence[str]:
    """List the wrong outputs, and those of one entry whose shape is wrong in the same way: they pass for right."""
    if relation.family != "wrong-shape":
        return evidence.wrong
    known = dict.fromkeys(label for case in evidence.fresh for label in case.right)
    return [label for label in known if label in evidence.wrong or _misshapen(relation, label, evidence, natural_of)]


def _misshapen(relation: Relation, label: str, evidence: Evidence, natural_of: NaturalOf) -> bool:
    cases = evidence.having(label)
    return all(label in case.got for case in cases) and _step(label, cases, natural_of) == relation


def by_relations(evidence: Evidence, natural_of: NaturalOf) -> Diagnosis | None:
    """Explain every wrong output on its own, and put the explanations together.

    Returns
    -------
    Diagnosis or None
        None where some wrong output has no explanation, or where there are more than three of them.
    """
    found: dict[Relation, list[str]] = {}
    for label in evidence.wrong:
        relation = _relation(label, evidence, natural_of)
        if relation is None:
            return None
        found.setdefault(relation, []).append(label)
    if not 0 < len(found) <= _MOST_PARTS:
        return None
    message = "; ".join(f"{be(labels)} {relation.words}" for relation, labels in found.items())
    family = next(iter(found)).family
    return diagnosis(family, message)


def by_some_factor(evidence: Evidence) -> Diagnosis | None:
    """Find wrong outputs that are multiples of the right ones, by factors that are no natural ones.

    Returns
    -------
    Diagnosis or None
        None also where no wrong output has two entries: one number is always a multiple of another.
    """
    pairs = [(case.got.get(label), case.right[label]) for label in evidence.wrong for case in evidence.having(label)]
    if max((right.size for _, right in pairs), default=0) < 2 or any(_ratio(*pair) is None for pair in pairs):  # noqa: PLR2004 - as above
        return None
    if len(evidence.wrong) == 1:
        return diagnosis("factor", f"{evidence.wrong[0]} has a wrong factor: all of its entries are off by the same")
    return diagnosis("factor", f"{listed(evidence.wrong)} have a wrong factor: all entries of each are off by the same")


def _relation(label: str, evidence: Evidence, natural_of: NaturalOf) -> Relation | None:
    cases = evidence.having(label)
    if len(cases) < 2 or any(case.got.get(label) is None for case in cases):  # noqa: PLR2004 - found on one, seen on another
        # A layer that one question alone has: the others' relation is looked for there.
        cases = tuple(case for case in evidence.fresh if label in case.right and case.got.get(label) is not None)
    if not cases or all(case.is_right(label) for case in cases):
        # What is wrong in none of them is right by every rule that changes nothing there.
        return None
    if any(label in case.got and case.got[label] is None for case in evidence.having(label)):
        # No relation to a number gives None.
        return None
    for search in (_zero, _step, _swapped, _factor, _term):
        relation = search(label, cases, natural_of)
        if relation:
            return relation
    return None


def _zero(label: str, cases: Sequence[Case], _: NaturalOf) -> Relation | None:
    if all(_is_zero(case.got[label]) for case in cases) and any(np.any(case.right[label]) for case in cases):
        return Relation("all-zero", "0 in every entry")
    return None


def _is_zero(got: Numbers | None) -> bool:
    return got is not None and bool(got.size) and not np.any(got)


def _step(label: str, cases: Sequence[Case], _: NaturalOf) -> Relation | None:
    with np.errstate(all="ignore"):
        for family, words, step in _STEPS:
            if family == "other-function" and not any(np.any(case.right[label]) for case in cases):
                continue
            if all(_stepped(case, label, step) for case in cases):
                return Relation(family, words)
    return None


def _stepped(case: Case, label: str, step: Callable[[Numbers], Numbers]) -> bool:
    got, told = case.got.get(label), np.asarray(step(case.right[label]))
    return got is not None and got.shape == told.shape and case.close_to(told, label)


def _exact(got: Numbers | None, told: Numbers) -> bool:
    told = np.asarray(told)
    return got is not None and got.shape == told.shape and alike(got, told, equal_nan=True)


def _swapped(label: str, cases: Sequence[Case], _: NaturalOf) -> Relation | None:
    for other in cases[0].right:
        if other != label and all(
            other in case.right
            and largest(case.right[other])
            and alike(case.got[label], case.right[other], equal_nan=True)
            for case in cases
        ):
            return Relation("swapped", f"what {other} should be")
    return None


def _factor(label: str, cases: Sequence[Case], natural_of: NaturalOf) -> Relation | None:
    ratios = [_ratio(case.got[label], case.right[label]) for case in cases]
    if any(ratio is None for ratio in ratios):
        return _array_factor(label, cases, natural_of)
    tables = [forms(natural_of(case).scalars_for(label)) for case in cases]
    values = [ratio for ratio in ratios if ratio is not None]
    if len(values) == 1:
        return None
    name = named(values, tables)
    return Relation("factor", f"{name} {_TIMES}") if name else None


def _ratio(got: Numbers | None, right: Numbers) -> float | None:
    """Give the constant that a right array was multiplied by."""
    if got is None or got.size != right.size or not got.size:
        return None
    flat, wanted = got.ravel(), right.ravel()
    place = int(np.argmax(np.where(np.isfinite(wanted), np.abs(wanted), 0)))
    if not abs(wanted[place]) >= _LEAST or not np.isfinite(flat[place]):
        return None
    ratio = float(flat[place] / wanted[place])
    return ratio if ratio and alike(flat, ratio * wanted, equal_nan=True) else None


def _array_factor(label: str, cases: Sequence[Case], natural_of: NaturalOf) -> Relation | None:
    """Look for an array that the right one is multiplied by, entry by entry, or that is missing as a factor."""
    tables = [natural_of(case).arrays for case in cases]
    for name in tables[0]:
        pairs = [(case, table.get(name)) for case, table in zip(cases, tables, strict=True)]
        fitting = [(case, factor) for case, factor in pairs if factor is not None and _fits(case, label, factor)]
        if len(fitting) != len(cases):
            continue
        if all(_exact(case.got[label], case.right[label] * factor) for case, factor in fitting):
            return Relation("factor", f"multiplied by {name} once too often")
    return None


def _fits(case: Case, label: str, array: Numbers) -> bool:
    return array.shape == case.right[label].shape


def _term(label: str, cases: Sequence[Case], natural_of: NaturalOf) -> Relation | None:
    """Look for a multiple of a natural quantity that is missing or was added."""
    rests = [_rest(case.got[label], case.right[label]) for case in cases]
    if any(rest is None for rest in rests):
        return None
    fixed = _fixed([rest for rest in rests if rest is not None])
    if fixed:
        return Relation("term", f"wrong by {fixed}")
    naturals = [natural_of(case) for case in cases]
    for name, found in _candidates(naturals):
        ratios = [_ratio(rest, array) for rest, array in zip(rests, found, strict=True)]
        values = [ratio for ratio in ratios if ratio is not None]
        if len(values) != len(cases):
            continue
        words = _term_words(values, name, [forms(n.scalars_for(label)) for n in naturals])
        if words:
            return Relation("term", words)
    return None


def _rest(got: Numbers | None, right: Numbers) -> Numbers | None:
    if got is None or got.shape != right.shape or not np.all(np.isfinite(got)):
        return None
    return np.asarray(got - right)


def _fixed(rests: Sequence[Numbers]) -> str:
    """Name the number that single numbers are off by in all questions, where it is a short one."""
    if len(rests) < 2 or any(rest.size != 1 for rest in rests):  # noqa: PLR2004 - one is a coincidence
        return ""
    first = float(rests[0].item())
    size = f"{abs(first):.4g}"
    same = all(alike(rest.ravel(), np.array([np.copysign(float(size), first)])) for rest in rests)
    return f"{'minus ' if first < 0 else ''}{size}" if first and same else ""


def _candidates(naturals: Sequence[Natural]) -> Iterator[tuple[str, list[Numbers]]]:
    for kind in ("arrays", "scalars"):
        tables = [getattr(each, kind) for each in naturals]
        for name in tables[0]:
            if all(name in table for table in tables):
                yield name, [np.asarray(table[name], dtype=np.float64) for table in tables]
    yield "1", [np.ones(()) for _ in naturals]


_COUNTS = {
    -1.0: "{} is missing",
    1.0: "{} is there once too often",
    -2.0: "{} is subtracted instead of added",
    2.0: "{} is added instead of subtracted",
    -0.5: "{} counts only half",
}


def _term_words(values: Sequence[float], name: str, tables: Sequence[dict[str, float]]) -> str:
    for count, words in _COUNTS.items():
        if name != "1" and all(abs(value / count - 1) < 1e-6 for value in values):  # noqa: PLR2004 - rounding
            return f"wrong by one term: {words.format(name)}"
    sign = "minus " if values[0] < 0 else ""
    factor = named([abs(value) for value in values], tables)
    if not factor or any((value < 0) != (values[0] < 0) for value in values):
        return ""
    return f"wrong by {sign}{factor}" + (f" times {name}" if name != "1" else "")
