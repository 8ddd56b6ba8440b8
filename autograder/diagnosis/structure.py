"""Explanations by how a result is built: nothing at all, other parts, other shapes, no numbers, not finite."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.evidence import Case, Evidence, keyed_by_data
from autograder.diagnosis.wording import be, diagnosis, listed
from autograder.results import Diagnosis

_KINDS = {dict: "a dictionary", tuple: "a tuple", list: "a list", np.ndarray: "an array", str: "a text", set: "a set"}
_MATRIX = "a matrix"


def by_structure(evidence: Evidence) -> Diagnosis | None:
    """Explain an answer that does not return what can be compared."""
    if all(case.value is None and case.right_value is not None for case in evidence.fresh):
        return diagnosis("returns-nothing", "the function returns nothing, that is None")
    for case in evidence.fresh:
        wanted, got = _kind(case.right_value), _kind(case.value)
        several = wanted == "a number" and got in {"a tuple", "a list"} and len(case.value) != 1
        if several or (wanted != got and not set(case.right) <= set(case.got)):
            return diagnosis("wrong-structure", f"the function returns {got} where {wanted} is wanted")
    parts = [_parts(case.right_value, case.value) for case in evidence.fresh]
    if parts[0] and all(parts):
        return diagnosis("wrong-structure", parts[0])
    return _missing(evidence) or _no_numbers(evidence) or _truth(evidence)


def by_wrapping(evidence: Evidence) -> Diagnosis | None:
    """Explain a right number that comes in a list or tuple."""
    kinds = {(_kind(case.right_value), _kind(case.value)) for case in evidence.fresh}
    if len(kinds) != 1:
        return None
    ((wanted, got),) = kinds
    if wanted == got or wanted != "a number":
        return None
    return diagnosis("wrong-structure", f"the value is right, but the function returns {got} where {wanted} is wanted")


def by_shape(evidence: Evidence) -> Diagnosis | None:
    """Explain outputs whose shape is another, whatever the numbers in it."""
    labels = [label for label in evidence.wrong if _everywhere(evidence, label, _misshapen)]
    if not labels:
        return None
    turned = all(_everywhere(evidence, label, _turned) for label in labels)
    if turned:
        return diagnosis("transposed", f"the shape of {listed(labels)} is transposed: rows and columns are exchanged")
    first = evidence.having(labels[0])[0]
    if all(isinstance(case.raw.get(label), (tuple, list)) for label in labels for case in evidence.having(label)):
        return diagnosis("not-numbers", f"{be(labels)} {_kind(first.raw[labels[0]])} where an array is wanted")
    got, right = np.shape(first.raw[labels[0]]), first.right[labels[0]].shape
    verb = "have" if len(labels) > 1 else "has"
    return diagnosis(
        "wrong-shape",
        f"{listed(labels)} {verb} another shape than wanted: {labels[0]} is {got} where {right} is wanted",
    )


def by_single_shape(evidence: Evidence) -> Diagnosis | None:
    """Explain right numbers, one an array, whose array has another shape: ``(1,)`` for ``(1, 1)``."""
    labels = [label for label in evidence.fresh[0].right if _everywhere(evidence, label, _reshaped)]
    if not labels:
        return None
    return diagnosis("wrong-shape", f"{be(labels)} right in value, but of another shape than wanted")


def by_type(evidence: Evidence) -> Diagnosis | None:
    """Explain right numbers that are stored as something else."""
    labels = [label for label in evidence.fresh[0].right if _everywhere(evidence, label, _other)]
    if not labels:
        return _wider(evidence)
    raw = evidence.fresh[0].raw[labels[0]]
    kind = _stored(raw)
    if isinstance(raw, np.ndarray) and raw.dtype.kind == "f":
        return diagnosis("type", f"{be(labels)} right in value, but {kind} where an array of float64 is wanted")
    return diagnosis("type", f"{be(labels)} right in value, but {kind} where an array of floats is wanted")


def _wider(evidence: Evidence) -> Diagnosis | None:
    """Explain right numbers that are stored as wider floats than the reference's, for some inputs at least."""
    for label in evidence.fresh[0].right:
        for case in evidence.having(label):
            got, wanted = case.raw.get(label), case.wanted.get(label)
            if case.coarse(label) and isinstance(got, np.ndarray) and got.dtype.itemsize > np.asarray(wanted).itemsize:
                kinds = _stored(got), _stored(wanted)
                return diagnosis("type", f"{be([label])} right in value, but {kinds[0]} where {kinds[1]} is wanted")
    return None


def _parts(wanted: object, got: object) -> str:
    """Compare the number of entries of tuples, two deep."""
    if not isinstance(wanted, tuple) or not isinstance(got, (tuple, list)):
        return ""
    if len(wanted) != len(got):
        return f"the function returns {len(got)} values where {len(wanted)} are wanted"
    for n, (inner, other) in enumerate(zip(wanted, got, strict=True), 1):
        if not isinstance(inner, tuple):
            continue
        if not isinstance(other, (tuple, list)):
            return f"value {n} of the result is no tuple where {len(inner)} entries are wanted"
        if len(inner) != len(other):
            return f"value {n} of the result has {len(other)} entries where {len(inner)} entries are wanted"
    return ""


def _missing(evidence: Evidence) -> Diagnosis | None:
    """Name the outputs that are not there, and tell where they are just the last ones."""
    lacking = [[label for label in case.right if label not in case.got] for case in evidence.fresh]
    if not all(lacking):
        # A layer that only one of the networks has: it is said where nothing else is wrong.
        somewhere = list(dict.fromkeys(label for labels in lacking for label in labels))
        only = somewhere and set(somewhere) == set(evidence.wrong)
        return diagnosis("output-missing", f"{be(somewhere)} missing from the result") if only else None
    always = [label for label in lacking[0] if all(label in other for other in lacking)]
    tails = all(
        missing == list(case.right)[-len(missing) :] for case, missing in zip(evidence.fresh, lacking, strict=True)
    )
    if tails and not always:
        return diagnosis("output-missing", "the outputs of the last layer are missing from the result")
    return diagnosis("output-missing", f"{be(always or lacking[0])} missing from the result")


def _no_numbers(evidence: Evidence) -> Diagnosis | None:
    first = evidence.fresh[0]
    labels = [label for label in first.right if label in first.got and _everywhere(evidence, label, _unread)]
    if not labels:
        return None
    if all(_complex(case.raw.get(label)) for label in labels for case in evidence.having(label)):
        return diagnosis("complex", f"{be(labels)} complex where real numbers are wanted")
    kind = "None" if first.raw.get(labels[0]) is None else _kind(first.raw.get(labels[0]))
    if kind == _MATRIX:
        return diagnosis("not-numbers", f"{be(labels)} {kind} where an array is wanted")
    return diagnosis("not-numbers", f"{be(labels)} {kind}, from which no numbers can be read")


def _truth(evidence: Evidence) -> Diagnosis | None:
    """Find a comparison that is returned in the place of the number that was compared."""
    for label in evidence.fresh[0].right:
        decides = all(np.all(np.isin(case.right[label], (0, 1))) for case in evidence.having(label))
        if _everywhere(evidence, label, _decided) and not decides:
            return diagnosis("not-numbers", f"{label} is True or False where a number is wanted")
    return None


def by_finiteness(evidence: Evidence) -> Diagnosis | None:
    """Find the first output that is not finite."""
    for case in evidence.fresh:
        for label, right in case.right.items():
            got = case.got.get(label)
            if _complex(case.raw.get(label)):
                return diagnosis("complex", f"{label} is a complex number for some inputs")
            if got is not None and np.all(np.isfinite(right)) and not np.all(np.isfinite(got)):
                what = "NaN, which is no number" if np.any(np.isnan(got)) else "infinity"
                some = ", in some entries" if np.any(np.isfinite(got)) else ", in all entries"
                where = "" if np.size(got) == 1 else some
                first = label == next(iter(case.right)) or keyed_by_data(case)
                before = "" if first else "; what is computed before it is finite"
                return diagnosis("not-a-number", f"{label} is {what}{where}{before}")
    return None


def by_gaps(evidence: Evidence) -> Diagnosis | None:
    """Find outputs that are None for some questions, and numbers for others."""
    labels = [
        label
        for label in evidence.wrong
        if any(case.raw.get(label, label) is None for case in evidence.having(label))
        and any(case.got.get(label) is not None for case in evidence.having(label))
    ]
    if not labels:
        return None
    return diagnosis("not-numbers", f"{be(labels)} None for some inputs where a number is wanted")


def _everywhere(evidence: Evidence, label: str, holds: Callable[[Case, str], bool]) -> bool:
    cases = evidence.having(label)
    return bool(cases) and all(holds(case, label) for case in cases)


def _unread(case: Case, label: str) -> bool:
    return label in case.got and case.got[label] is None


def _decided(case: Case, label: str) -> bool:
    return case.right[label].ndim == 0 and isinstance(case.raw.get(label), (bool, np.bool_))


def _complex(raw: object) -> bool:
    return isinstance(raw, complex) or (isinstance(raw, np.ndarray) and raw.dtype.kind == "c")


def _misshapen(case: Case, label: str) -> bool:
    got = case.got.get(label)
    return got is not None and got.shape != case.right[label].shape and max(got.size, case.right[label].size) > 1


def _turned(case: Case, label: str) -> bool:
    got = case.got.get(label)
    return got is not None and got.ndim > 1 and got.shape == case.right[label].shape[::-1]


def _reshaped(case: Case, label: str) -> bool:
    got = case.got.get(label)
    return got is not None and case.right[label].ndim > 0 and got.shape != case.right[label].shape


def _other(case: Case, label: str) -> bool:
    """Tell whether an output that should be an array of floats is a list, or an array of something else."""
    raw = case.raw.get(label)
    wanted = case.right[label]
    whole = bool(np.all(wanted == np.round(wanted)))
    if not case.is_right(label) or wanted.ndim == 0 or (whole and (np.any(wanted) or isinstance(raw, np.ndarray))):
        return False
    return not isinstance(raw, np.ndarray) or raw.dtype.kind != "f" or _narrower(raw, case.wanted.get(label))


def _narrower(raw: NDArray[Any], wanted: object) -> bool:
    """Tell whether floats are narrower than ordinary ones, and than those of the reference."""
    usual = wanted.dtype if isinstance(wanted, np.ndarray) and wanted.dtype.kind == "f" else np.dtype(float)
    return raw.dtype.itemsize < min(usual.itemsize, np.dtype(float).itemsize)


def _stored(raw: object) -> str:
    if isinstance(raw, np.ndarray):
        return f"an array of {raw.dtype.name}"
    return _kind(raw)


def _kind(value: object) -> str:
    number = isinstance(value, (bool, int, float, np.generic)) or (isinstance(value, np.ndarray) and value.size == 1)
    # Of a matrix only its name crosses to where it is judged.
    other = _MATRIX if type(value).__name__ == "matrix" else "something else"
    return "a number" if number else _KINDS.get(type(value), other)
