"""What a cell defines at its margin, in order; its text is not read as code."""

from __future__ import annotations

import re

_FUNCTION = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
_FUNCTION_OR_CLASS = re.compile(r"^(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)", re.MULTILINE)


def functions_of(text: str) -> list[str]:
    """Give the names of the functions."""
    return _FUNCTION.findall(text)


def definitions_of(text: str) -> list[str]:
    """Give the names of the functions and classes."""
    return _FUNCTION_OR_CLASS.findall(text)
