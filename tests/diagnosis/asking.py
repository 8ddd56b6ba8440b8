"""Ask an answer in this process what the examiner asks it in a sandbox."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import functools
import importlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.audit import Variant
from autograder.audit.trials import definition_of
from autograder.checks import injected, observe
from autograder.course import load
from autograder.diagnosis import Misconception, Observed, Question, Recorder, Subject
from autograder.examiner.lending import lent
from autograder.examiner.modules import TrustedModules
from autograder.results import Counterexample, Diagnosis

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")


@functools.cache
def papers() -> dict[str, Any]:
    return {paper.assignment: paper for paper in load(ROOT).papers}


def functions() -> list[tuple[str, str]]:
    return [(name, function.name) for name, paper in papers().items() for function in paper.functions]


def catalogue(assignment: str) -> tuple[Misconception, ...]:
    return importlib.import_module(f"reference.misconceptions.{assignment}").CATALOGUE


@functools.cache
def subject(assignment: str, function: str) -> Subject:
    """Give what is known of a graded function, as the examiner does."""
    module = importlib.import_module(f"reference.{assignment}")
    answers = {each.name: getattr(module, each.name) for each in papers()[assignment].functions}
    return Subject(
        answers[function],
        module.QUESTIONS[function],
        probe=getattr(module, "PROBES", {}).get(function),
        lent=lent(answers, function),
        catalogue=[entry for entry in catalogue(assignment) if entry.function == function],
        outputs=module.OUTPUTS[function],
        quantities=getattr(module, "QUANTITIES", {}).get(function),
        edges=module.EDGES[function](),
        small=importlib.import_module(f"reference.small.{assignment}").SMALL[function],
    )


def answer(assignment: str, function: str, source: str) -> Callable[..., Any]:
    """Define an answer from the text of its cell."""
    with TrustedModules(ROOT, papers()[assignment].folder).importable():
        return definition_of(Variant(function, "answer", source), papers()[assignment])


def edited(assignment: str, function: str, *edits: tuple[str, str]) -> Callable[..., Any]:
    """Define the reference's answer with lines changed."""
    source = papers()[assignment].answers[function]
    for old, new in edits:
        assert old in source, f"{old} is no text of {function}"
        source = source.replace(old, new)
    return answer(assignment, function, source)


def diagnosed(about: Subject, function: Callable[..., Any]) -> Diagnosis | None:
    """Ask an answer everything, and explain what it says."""
    with quiet():
        observed = [asked(function, question) for question in about.fresh]
        found = about.settled(observed)
        if found:
            return found
        for question in about.further:
            with contextlib.suppress(Exception):
                observed.append(asked(function, question))
        return about.explain(observed)


def shown(about: Subject, function: Callable[..., Any]) -> Counterexample | None:
    """Find the smallest example of an answer."""
    with quiet():
        return about.example(lambda question: asked(function, question).value)


def asked(function: Callable[..., Any], question: Question) -> Observed:
    recorders = {name: Recorder(function) for name, function in question.lent.items()}
    np.random.seed(question.seed)
    bound = injected(function, **recorders) if recorders else function
    after: list[tuple[Any, ...]] = []

    def called(*arguments: Any) -> Any:
        after.append(arguments)
        return bound(*arguments)

    seen = observe(called, *copy.deepcopy(question.arguments))
    return Observed(question, seen.value, seen.changed, {name: r.calls for name, r in recorders.items()}, after[0])


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        yield


def mistaken(about: Subject, entry: Misconception) -> list[Observed]:
    """Give what an entry of the catalogue answers to the fresh questions, and what it asks meanwhile."""
    found = []
    for question in about.fresh:
        recorders = {name: Recorder(function) for name, function in question.lent.items()}
        with quiet():
            value = about._run(entry.wrong, dataclasses.replace(question, lent=recorders))
        found.append(Observed(question, value, asked={name: r.calls for name, r in recorders.items()}))
    return found
