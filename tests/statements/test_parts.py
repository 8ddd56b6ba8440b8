"""All nodes of a piece of code."""

from __future__ import annotations

import ast

from autograder.statements import parts_of

TEXT = """
@cached
def f(a, *b, c=1, **d) -> int:
    global g
    with open(a) as (x, y):
        g = [i for i in b if i < c and not i] or {**d, "k": a[1:, ::2]}
    try:
        del x.y
    except (KeyError, ValueError) as error:
        raise error from None
    match a:
        case {"k": [1, *rest]} if rest:
            return lambda z: f"{z!r:>{c}}"
    return -a @ y
"""
_WITHOUT_PARTS = (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)


def test_the_parts_are_those_that_have_something_to_say():
    tree = ast.parse(TEXT)
    assert parts_of(tree) == [node for node in ast.walk(tree) if not isinstance(node, _WITHOUT_PARTS)]
