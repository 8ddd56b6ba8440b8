"""What nbgrader leaves in the place of a solution, and so what a function is before it is written."""

from __future__ import annotations

import ast
import re

from autograder.statements.parts import parts_of

# Who raises it on purpose says what is not implemented.
_LEFT = re.compile(r"raise NotImplementedError(?:\(\))?\s*(?:#.*)?")


def is_left(line: str) -> bool:
    """Tell whether a line is the one that stands where a solution was."""
    return _LEFT.fullmatch(line.strip()) is not None


def is_template(node: ast.stmt) -> bool:
    """Tell whether a function is as it was released, or half written: such a line is in it still."""
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(part, ast.Raise) and is_left(ast.unparse(part)) for part in parts_of(node)
    )
