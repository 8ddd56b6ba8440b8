"""Words for what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.diagnosis.hints import HINTS
from autograder.results import Diagnosis

_SHOWN = 4
# What a sentence may begin with that is no name.
_WORDS = re.compile(r"(?:only|ordinary|the|where|with|one of the|a (?:part|value|fixed|small|copy)|entry \d+) ")


def listed(labels: Sequence[str]) -> str:
    """Give names as part of a sentence: ``dW1, dW2 and dW3``."""
    if len(labels) > _SHOWN:
        labels = [*labels[: _SHOWN - 1], f"{len(labels) - _SHOWN + 1} others"]
    return " and ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))


def be(labels: Sequence[str]) -> str:
    """Give names with their verb: ``dW1 is``, ``dW1 and dW2 are``."""
    return f"{listed(labels)} {'are' if len(labels) > 1 else 'is'}"


def sentence(text: str) -> str:
    """Begin a text with a capital letter, unless it begins with a name, and end it with a full stop."""
    return f"{text[0].upper()}{text[1:]}." if _WORDS.match(text) else f"{text}."


def diagnosis(name: str, message: str) -> Diagnosis:
    """Make a diagnosis with the hint of its kind.

    Parameters
    ----------
    name : str
        Of the kind, in kebab case.
    message : str
        What the answer does, as a text without a full stop.
    """
    return Diagnosis(name, sentence(message), HINTS[name])
