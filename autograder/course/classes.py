"""Classes as answers, which only a whole notebook's run can grade."""

from __future__ import annotations

import re

from autograder.course.paper import Paper
from autograder.notebook import functions_of

_CLASS = re.compile(r"^class\s", re.MULTILINE)


def class_faults(paper: Paper) -> list[str]:
    """Say which answers of a paper are classes, where candidates hand over plain values only.

    Parameters
    ----------
    paper : Paper
    """
    if paper.execution == "full":
        return []
    answers = ((function.name, paper.answers.get(function.name, "")) for function in paper.functions)
    return [
        f"source/{paper.assignment}/{paper.name}.ipynb: the answer cell {name!r} has a class and no function. "
        'A class is graded only with execution = "full" in course.toml. Set that, or ask for a function.'
        for name, source in answers
        if _CLASS.search(source) and not functions_of(source)
    ]
