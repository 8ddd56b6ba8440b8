"""The project's own course with canaries in every hidden test: in its source, its inputs and its expected values."""

from __future__ import annotations

import html
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import numpy as np
from hostile_course import leaks
from nbformat import NotebookNode
from real_course import make_course

_TEXT = "canary-hidden-7e21"
# The beginning of the number that stands in every hidden input, as far as NumPy prints it.
_SECRETS = {"hidden test": _TEXT, "hidden input": "7261928"}
_HIDDEN = re.compile(r"(?<=### BEGIN HIDDEN TESTS\n).*?(?=### END HIDDEN TESTS)", re.DOTALL)
_PLANTED = '''"""Questions with a canary wherever there is room for one."""

import importlib

import numpy as np


def planted(value):
    if isinstance(value, float):
        return 0.7261928135
    if isinstance(value, list):
        return [7, 26, 19, 28, 13]
    if isinstance(value, (dict, tuple)):
        kept = {key: planted(one) for key, one in value.items()} if isinstance(value, dict) else None
        return kept if kept is not None else tuple(map(planted, value))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        value = value.copy()
        value.flat[0] = 0.7261928135
    return value


def asked(assignment, function):
    return planted(importlib.import_module(f"reference.{assignment}").QUESTIONS[function](77))


def wanted(assignment, function):
    return getattr(importlib.import_module(f"reference.{assignment}"), function)(*asked(assignment, function))
'''
_PLANT = """# {text}
canary = "{text}"
from reference import canaries
checks.agree({function}(*canaries.asked("{assignment}", "{function}")), canaries.wanted("{assignment}", "{function}"))
"""
_DIGITS = re.compile(r"\d\.\d{7,}")
# Shorter lines are anybody's.
_TELLING = 30


class Secrets:
    """What no student may read of an assignment of the course with canaries.

    Parameters
    ----------
    root : Path
    assignment : str
    """

    def __init__(self, root: Path, assignment: str) -> None:
        source, released = (
            _text(root / folder / assignment / f"{assignment}.ipynb") for folder in ("source", "release")
        )
        lines = {line.strip() for part in _HIDDEN.findall(source) for line in part.splitlines()}
        self._lines = {line for line in lines if len(line) >= _TELLING and line not in released}
        # Draws from the same seed begin with published numbers.
        self._digits = set(_expected(root, assignment)) - set(map(_first_digits, _DIGITS.findall(released)))

    def shown(self, text: str) -> list[str]:
        """Name the secrets that a text shows."""
        plain = html.unescape(text)
        found = leaks(plain, _SECRETS)
        found += [line for line in self._lines if line in plain]
        numbers = set(map(_first_digits, _DIGITS.findall(plain)))
        return [*found, *(f"expected value {one}" for one in numbers & self._digits)]


def make_canary_course(root: Path, assignment: str) -> Secrets:
    """Copy the course, put canaries into the hidden tests of an assignment, and generate it."""
    make_course(root)
    (root / "reference" / "canaries.py").write_text(_PLANTED)
    path = root / "source" / assignment / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    answer = ""
    for number, cell in enumerate(notebook.cells):
        about = cell.metadata.get("nbgrader", {})
        answer = about["grade_id"] if about.get("solution") else answer
        if about.get("grade"):
            _plant(cell, assignment, answer, first=number % 2 == 0)
    nbformat.write(notebook, path)
    from autograder import nbgrader_bridge as bridge  # noqa: PLC0415 - nbgrader takes seconds to load

    bridge.generate(root, assignment)
    return Secrets(root, assignment)


def _text(path: Path) -> str:
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def _plant(cell: NotebookNode, assignment: str, function: str, *, first: bool) -> None:
    """Ask a hidden test's function with a canary, before all the rest or after it."""
    plant = _PLANT.format(text=_TEXT, assignment=assignment, function=function)
    hidden = _HIDDEN.search(cell.source)
    head, imported, rest = (hidden[0] if hidden else "").partition("from autograder import checks\n")
    whole = f"{head}{imported}{plant}{rest}" if first else f"{head}{imported}{rest}{plant}"
    cell.source = _HIDDEN.sub(lambda _: whole, cell.source)


def _expected(root: Path, assignment: str) -> Iterator[str]:
    before, sys.path[:0] = sys.path[:], [str(root / "source" / assignment)]
    space: dict = {}
    exec(_PLANTED, space)  # noqa: S102 - our own
    module = importlib.import_module(f"reference.{assignment}")
    for function in module.QUESTIONS:
        yield from map(_first_digits, map(repr, _floats(space["wanted"](assignment, function))))
    sys.path[:] = before


def _floats(value: object) -> Iterator[float]:
    if isinstance(value, (dict, tuple)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _floats(one)
    elif isinstance(value, (float, np.ndarray)):
        yield from (float(one) for one in np.ravel(value) if 0 < abs(one) != 1)


def _first_digits(number: str) -> str:
    return number.lstrip("-0.").replace(".", "")[:8]
