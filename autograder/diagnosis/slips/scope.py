"""The names of a function, and which of them are mistaken for which."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

_DIGITS = re.compile(r"\d+")
_FEW = 8
_NUMBERS = (1.0, 0.5, 0.1, 0.7, 0.01, 1e-7)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one function.

    Parameters
    ----------
    parameters : tuple of str
    local : tuple of str
        The parameters and all names that the function binds, in their order.
    keys : tuple of str
        The texts that stand as keys in it.
    usual : dict of str to tuple of float
        Numbers that are often written where a parameter belongs.
    functions : dict of str to tuple of str
        For functions that it calls, others beside them with the same parameters.
    """

    parameters: tuple[str, ...]
    local: tuple[str, ...]
    keys: tuple[str, ...]
    usual: dict[str, tuple[float, ...]]
    functions: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, definition: ast.FunctionDef, space: Mapping[str, Any]) -> Scope:
        """Read the names of a definition, and of the functions that it finds in its module."""
        parameters = tuple(argument.arg for argument in definition.args.args)
        stored = (n for n in ast.walk(definition) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        bound = sorted(stored, key=lambda node: (node.lineno, node.col_offset))
        local = dict.fromkeys([*parameters, *(node.id for node in bound)])
        texts = (n.value for n in ast.walk(definition) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        keys = tuple(dict.fromkeys(text for text in texts if text.isidentifier()))
        names = tuple(name for name in local if name != "_")
        return cls(parameters, names, keys, _usual(definition), _twins(definition, space))

    def mistaken(self, name: str) -> tuple[str, ...]:
        """Give the names that are easily written in place of one: its neighbours, and all where there are few."""
        if name not in self.local:
            return ()
        few = len(self.local) <= _FEW
        others = (other for other in self.local if other != name)
        return tuple(o for o in others if few or {name, o} <= set(self.parameters) or _near(name, o))

    def confused(self, key: str) -> tuple[str, ...]:
        """Give the keys that are easily written in place of one."""
        partners = {**dict(zip("WbAZ", "bWZA", strict=True)), "dW": "db", "db": "dW"}
        letters, digits = key.rstrip("0123456789"), key[len(key.rstrip("0123456789")) :]
        made = [partners[letters] + digits] if letters in partners else []
        return tuple(dict.fromkeys([*made, *(o for o in self.keys if o != key and _near(key, o))]))


def _usual(definition: ast.FunctionDef) -> dict[str, tuple[float, ...]]:
    """Give the defaults of parameters that take one number, and other numbers that examples use."""
    arguments = definition.args.args
    defaults = dict(zip(reversed(arguments), reversed(definition.args.defaults), strict=False))
    found = {}
    for argument in arguments:
        if isinstance(argument.annotation, ast.Name) and argument.annotation.id in {"int", "float"}:
            default = defaults.get(argument)
            own = [default.value] if isinstance(default, ast.Constant) and isinstance(default.value, float) else []
            found[argument.arg] = tuple(dict.fromkeys([*own, *_NUMBERS]))
    return found


def _twins(definition: ast.FunctionDef, space: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give functions of one module that can be called in each other's place."""
    found = {}
    called = {n.func.id for n in ast.walk(definition) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    for name in called & space.keys():
        if isinstance(space[name], FunctionType):
            arity = _arity(space[name])
            others = (o for o, f in space.items() if isinstance(f, FunctionType) and o not in {name, definition.name})
            found[name] = tuple(o for o in others if _arity(space[o]) == arity)
    return found


def _arity(function: FunctionType) -> tuple[str, tuple[str, ...]]:
    code = function.__code__
    return function.__module__, code.co_varnames[: code.co_argcount]


def _near(one: str, other: str) -> bool:
    """Tell names apart by a number alone (W1, W2), by one letter of a layer (Z1, A1), or by an ending."""
    if _DIGITS.sub("", one) == _DIGITS.sub("", other):
        return True
    if len(one) == len(other):
        return len(one) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    # dA2 and A2; theta_plus and theta: what comes in families has a common part.
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and (long.endswith(short) or long.startswith(short) or _stem(one) == _stem(other))


def _stem(name: str) -> str:
    return name.split("_", maxsplit=1)[0] if "_" in name else f"{name} alone"
