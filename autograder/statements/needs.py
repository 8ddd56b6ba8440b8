"""Which statements some names depend on."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator

from autograder.statements.source import BUILTINS, Statement

_NAME = re.compile(r"[^\W\d]\w*")


def needed(
    statements: list[Statement], names: Iterable[str], answers: Collection[str] = frozenset()
) -> list[Statement]:
    """Choose the statements that some names depend on, directly or through others, in their order.

    Parameters
    ----------
    statements : list of Statement
    names : iterable of str
    answers : collection of str
        Functions that tests call: what they keep of their calls, ``log.append(cost)``, is none of what they depend on,
        or all training would be.

    Returns
    -------
    list of Statement
        Every statement that binds a wanted name or changes its object; those that may bind any name (star imports,
        ``exec``) only where a name is bound by nothing else. For a star import a builtin is such a name: after
        ``from numpy import *``, ``sum`` is NumPy's. ``del np`` is none of them: in a kernel the tests would have run
        before; only a builtin comes back by it.
    """
    bound = frozenset().union(*(s.binds for s in statements))
    fixed = {name for s in statements if s.imports for name in s.binds} | (BUILTINS - bound)
    touched = _touched(statements, fixed, answers)
    wanted = set(names)
    chosen: set[int] = set()
    unread: list[int] = []
    by_text = False
    while True:
        watched = _with_aliases(wanted, statements)
        fresh = {
            n
            for n, s in enumerate(statements)
            if n not in chosen and ((s.binds & wanted and not _forgets(s)) or touched[n] & watched)
        } or _of_any_name(statements, chosen, wanted)
        if not fresh:
            return [statements[n] for n in sorted(chosen)]
        chosen |= fresh
        wanted |= {name for n in fresh for name in statements[n].uses}
        unread += fresh
        by_text |= any(statements[n].effects.by_text for n in fresh)
        if by_text:
            # One reads by names in texts, and the texts of any other may come to it.
            wanted |= {name for n in unread for name in _named_in_texts(statements[n])} & bound
            unread.clear()


def _named_in_texts(statement: Statement) -> Iterator[str]:
    for text in statement.effects.texts:
        yield from _NAME.findall(text)


def _forgets(statement: Statement) -> bool:
    return isinstance(statement.node, ast.Delete) and not statement.binds & BUILTINS


def _of_any_name(statements: list[Statement], chosen: set[int], wanted: set[str]) -> set[int]:
    unbound = wanted - {name for n in chosen for name in statements[n].binds}
    all_of_them = bool(unbound - BUILTINS)
    return {n for n, s in enumerate(statements) if unbound and s.star and (all_of_them or s.imports)} - chosen


def _touched(statements: list[Statement], fixed: set[str], answers: Collection[str]) -> list[set[str]]:
    """Give the names whose objects each statement changes, by itself or through the functions that it calls.

    A call on a module (``plt.show()``, ``np.random.seed(1)``) or a builtin changes nothing that a definition needs; an
    assignment to its attribute does.
    """
    functions = {name: s for s in statements if s.defines for name in s.binds}
    reaches = {name: {*s.effects.inside[0], *(s.effects.inside[1] - fixed)} for name, s in functions.items()}
    # What nothing but an answer's call makes is made by its call.
    silent = functions.keys() & set(answers)
    made = silent.union(*(s.binds for s in statements if not s.defines))
    reaches |= {name: reaches[name] - made for name in silent}
    _close(reaches, {name: function for name, function in functions.items() if name not in silent})
    touched = []
    for statement in statements:
        effects = statement.effects
        changed = effects.stores | ((effects.asks | effects.tells) - fixed)
        for function, handed in effects.hands:
            changed |= reaches.get(function, set())
            if function in functions and functions[function].effects.fills:
                changed |= {handed} - fixed
        touched.append(set(changed))
    return touched


def _close(reaches: dict[str, set[str]], functions: dict[str, Statement]) -> None:
    """Let each function reach what the functions that it uses reach."""
    growing = any(reaches.values())
    while growing:
        growing = False
        for name, function in functions.items():
            more = set().union(*(reaches.get(used, set()) for used in function.uses)) - reaches[name]
            reaches[name] |= more
            growing |= bool(more)


def _with_aliases(wanted: set[str], statements: list[Statement]) -> set[str]:
    """Add the other names of wanted objects: what is changed through them is changed."""
    watched = set(wanted)
    while more := {alias for s in statements for alias, original in s.effects.shares if original in watched} - watched:
        watched |= more
    return watched
