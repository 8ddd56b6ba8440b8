"""Right answers in other words: what the rules make of small texts, and what holds of all of them."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from autograder.audit.rewriting import rewrites
from autograder.examiner.guard import timely
from autograder.examiner.patience import Deadline, Patience

pytestmark = pytest.mark.slow

# A rule, a body, and a line that it makes of it.
CASES = [
    ("einsum", "return np.dot(a, b)", "return np.einsum('ij,jk->ik', a, b)"),
    ("outer-transposed", "return a @ b", "return (b.T @ a.T).T"),
    ("commuted-product", "return a * b", "return b * a"),
    ("reciprocal", "return a / b", "return 1.0 / b * a"),
    ("divided-twice", "return a / (2 * b)", "return a / 2 / b"),
    ("grouped-sum", "return a + b + c", "return a + (b + c)"),
    ("column-reshape", "return np.sum(a, axis=1, keepdims=True)", "return np.sum(a, axis=1).reshape(-1, 1)"),
    ("mask-int64", "return a > 0", "return np.int64(a > 0)"),
    ("norm-root", "return np.linalg.norm(a)", "return np.sqrt(np.sum(np.square(a)))"),
    ("temporary", "z = a * b\n    return z", "step = a"),
    ("in-place", "z = a + b\n    z = z * c\n    return z", "z *= c"),
    ("while", "for i in range(3):\n        a = a + i\n    return a", "while i < 3:"),
    ("dictionary-reversed", "return {'p': a, 'q': b}", "return {'q': b, 'p': a}"),
    ("dictionary-by-entries", "return {'p': a, 'q': b}", "filled['q'] = b"),
    ("named-result", "return a + b", "outcome = a + b"),
    ("concatenated", "return f'W{a}'", "return 'W' + str(a)"),
]
# Bodies with all kinds of places, and what they are computed on.
BODIES = [
    "z = np.dot(a, b) + c\n    z = z * 2 / a.shape[1]\n    return z",
    "return np.sum(a * c, axis=1, keepdims=True) / a.shape[1]",
    "return {'p': a.T @ b.T, 'q': a - c}",
    "total = 0.0\n    for i in range(1, 3):\n        total = total + np.sum(np.square(a[i]))\n    return total",
    "return np.linalg.norm(a - c) / (np.linalg.norm(a) + np.linalg.norm(c))",
    "return np.multiply(a, c > 0)",
]


def source(body: str) -> str:
    return f"def f(a, b, c):\n    {body}\n"


def computed(text: str) -> list[np.ndarray]:
    space: dict = {"np": np, "print": lambda *_: None}
    exec(text, space)  # noqa: S102 - a text of ours
    random = np.random.RandomState(1)
    result = space["f"](*(random.randn(3, 3) for _ in range(3)))
    return [np.asarray(result[key]) for key in sorted(result)] if isinstance(result, dict) else [np.asarray(result)]


@pytest.mark.parametrize(("rule", "body", "line"), CASES, ids=[rule for rule, *_ in CASES])
def test_a_rule_makes_its_line(rule, body, line):
    found = {one.name: one.source for one in rewrites(source(body), "f", mixed=0)}
    assert line in found[f"{rule}-1"]


@pytest.mark.parametrize("body", BODIES)
def test_all_compute_the_same(body):
    right = computed(source(body))
    for one in rewrites(source(body), "f"):
        for got, wanted in zip(computed(one.source), right, strict=True):
            np.testing.assert_allclose(got, wanted, rtol=1e-12, err_msg=f"{one.name}\n{one.source}")


@pytest.mark.parametrize("body", BODIES)
def test_no_text_is_made_twice(body):
    texts = [one.source for one in rewrites(source(body), "f")]
    assert len(set(texts)) == len(texts)
    assert ast.unparse(ast.parse(source(body))) not in texts


def test_the_same_text_gives_the_same_variants():
    text = source("total = np.sum(a * b)\n    return total / 2 + a * c")
    assert rewrites(text, "f") == rewrites(text, "f")


def test_a_rule_is_tried_at_each_place_and_everywhere():
    found = {one.name: one.source for one in rewrites(source("return a * b + b * c"), "f", mixed=0)}
    made = {place: found[f"commuted-product-{place}"].splitlines()[-1].strip() for place in (1, 2, "everywhere")}
    assert made == {1: "return b * a + b * c", 2: "return a * b + c * b", "everywhere": "return b * a + c * b"}


def test_arguments_are_not_worked_on_in_place():
    assert not any(one.name.startswith("in-place") for one in rewrites(source("a = a * b\n    return a"), "f", mixed=0))


# What a rule must leave as it is, or write with care: parameters, body, arguments.
CAREFUL = {
    "a local with the name of a temporary": ("x", "step = x * 2\n    x = x - step\n    return x", (3.0,)),
    "a local with the name of a result": ("outcome", "return outcome * 2 + outcome", (3.0,)),
    "a parameter with the name of a dictionary": ("filled", "return {'p': filled, 'q': filled * 2}", (3.0,)),
    "a parameter with the name of a function": ("work", "return work + 1", (3.0,)),
    "a parameter with the name of another one": ("print_msg, x=1", "return x + print_msg", (3.0,)),
    "parameters that are assigned": ("a, b", "while a > b:\n        a = a - b\n    return a", (7.0, 2.0)),
    "a parameter by name only": ("a, *, b=2", "b = b + a\n    return b", (7.0,)),
    "more arguments": ("a, *more", "return a - len(more)", (7.0, 1, 2)),
    "a lambda's own parameter": ("x", "t = x + 1\n    f = lambda t: t * 2\n    return f(t + 1)", (3.0,)),
    "a name that another would get": ("my_t", "t = my_t + 1\n    return t * my_t", (3.0,)),
    "steps of two": ("n", "s = 0\n    for k in range(0, n, 2):\n        s = s + k\n    return s", (7,)),
    "the number after the loop": ("n", "for k in range(n):\n        s = k * 2\n    return s + k", (4,)),
    "a number left out": (
        "n",
        "s = 0\n    for k in range(n):\n        if k == 1:\n            continue\n        s = s + k\n    return s",
        (4,),
    ),
    "an end that moves": (
        "n",
        "s = 0\n    for k in range(n):\n        n = n - 1\n        s = s + k\n    return s",
        (4,),
    ),
    "an end of a loop": (
        "n",
        "s = 0\n    for k in range(n):\n        s = s + k\n    else:\n        s = s + 10\n    return s",
        (4,),
    ),
    "a number with its format": ("x", "return f'{x:.1f} and {x!r}'", (3.25,)),
    "an empty text": ("x", "return [f'', x * 2]", (3.25,)),
}


@pytest.mark.parametrize("what", CAREFUL)
def test_no_rule_makes_another_answer_of(what):
    parameters, body, arguments = CAREFUL[what]
    text = f"def f({parameters}):\n    {body}\n"

    def answered(source: str):
        space: dict = {"np": np, "print": lambda *_: None}
        exec(source, space)  # noqa: S102 - a text of ours
        with timely(Deadline(1.0, Patience())):
            return space["f"](*arguments)

    wanted = answered(text)
    for one in rewrites(text, "f", mixed=8):
        assert answered(one.source) == wanted, f"{one.name}\n{one.source}"


def test_loops_with_the_same_number_are_still_counted_by_hand():
    body = "for i in range(3):\n        a = a + i\n    for i in range(2):\n        a = a * i\n    return a"
    assert "while-everywhere" in {one.name for one in rewrites(source(body), "f", mixed=0)}
