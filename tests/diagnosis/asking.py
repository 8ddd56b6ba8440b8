"""Ask an answer in this process what the examiner asks it in a sandbox."""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks import injected, observe
from autograder.course import load
from autograder.diagnosis import Observed, Question, Recorder, Subject
from autograder.examiner.lending import lent
from autograder.results import Diagnosis

ROOT = Path(__file__).parents[2]


@functools.cache
def papers() -> dict[str, Any]:
    return {paper.assignment: paper for paper in load(ROOT).papers}


@functools.cache
def subject(assignment: str, function: str) -> Subject:
    """Give what is known of a graded function, as the examiner does."""
    module = importlib.import_module(f"reference.{assignment}")
    catalogue = importlib.import_module(f"reference.misconceptions.{assignment}").CATALOGUE
    answers = {each.name: getattr(module, each.name) for each in papers()[assignment].functions}
    return Subject(
        answers[function],
        module.QUESTIONS[function],
        probe=getattr(module, "PROBES", {}).get(function),
        lent=lent(answers, function),
        catalogue=[entry for entry in catalogue if entry.function == function],
        outputs=module.OUTPUTS[function],
        quantities=getattr(module, "QUANTITIES", {}).get(function),
        edges=module.EDGES[function](),
    )


def diagnosed(about: Subject, answer: Callable[..., Any]) -> Diagnosis | None:
    """Ask an answer everything, and explain what it says."""
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        observed = [asked(answer, question) for question in about.fresh]
        found = about.settled(observed)
        if found:
            return found
        for question in about.further:
            with contextlib.suppress(Exception):
                observed.append(asked(answer, question))
        return about.explain(observed)


def asked(answer: Callable[..., Any], question: Question) -> Observed:
    recorders = {name: Recorder(function) for name, function in question.lent.items()}
    np.random.seed(question.seed)
    function = injected(answer, **recorders) if recorders else answer
    seen = observe(function, *question.arguments)
    return Observed(question, seen.value, seen.changed, {name: r.calls for name, r in recorders.items()})
