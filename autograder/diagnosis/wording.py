"""Words for what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.diagnosis.hints import HINTS
from autograder.results import Diagnosis

_SHOWN = 4
# What a sentence may begin with that is no name.
_WORDS = re.compile(
    r"(?:only|ordinary|the|where|with|one of the|both parts of|a (?:part|value|fixed|small|copy)|entry \d+) "
)


def listed(labels: Sequence[str]) -> str:
    """Give names as part of a sentence: ``dW1, dW2 and dW3``."""
    labels = _joined(labels)
    if len(labels) > _SHOWN:
        labels = [*labels[: _SHOWN - 1], f"{len(labels) - _SHOWN + 1} others"]
    return " and ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))


def part_labels(label: str) -> tuple[str, str]:
    """Name the two outputs that stand for one of complex numbers."""
    return f"the real part of {label}", f"the imaginary part of {label}"


def whole_of(label: str) -> str:
    """Name the output of complex numbers that one of its parts is of; any other output is itself one."""
    return label.removeprefix("the real part of ").removeprefix("the imaginary part of ")


def _joined(labels: Sequence[str]) -> Sequence[str]:
    """Name both parts of one complex output together."""
    label = whole_of(labels[0]) if labels else ""
    return [f"both parts of {label}"] if tuple(labels) == part_labels(label) else labels


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
