"""Slips in calls: a function left out, confused with another, summed along another axis, drawn otherwise."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from autograder.diagnosis.slips.speech import UNSAID, called, operands, spoken

Found = tuple[ast.AST, str, str, int]

# Left out, such a function leaves its argument.
_LEFT_OUT = {
    "sqrt": ("root-missing", "the root of {} is not taken"),
    "square": ("square-missing", "{} is not squared"),
    "abs": ("function-missing", "the absolute value of {} is not taken"),
    "exp": ("function-missing", "the exponential of {} is not taken"),
    "log": ("function-missing", "the logarithm of {} is not taken"),
    "sum": ("function-missing", "the sum of {} is not taken"),
    "mean": ("function-missing", "the mean of {} is not taken"),
    "norm": ("function-missing", "the norm of {} is not taken"),
    "relu": ("function-missing", "the ReLU is not applied to {}"),
    "sigmoid": ("function-missing", "the sigmoid is not applied to {}"),
    "tanh": ("function-missing", "tanh is not applied to {}"),
    "flip": ("order", "the entries stand in the opposite order"),
    "reversed": ("order", "the entries stand in the opposite order"),
    "copy": ("copy-missing", "no copy of {} is made: two names stand for one array"),
}
_FIXED = (0.001, 0.01, 0.1, 10)
# What one function is confused with, as a text of the argument {0}.
_CONFUSED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "sqrt": (
        ("np.square({0})", "wrong-function", "{0} is squared instead of rooted"),
        ("np.sqrt(np.sqrt({0}))", "wrong-function", "the root of {0} is taken twice"),
        *(
            (f"{number}", "number", f"a fixed number, {number}, stands in the place of the root of {{0}}")
            for number in _FIXED
        ),
    ),
    "square": (
        ("np.abs({0})", "wrong-function", "the size of {0} stands in the place of its square"),
        ("np.sqrt(np.abs({0}))", "wrong-function", "{0} is rooted instead of squared"),
        ("2 * ({0})", "wrong-function", "{0} is doubled instead of squared"),
        ("({0}) ** 3", "wrong-function", "the third power of {0} stands in the place of the second"),
    ),
    "sum": (
        ("np.mean({0})", "wrong-function", "{0} is averaged instead of summed"),
        ("np.max({0})", "wrong-function", "the largest entry of {0} stands in the place of the sum"),
        ("np.linalg.norm({0})", "wrong-function", "the norm of {0} stands in the place of the sum"),
        ("np.square(np.sum({0}))", "wrong-function", "the sum of {0} is squared as a whole"),
    ),
    "mean": (("np.sum({0})", "wrong-function", "{0} is summed instead of averaged"),),
    "norm": (
        ("np.linalg.norm({0}) ** 2", "root-missing", "the square of the norm of {0} stands in the place of the norm"),
        ("np.sum(np.abs({0}))", "wrong-function", "the sum of the sizes of {0} stands in the place of the norm"),
        ("np.abs(np.sum({0}))", "wrong-function", "the entries of {0} are summed instead of measured by a norm"),
        ("np.max(np.abs({0}))", "wrong-function", "the largest entry of {0} stands in the place of the norm"),
        ("np.mean(np.abs({0}))", "wrong-function", "the mean size of {0} stands in the place of the norm"),
        ("np.sqrt(np.mean(np.square({0})))", "wrong-function", "the norm of {0} is divided by the root of the count"),
    ),
    "relu": (
        ("sigmoid({0})", "wrong-function", "the sigmoid is applied to {0} instead of the ReLU"),
        ("np.tanh({0})", "wrong-function", "tanh is applied to {0} instead of the ReLU"),
        ("np.abs({0})", "wrong-function", "the absolute value of {0} is taken instead of the ReLU"),
    ),
    "sigmoid": (
        ("relu({0})", "wrong-function", "the ReLU is applied to {0} instead of the sigmoid"),
        ("np.tanh({0})", "wrong-function", "tanh is applied to {0} instead of the sigmoid"),
    ),
    "log": (
        ("np.log2({0})", "wrong-function", "the logarithm of {0} has base 2"),
        ("np.log10({0})", "wrong-function", "the logarithm of {0} has base 10"),
    ),
    "zeros": (
        ("np.ones({0})", "wrong-function", "ones stand where zeros are wanted"),
        ("np.random.randn(*{0})", "random-stream", "random numbers stand where zeros are wanted"),
        ("np.random.rand(*{0})", "random-stream", "random numbers stand where zeros are wanted"),
        ("np.random.randn(*{0}) * 10", "random-stream", "large random numbers stand where zeros are wanted"),
        ("np.random.randn(*{0}) * 0.01", "random-stream", "small random numbers stand where zeros are wanted"),
        ("np.full({0}, 0.01)", "wrong-function", "a small constant stands where zeros are wanted"),
    ),
}
_DRAWS: dict[str, tuple[tuple[str, str], ...]] = {
    "randn": (
        ("np.random.rand({0})", "uniform numbers between 0 and 1 are drawn where normal ones are wanted"),
        ("(2 * np.random.rand({0}) - 1)", "uniform numbers between -1 and 1 are drawn where normal ones are wanted"),
        ("(np.random.rand({0}) - 0.5)", "uniform numbers around 0 are drawn where normal ones are wanted"),
        ("np.zeros(({0},))", "zeros stand where random numbers are wanted"),
        ("np.ones(({0},))", "ones stand where random numbers are wanted"),
        ("np.abs(np.random.randn({0}))", "the random numbers have lost their signs"),
        ("np.random.randn({1}).T", "the draw has the transposed shape and is turned back, which mixes the numbers"),
        ("np.random.default_rng(3).standard_normal(({0},))", "the numbers come from a generator of its own"),
    ),
    "rand": (
        ("np.random.rand(({0},)[0], 1)", "one number is drawn for each unit, the same for all examples"),
        ("np.random.randn({0})", "normal numbers are drawn where uniform ones are wanted"),
        ("np.random.rand({1}).T", "the draw has the transposed shape and is turned back, which mixes the numbers"),
        ("np.random.uniform(-1, 1, ({0},))", "numbers between -1 and 1 are drawn where 0 to 1 is wanted"),
        # What they are compared with, and how, is not told by a mask: only that it is the same everywhere.
        ("np.ones(({0},))", "all entries are the same where random ones are wanted"),
        ("np.zeros(({0},))", "all entries are the same where random ones are wanted"),
    ),
}
_SEEDS = (*range(11), 42, 123, 1234, 2023, 2024, 2025)


def in_call(node: ast.Call) -> Iterator[Found]:
    """List the slips in one call."""
    name = called(node)
    given = operands(node)
    words = (spoken(given[0]) if given else "") or "a value"
    if name in _LEFT_OUT and given:
        family, text = _LEFT_OUT[name]
        yield given[0], family, text.format(words), 0
    if given:
        code = ast.unparse(given[0])
        for text, family, said in _CONFUSED.get(name, ()):
            yield _parsed(text.format(code)), family, said.format(words), 1
    if name in _DRAWS:
        yield from _draws(node, name)
    if name == "seed":
        for seed in _SEEDS:
            yield _changed(node, [ast.Constant(seed)]), "random-stream", f"the seed is {seed}, not the given one", 0
    if name == "range":
        yield from _ranges(node)
    yield from _arguments(node, name)
    yield from _axes(node, words)


def _draws(node: ast.Call, name: str) -> Iterator[Found]:
    shape = ", ".join(map(ast.unparse, node.args))
    turned = ", ".join(ast.unparse(argument) for argument in reversed(node.args))
    if len(node.args) == 1 and isinstance(node.args[0], ast.Starred):
        turned = f"*{ast.unparse(node.args[0].value)}[::-1]"
    for text, words in _DRAWS[name]:
        yield _parsed(text.format(shape, turned)), "random-stream", words, 1


def _ranges(node: ast.Call) -> Iterator[Found]:
    bounds = [ast.Constant(0), *node.args] if len(node.args) == 1 else node.args[:2]
    moves = {
        (0, -1): "the loop ends one round early",
        (0, 1): "the loop makes one round too many",
        (1, 0): "the loop begins one round late",
        (-1, 0): "the loop begins one round early",
        (1, 1): "the loop begins and ends one round late",
        (-1, -1): "the loop begins and ends one round early",
    }
    for (first, last), words in moves.items():
        ends = [ast.BinOp(b, ast.Add(), ast.Constant(m)) for b, m in zip(bounds, (first, last), strict=True)]
        yield _changed(node, ends), "off-by-one", words, 0


def _arguments(node: ast.Call, name: str) -> Iterator[Found]:
    """Exchange two arguments; of a matrix product also, and transpose what an outer product or a slip may have."""
    if len(node.args) != 2 or name in {"range", "print", "isinstance"}:  # noqa: PLR2004 - two can be exchanged
        return
    one, other = (spoken(argument) or UNSAID for argument in node.args)
    swapped = _changed(node, node.args[::-1])
    yield swapped, "factor-order", f"{one} and {other} are exchanged", 1
    if name in {"dot", "matmul"}:
        yield (
            ast.BinOp(node.args[0], ast.Mult(), node.args[1]),
            "operation",
            f"{one} and {other} are multiplied entry by entry",
            2,
        )


def _axes(node: ast.Call, words: str) -> Iterator[Found]:
    """Take another axis, or all of them."""
    for keyword in node.keywords:
        rest = [other for other in node.keywords if other is not keyword]
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            for axis in (0, 1, None):
                if axis != keyword.value.value:
                    kept = [*rest, ast.keyword("axis", ast.Constant(axis))]
                    over = "all axes, not over one" if axis is None else f"axis {axis}, the wrong one"
                    text = f"{words} is combined over {over}"
                    yield ast.Call(node.func, node.args, kept), "wrong-axis", text, 0
        if keyword.arg == "reverse":
            yield ast.Call(node.func, node.args, rest), "order", "the entries stand in the opposite order", 0
        if keyword.arg == "keepdims":
            text = f"the sum of {words} loses a dimension"
            yield ast.Call(node.func, node.args, rest), "wrong-shape", text, 1
    if any(keyword.arg == "axis" for keyword in node.keywords) and called(node) == "sum":
        mean = ast.Attribute(ast.Name("np", ast.Load()), "mean", ast.Load())
        yield (
            ast.Call(mean, operands(node), node.keywords),
            "wrong-function",
            f"{words} is averaged instead of summed",
            1,
        )


def _changed(node: ast.Call, arguments: Iterable[ast.expr]) -> ast.Call:
    return ast.Call(node.func, list(arguments), node.keywords)


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
