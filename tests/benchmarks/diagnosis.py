"""How often the mistake of a wrong answer is named, how often a right one is suspected, and what it costs.

The wrong answers are the mutants of the audit, the right ones its right variants. They are graded as submissions are,
in the sandbox. Run it from the course folder::

    .venv/bin/python tests/benchmarks/diagnosis.py [--assignment regularization] [--function NAME] [--all]
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.api.notebooks import Grader, warm_grader
from autograder.audit import Variant
from autograder.audit.exams import exams
from autograder.audit.mutation import hard_coded, mutants
from autograder.audit.mutation.registry import OPERATORS
from autograder.audit.rewriting import rewrites
from autograder.audit.right import hand_written
from autograder.audit.trials import definition_of
from autograder.course import Paper
from autograder.diagnosis.catalogue import outcome
from autograder.diagnosis.evidence import read
from autograder.diagnosis.numbers import alike
from autograder.examiner import Examiner, Reference
from autograder.results import Diagnosis, FunctionResult, Verdict

# What may be said of each kind of mutant, beside a catalogue entry that computes the same: the kinds of diagnosis that
# tell the student what is wrong. A diagnosis that only says where something is wrong stands in no row.
_FORMULA = {"factor", "term", "sign", "operation", "number", "precedence", "power", "factor-missing", "factor-twice",
            "division-missing", "term-missing", "argument-ignored", "hard-coded", "all-zero"}  # fmt: skip
_NAMES = {"wrong-variable", "swapped", "factor-missing", "term", "term-missing", "transposed"}
_SHAPES = {"wrong-shape", "transposed", "transpose", "wrong-structure", "wrong-index", "not-numbers"}
_DRAWS = {"random-stream", "hard-coded", "all-zero", "sign"}
_RESULTS = {"wrong-structure", "output-missing", "returns-nothing", "swapped", "noise", "other-function", "factor",
            "wrong-variable", "number", "type", "not-numbers", "transposed"}  # fmt: skip
ACCEPTED: dict[str, set[str]] = {
    "dropped": _FORMULA | {"wrong-index", "output-missing", "never-calls", "other-function", "comparison",
                           "wrong-shape"},
    "sign": _FORMULA | {"one-sided"},
    "negated": {"sign", "term"},
    "operands-swapped": {"sign", "operation", "factor-order", "other-function", "power", "factor"},
    "operator": _FORMULA | {"wrong-function", "factor-order", "type", "other-function", "not-a-number"},
    "precedence": _FORMULA,
    "constant": _FORMULA | {"comparison", "root-missing", "wrong-index", "off-by-one", "other-function"},
    "elementwise": {"operation", *_SHAPES},
    "factors-swapped": {"factor-order", *_SHAPES},
    "transpose": {"factor-order", *_SHAPES},
    "axis": {"wrong-axis", "wrong-shape", "function-missing"},
    "keepdims": {"wrong-shape"},
    "numpy-function": {"wrong-function", "factor", "function-missing", "square-missing", "hard-coded", "all-zero",
                       "number"},
    "norm": {"root-missing", "wrong-function", "other-function"},
    "shape": _SHAPES | {"random-stream"},
    "whole-numbers": {"type", "other-function", "hard-coded", "all-zero"},
    "index": {"wrong-index", "wrong-variable", "swapped", "factor", "transposed", "wrong-shape", "output-missing"},
    "index-dropped": {"no-entries-by-name", "wrong-index", "operation", "wrong-structure", "wrong-shape",
                      "output-missing"},
    "loop-range": {"off-by-one", "index-out-of-range", "missing-key", "output-missing", "wrong-structure"},
    "key": _NAMES | {"wrong-index"},
    "layer-key": {"output-missing", "swapped", "wrong-structure"},
    "layer": _NAMES | {"factor"},
    "family": _NAMES | {"factor", "function-missing", "step-missing"},
    "similar": _NAMES | {"argument-ignored", "operation", "factor", "other-function", "sign", "hard-coded", "all-zero"},
    "call-forgotten": {"root-missing", "square-missing", "function-missing", "other-function", "wrong-structure",
                       "step-missing", "wrong-variable", "copy-missing", "inputs-changed", "type", "not-numbers"},
    "wrong-function": {"wrong-function", "wrong-variable", "never-calls", "other-function"},
    "arguments-swapped": {"factor-order", "sign", "wrong-variable", "random-stream", *_SHAPES},
    "unpacking": {"wrong-variable", "wrong-structure", "not-numbers"},
    "comparison": {"comparison", "factor-missing", "hard-coded", "all-zero"},
    "threshold": {"comparison"},
    "mask-inverted": {"operation", "comparison"},
    "distribution": _DRAWS,
    "seed": _DRAWS,
    "seed-repeated": _DRAWS,
    "copy-dropped": {"copy-missing", "inputs-changed"},
    "in-place": {"inputs-changed", "wrong-variable"},
    "out-in-place": {"inputs-changed"},
    "argument-changed": {"inputs-changed"},
    "argument-ignored": {"argument-ignored", "number", "factor", "hard-coded", "all-zero"},
    "default": {"wrong-default"},
    "returned": _RESULTS,
    "returned-transposed": {"transposed"},
    "entry": {"output-missing"},
    "members": {"output-missing", "wrong-structure", "swapped"},
    "deleted": {"step-missing", "output-missing", "factor-missing", "division-missing", "hard-coded", "all-zero"},
    "returned-early": {"output-missing", "wrong-structure"},
    "hard-coded": {"hard-coded"},
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z_]\w*")
_LINE = re.compile(r"in the line `(.*?)`\.")
_VERIFIED = 20
_FIRST_SEED = 3_000_000
_MOST_LINES = 12


@dataclass(frozen=True)
class Judged:
    """A variant, what became of it, and how long its diagnosis took."""

    variant: Variant
    result: FunctionResult
    seconds: float

    @property
    def diagnosis(self) -> Diagnosis | None:
        return self.result.diagnosis

    @property
    def raises(self) -> bool:
        """Whether it does not come back from calls, so that its message explains it."""
        return any(c.verdict not in {Verdict.PASSED, Verdict.FAILED, Verdict.PARTIAL} for c in self.result.checks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignment", help="only this one")
    parser.add_argument("--function", help="only this one")
    parser.add_argument("--all", action="store_true", help="list what was said of every mutant")
    options = parser.parse_args()
    grader = warm_grader(Path.cwd(), None)
    papers = [p for p in grader.course.papers if options.assignment in {None, p.assignment}]
    counts: dict[str, Counter[str]] = {}
    seconds: list[float] = []
    for paper in papers:
        for judged, word in _measured(grader, paper, options.function):
            counts.setdefault(_operator(judged.variant), Counter())[word] += 1
            if judged.result.verdict is not Verdict.PASSED:
                seconds.append(judged.seconds)
            if word in {"none", "other", "vague", "raises", "suspected"} or options.all:
                _print(judged, word)
    _table(counts, seconds)


def _measured(grader: Grader, paper: Paper, function: str | None) -> Iterator[tuple[Judged, str]]:
    examiner = grader.examiner(paper)
    with examiner.rehearsing() as (reference, _):
        names = [name for name in paper.answers if function in {None, name}]
        right = [v for v in hand_written(grader.course.root, paper.assignment) if v.function in names]
        right += [v for name in names for v in rewrites(paper.answers[name], name)]
        wrong = [v for name in names for v in _wrong(paper.answers[name], name, reference)]
    first = [Variant(v.function, v.name, v.source) for v in wrong[:: max(1, len(wrong) // 30)]]
    for _ in _graded(examiner, first):
        pass  # warm: what is known of a function is found out once
    for judged in _graded(examiner, right):
        suspected = judged.diagnosis is not None
        yield judged, "suspected" if suspected else "right variant"
    graded = list(_graded(examiner, wrong))
    with examiner.rehearsing() as (reference, _):
        words = [_word(judged, paper, reference) for judged in graded]
    yield from zip(graded, words, strict=True)


def _wrong(answer: str, name: str, reference: Reference) -> list[Variant]:
    arguments = reference.questions[name](_FIRST_SEED)
    published = [(arguments, outcome(reference.answers[name], arguments))]
    return [*mutants(answer, name), *hard_coded(answer, name, published)]


def _graded(examiner: Examiner, variants: list[Variant]) -> Iterator[Judged]:
    """Grade variants as submissions, and time their diagnosis."""
    for exam in exams(variants):
        spent = _timed(examiner)
        result = examiner.examine(exam.notebook, "")
        for function in result.functions:
            if function.name in exam.sits:
                yield Judged(exam.sits[function.name], function, spent.get(function.name, 0.0))


def _timed(examiner: Examiner) -> dict[str, float]:
    spent: dict[str, float] = {}
    explaining = examiner._explaining
    plain: Callable[..., Any] = type(explaining).explanation

    def explanation(name: str, *arguments: Any) -> Any:
        started = time.process_time()
        try:
            return plain(explaining, name, *arguments)
        finally:
            spent[name] = time.process_time() - started

    explaining.explanation = explanation
    return spent


def _word(judged: Judged, paper: Paper, reference: Reference) -> str:
    """Say in a word what a diagnosis is worth."""
    found, variant = judged.diagnosis, judged.variant
    if judged.result.verdict is Verdict.PASSED:
        return "suspected" if found else "full marks"
    if found is None:
        return "none"
    if judged.raises and _LINE.search(found.message):
        # Of an exception the line is known; it is the mistake's own where the mutation changed it.
        line = _LINE.findall(found.message)[-1]
        changed = {one[1:].strip() for one in variant.change.splitlines() if one[:1] == "+"}
        return "named" if line in changed or found.misconception in ACCEPTED[_operator(variant)] else "raises"
    entry = next((e for e in reference.catalogue if e.name == found.misconception), None)
    if entry:
        return "named" if _same(entry.wrong, variant, paper, reference) else "other"
    if found.misconception in {"only-some-outputs", "begins-at"}:
        return "vague"
    accepted = ACCEPTED[_operator(variant)]
    return "named" if found.misconception in accepted and _of_the_place(found, variant, reference) else "other"


def _same(wrong: Callable[..., Any], variant: Variant, paper: Paper, reference: Reference) -> bool:
    """Tell whether a catalogue entry computes what a mutant computes, on questions that nobody has asked yet."""
    answer = definition_of(variant, paper)
    outputs = reference.outputs[variant.function]
    for seed in range(_FIRST_SEED, _FIRST_SEED + _VERIFIED):
        arguments = reference.questions[variant.function](seed)
        told, got = (read(outputs, _seeded(each, arguments))[0] for each in (wrong, answer))
        if not all(alike(got.get(label), value, equal_nan=True) for label, value in told.items()):
            return False
    return True


def _seeded(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    np.random.seed(_VERIFIED)
    return outcome(function, arguments)


def _of_the_place(found: Diagnosis, variant: Variant, reference: Reference) -> bool:
    """Tell whether a diagnosis names something of the changed lines, or an output."""
    named = set(_NAME.findall(found.message))
    lines = {name for line in variant.change.splitlines() if line[:1] in "+-" for name in _NAME.findall(line)}
    arguments = reference.questions[variant.function](_FIRST_SEED)
    labels = reference.outputs[variant.function](outcome(reference.answers[variant.function], arguments))
    general = {"hard-coded", "returns-nothing", "wrong-structure", "inputs-changed", "random-stream", "output-missing"}
    return found.misconception in general or bool(named & (lines | set(labels) | {"loop"}))


def _operator(variant: Variant) -> str:
    names = [*(operator.name for operator in OPERATORS), "hard-coded"]
    found = [name for name in names if variant.name == name or re.match(rf"{name}[-@]", variant.name)]
    return max(found, key=len, default="right variants")


def _print(judged: Judged, word: str) -> None:
    found, variant = judged.diagnosis, judged.variant
    print(f"{word}: {variant.function} {variant.name} ({judged.seconds * 1000:.0f} ms)")
    for line in variant.change.splitlines()[:_MOST_LINES]:
        if line[:1] in "+-":
            print(f"    {line[:120]}")
    print(f"    = {found.misconception}: {found.message}" if found else "    = nothing")


def _table(counts: dict[str, Counter[str]], seconds: list[float]) -> None:
    print("\n| mutants | named | in other words | only where | nothing | raise elsewhere | full marks |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    words = ("named", "other", "vague", "none", "raises", "full marks")
    wrong = {name: count for name, count in sorted(counts.items()) if name != "right variants"}
    for name, count in wrong.items():
        print(f"| {name} | " + " | ".join(str(count[word]) for word in words) + " |")
    total = sum(wrong.values(), Counter())
    print("| all | " + " | ".join(str(total[word]) for word in words) + " |")
    asked = sum(total[word] for word in words[:5])
    suspected = sum(count["suspected"] for count in counts.values())
    right = sum(counts.get("right variants", Counter()).values())
    if asked:
        print(f"\nnamed: {total['named']} of {asked}, {total['named'] / asked:.1%}")
    print(f"suspected without reason: {suspected}, of {right} right variants and {total['full marks']} with full marks")
    if seconds:
        milliseconds = np.array(seconds) * 1000
        print(f"a wrong function: median {statistics.median(milliseconds):.1f} ms, mean {milliseconds.mean():.1f} ms, "
              f"95 % below {np.percentile(milliseconds, 95):.1f} ms, most {milliseconds.max():.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
