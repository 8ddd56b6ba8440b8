"""What ``nbgrader_config.py`` says, read without running it: that would load nbgrader, which takes seconds."""

from __future__ import annotations

import ast
from pathlib import Path

CONFIG = "nbgrader_config.py"


def configured(root: Path) -> dict[str, object]:
    """Give the settings that the configuration of a course assigns.

    Parameters
    ----------
    root : Path
        The course folder; it may have no configuration.

    Returns
    -------
    dict of str to object
        By class and trait, ``Execute.timeout`` say. What is no literal is given as its text.
    """
    try:
        tree = ast.parse((root / CONFIG).read_bytes())
    except (OSError, SyntaxError, ValueError):
        # Whoever runs it will say what is wrong with it.
        return {}
    found: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update({name: _value(node.value) for name in map(_setting, targets) if name})
    return found


def _setting(target: ast.expr) -> str:
    """Name the setting that an assignment is to; empty where it is to something else."""
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Attribute):
        return f"{target.value.attr}.{target.attr}"
    return ""


def _value(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)
