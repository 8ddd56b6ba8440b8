"""Arguments that are not listened to."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change, expression, number

# The usual values of hyperparameters, as students copy them.
_USUAL = {"keep_prob": "0.5", "lambd": "0.1", "epsilon": "1e-7", "learning_rate": "0.01"}
_BY_KIND = {"float": "1.0", "int": "1"}
_TINY = 1e-3


def argument_ignored(node: cst.CSTNode, scope: Scope) -> Iterator[Change]:
    """Stand for a fixed number where an argument belongs."""
    if isinstance(node, cst.Name) and scope.reads(node) and node.value in scope.parameters:
        usual = _USUAL.get(node.value) or _BY_KIND.get(scope.annotation(node.value))
        if usual is not None:
            yield Change(f"{node.value}-is-{usual}", expression(usual))


def default(node: cst.CSTNode, _: Scope) -> Iterator[Change]:
    """Stand for a default value that was changed."""
    match node:
        case cst.Param(default=cst.Integer() | cst.Float() as value):
            given = number(value)
            other = "1e-2" if given and given < _TINY else str((given or 0) + 0.25)
            yield Change(f"{node.name.value}-is-{other}", node.with_changes(default=expression(other)))
