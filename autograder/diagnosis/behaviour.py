"""Explanations by how an answer behaves when it is asked again, otherwise, or at the edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.diagnosis.evidence import Case, Evidence, keyed_by_data
from autograder.diagnosis.numbers import Numbers, alike, largest
from autograder.diagnosis.wording import be, diagnosis, listed, whole_of
from autograder.results import Diagnosis

_NEAR = 1e-2
_BLURRED = 1e-8
_ENOUGH = 100
_LOOSE = 0.25
_UNRELATED = 0.25


def by_constancy(evidence: Evidence) -> Diagnosis | None:
    """Find outputs that are the same whatever is asked, while the right ones differ."""
    if len(evidence.fresh) < 2:  # noqa: PLR2004 - one answer is always the same
        return None
    labels = [label for label in evidence.wrong if _constant(evidence.having(label), label)]
    # What is always the same may lack the outputs of a larger question, and be a single number in some.
    if not labels or not all(_unmoved(evidence.having(label), label) for label in evidence.wrong):
        return None
    return diagnosis("hard-coded", f"{be(labels)} the same whatever the function is asked")


def by_fixed_size(evidence: Evidence) -> Diagnosis | None:
    """Find arrays that are the same even where the question wants another shape."""
    fixed = [
        label
        for label in evidence.wrong
        if _constant(cases := evidence.having(label), label) and len({case.right[label].shape for case in cases}) > 1
    ]
    return by_constancy(evidence) if fixed else None


def _constant(cases: Sequence[Case], label: str) -> bool:
    first = cases[0]
    if len(cases) < 2 or not _unmoved(cases, label) or first.got.get(label) is None:  # noqa: PLR2004 - as above
        return False
    if any(got is not None and got.size == 1 < case.right[label].size for case in cases for got in [case.got[label]]):
        return False  # one number is the same whatever its shape should be
    return not all(_same(case.right[label], first.right[label]) for case in cases)


def _unmoved(cases: Sequence[Case], label: str) -> bool:
    """Tell whether an output is the same, or is not there, in all cases."""
    first = cases[0].got.get(label)
    return all(_same(got, first) if (got := case.got.get(label)) is not None else first is None for case in cases)


def _same(one: Numbers | None, other: Numbers | None, *, equal_nan: bool = False) -> bool:
    return one is not None and other is not None and bool(np.array_equal(one, other, equal_nan=equal_nan))


def by_ignored_arguments(evidence: Evidence) -> Diagnosis | None:
    """Find arguments that could be anything: the wrong outputs stay the same where the right ones change."""
    first = evidence.fresh[0]
    ignored = []
    for case in evidence.varied:
        moved = [
            label
            for label in evidence.wrong
            if label in case.right and not _same(case.right[label], first.right[label], equal_nan=True)
        ]
        if moved and all(_same(case.got.get(label), first.got.get(label), equal_nan=True) for label in moved):
            ignored.append((case.question.varied, moved))
    if not ignored:
        return None
    names = [name for name, _ in ignored]
    labels = ignored[0][1]
    if len(names) == len(first.question.arguments) and not all(_constant(evidence.fresh, label) for label in labels):
        # Other questions move it: something holds it here, such as a limit, and arguments count.
        return None
    # No more than was seen: it may be read, and come to nothing.
    words = f"{listed(labels)} would be the same without {listed(names)}: another value changes nothing"
    return diagnosis("argument-ignored", words)


def by_changed_inputs(evidence: Evidence) -> Diagnosis | None:
    """Find right answers that cost the caller its data."""
    if evidence.wrong or not evidence.changed:
        return None
    names = sorted(evidence.changed)
    return diagnosis("inputs-changed", f"the result is right, but the call changes its input: {listed(names)}")


def by_spoilt_inputs(evidence: Evidence) -> Diagnosis | None:
    """Find answers that change what later lines of theirs use, where nothing else explains what is wrong."""
    if not evidence.changed:
        return None
    return diagnosis("inputs-changed", f"the call changes its input: {listed(sorted(evidence.changed))}")


def by_untouched(evidence: Evidence) -> Diagnosis | None:
    """Find answers of which nothing is wrong but that they leave alone what they should change."""
    outputs = {label for labels in evidence.untouched.values() for label in labels}
    if not evidence.untouched or not outputs.issuperset(evidence.wrong):
        return None
    names = list(evidence.untouched)
    rest = "them as they were" if len(names) > 1 else "it as it was"
    return diagnosis("input-unchanged", f"the call is to change {listed(names)}, and leaves {rest}")


def by_calls(evidence: Evidence) -> Diagnosis | None:
    """Find answers that never asked whom they should."""
    if not evidence.uncalled:
        return None
    names = listed(evidence.uncalled)
    return diagnosis("never-calls", f"the function never calls {names}: a formula of its own stands in the place")


def by_default(evidence: Evidence) -> Diagnosis | None:
    """Find right answers that are wrong where they choose a value themselves."""
    if evidence.wrong or evidence.default is None or (evidence.spelled and evidence.spelled.wrong()):
        return None
    labels = evidence.default.wrong()
    if not labels:
        return None
    return diagnosis(
        "wrong-default", f"{be(labels)} right, unless an argument with a default is left out: the default is another"
    )


def by_edges(evidence: Evidence) -> Diagnosis | None:
    """Find answers that are right but for the edges of what may be asked."""
    wrong = [(case, case.wrong()) for case in evidence.edges if case.wrong()]
    if evidence.wrong or not wrong:
        return None
    labels = wrong[0][1]
    if any(_redrawn(case, labels[0]) for case, _ in wrong):
        words = f"ordinary inputs give the right values, but for others {labels[0]} is made of other random numbers"
        return diagnosis("random-stream", words)
    return diagnosis(
        "edge", f"ordinary inputs give the right values, but {be(labels)} wrong at an edge: {_edge(wrong[0][0])}"
    )


def _redrawn(case: Case, label: str) -> bool:
    """Tell whether ones and zeros stand elsewhere: another bound would only make more of them or fewer."""
    got, right = case.got.get(label), case.right.get(label)
    if got is None or right is None or got.shape != right.shape or not np.all(np.isin([got, right], (0, 1))):
        return False
    return bool(np.any(got > right) and np.any(got < right))


def _edge(case: Case) -> str:
    """Say what is special about a question, as far as that can be seen."""
    for value in case.question.arguments:
        if isinstance(value, (bool, int, float)) and value in {0, 1}:
            return f"an argument is {value:g}"
        if isinstance(value, np.ndarray) and value.ndim > 1 and value.shape[-1] == 1:
            return "there is one example only"
    return "an unusual size or value"


def by_noise(evidence: Evidence) -> Diagnosis | None:
    """Find outputs that are nearly right: in every entry, but not by any rule."""
    labels = evidence.wrong or tuple(
        label for label in evidence.fresh[0].right if any(_blurred(case, label) for case in evidence.having(label))
    )
    if not labels or not all(_near(case, label) for label in labels for case in evidence.having(label)):
        return None
    if any(_moved(evidence, label) for label in labels):
        return diagnosis("noise", f"{be(labels)} right up to random noise: two equal calls differ")
    if all(case.right[label].size == 1 for label in labels for case in evidence.having(label)):
        return diagnosis("noise", f"{be(labels)} nearly right, but off by a little")
    return diagnosis("noise", f"{be(labels)} nearly right, but off by a little in each entry")


def _blurred(case: Case, label: str) -> bool:
    return not _within(max(_BLURRED, case.coarse(label)), case, label)


def _near(case: Case, label: str) -> bool:
    return _within(_NEAR, case, label)


def _within(part: float, case: Case, label: str) -> bool:
    """Tell whether an output is right but for a part of itself."""
    right = case.right[label]
    return alike(case.got.get(label), right, part, part * largest(right), equal_nan=True)


def by_random_stream(evidence: Evidence) -> Diagnosis | None:
    """Find random outputs that are drawn from the right distribution, but are other numbers."""
    if not evidence.wrong:
        return None
    moved = [label for label in evidence.wrong if _moved(evidence, label)]
    if moved:
        return diagnosis("random-stream", f"{be(moved)} random: two equal calls give different numbers")
    pairs = [(case.got.get(label), case.right[label]) for label in evidence.wrong for case in evidence.having(label)]
    if not _other_draws(pairs):
        return None
    words = f"{be(list(evidence.wrong))} spread as wanted, but made of other random numbers"
    return diagnosis("random-stream", words)


def _moved(evidence: Evidence, label: str) -> bool:
    """Tell whether an output was other numbers when the first question was asked again."""
    first, again = evidence.fresh[0], evidence.again
    if again is None or label not in first.right:
        return False
    one, other = first.got.get(label), again.got.get(label)
    # What is not there, or is no number, is the same both times; so is NaN.
    return one is not None and other is not None and not np.array_equal(one, other, equal_nan=True)


def _other_draws(pairs: Sequence[tuple[Numbers | None, Numbers]]) -> bool:
    """Tell whether numbers have the spread of the right ones and nothing else in common with them."""
    told = []
    for got, right in pairs:
        spread = float(np.std(right))
        if got is None or got.shape != right.shape or not spread:
            return False
        told.append(np.stack([got.ravel(), right.ravel()]) / spread)
    both: Numbers = np.concatenate(told, axis=1) if told else np.empty((2, 0))
    if both.shape[1] < _ENOUGH or not np.all(np.isfinite(both)) or not np.std(both[0]):
        return False
    alike_spread = abs(float(np.std(both[0]) / np.std(both[1])) - 1) < _LOOSE
    return alike_spread and abs(float(np.corrcoef(both[0], both[1]).ravel()[1])) < _UNRELATED


def by_place(evidence: Evidence) -> Diagnosis | None:
    """Say at least which outputs are wrong, where the others are right for every question."""
    # Two parts of one number come out of one line.
    labels = list(dict.fromkeys(map(whole_of, evidence.wrong)))
    known = list(dict.fromkeys(whole_of(label) for case in evidence.fresh for label in case.right))
    if not labels or len(labels) == len(known) or len(known) == 1 or any(map(keyed_by_data, evidence.fresh)):
        return None
    if len(labels) <= len(known) / 2:
        verb = "are" if len(labels) > 1 else "is"
        return diagnosis("only-some-outputs", f"only {listed(labels)} {verb} wrong; the other outputs are right")
    if known.index(labels[0]) > 0:
        return diagnosis("begins-at", f"the first wrong output is {labels[0]}; what is computed before it is right")
    return None
