"""The mutation engine: what each operator makes of a small text, and what holds of all mutants."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import numpy as np
import pytest

from autograder import course
from autograder.audit.mutation import mutants
from autograder.audit.mutation.registry import OPERATORS
from autograder.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = [(name, text) for paper in course.load(ROOT).papers for name, text in paper.answers.items()]

# An operator, a body, and the lines that the operator makes of it.
CASES = [
    ("dropped", "return a + b", ["return a", "return b"]),
    ("dropped", "return a / m", ["return a"]),
    ("dropped", "return (a + b) * c", ["return (a + b)", "return c", "return a * c", "return b * c"]),
    ("sign", "return a - (b - c)", ["return a + (b - c)", "return a - (b + c)"]),
    ("sign", "return -a", ["return a"]),
    ("sign", "a += b", ["a -= b"]),
    ("negated", "z = a + b", ["z = -(a + b)"]),
    ("operands-swapped", "return a - b * c", ["return (b * c) - a"]),
    ("operator", "return a / b", ["return a * b", "return a // b"]),
    ("operator", "return a ** 2", ["return a * 2"]),
    ("precedence", "return a / (2 * b)", ["return a / 2 * b"]),
    ("constant", "return 2 * a", ["return 1 * a", "return 4 * a"]),
    ("constant", "return a ** 0.5", ["return a ** 1.0", "return a ** 2.0"]),
    ("elementwise", "return a @ b", ["return (a * b)"]),
    ("elementwise", "return np.dot(a, b)", ["return (a * b)"]),
    ("factors-swapped", "return (a + b) @ c", ["return c @ (a + b)"]),
    ("transpose", "return a @ b.T", ["return a.T @ b.T", "return a @ b"]),
    (
        "axis",
        "return np.sum(a, axis=1, keepdims=True)",
        ["return np.sum(a, axis=0, keepdims=True)", "return np.sum(a, keepdims=True)"],
    ),
    ("keepdims", "return np.sum(a, axis=1, keepdims=True)", ["return np.sum(a, axis=1)"]),
    ("numpy-function", "return np.sum(a)", ["return np.mean(a)"]),
    ("norm", "return np.linalg.norm(a)", ["return (np.linalg.norm(a) ** 2)", "return np.sum(np.abs(a))"]),
    ("shape", "return np.zeros((n, 1))", ["return np.zeros((1, n))", "return np.zeros((n,))"]),
    (
        "shape",
        "return np.random.rand(*a.shape)",
        ["return np.random.rand(a.shape[0], 1)", "return np.random.rand(1, a.shape[1])"],
    ),
    ("whole-numbers", "a = np.zeros(n)", ["a = np.zeros(n, dtype=int)"]),
    ("index", "return a.shape[1]", ["return a.shape[0]"]),
    ("index", "return a[i]", ["return a[i - 1]", "return a[0]"]),
    ("index-dropped", "a[i, 0] += b", ["a += b"]),
    (
        "loop-range",
        "return range(1, n)",
        ["return range(2, n)", "return range(0, n)", "return range(1, n - 1)", "return range(1, n + 1)"],
    ),
    ("loop-range", "return range(n)", ["return range(1, n)", "return range(0, n - 1)", "return range(0, n + 1)"]),
    ("key", 'return a["W2"]', ['return a["W1"]', 'return a["b2"]']),
    ("layer-key", 'a[f"W{n}"] = b', ['a[f"W{n - 1}"] = b', 'a[f"W{n + 1}"] = b', 'a[f"W_{n}"] = b']),
    ("layer", "A1 = a\n    A2 = b\n    return A2", ["return A1"]),
    ("family", "Z1 = a\n    A1 = b\n    return A1", ["return Z1"]),
    ("similar", "J_plus = a\n    J_minus = b\n    return J_minus", ["return J_plus"]),
    ("call-forgotten", "return relu(a)", ["return a"]),
    ("wrong-function", "return relu(sigmoid(a))", ["return sigmoid(sigmoid(a))", "return relu(relu(a))"]),
    ("wrong-function", "return relu(power(a, b))", []),
    ("arguments-swapped", "return np.dot(a, b)", ["return np.dot(b, a)"]),
    ("unpacking", "c, d = f(a)", ["d, c = f(a)", "c = f(a)"]),
    ("comparison", "return a > b", ["return a < b", "return a >= b"]),
    ("threshold", "d = a < b", ["d = a"]),
    ("mask-inverted", "D1 = a < b\n    return a * D1", ["return a * (1 - D1)"]),
    ("distribution", "return np.random.randn(n)", ["return np.random.rand(n)"]),
    ("seed", "np.random.seed(3)", ["pass", "np.random.seed(4)"]),
    ("copy-dropped", "c = np.copy(a)", ["c = a"]),
    ("in-place", "c = a - b", ["a -= b", "c = a"]),
    ("in-place", "c = b + 0\n    d = c - b", ["b += 0", "c = b"]),
    ("out-in-place", "return np.square(a)", ["return np.square(a, out=a)"]),
    ("argument-ignored", "return a * keep_prob", ["return a * 0.5"]),
    ("returned", "return a, b", ["return None", "return b, a", "return a", "return b"]),
    ("returned", "return a", ["return None", "return (a,)"]),
    ("returned-transposed", "return a, b", ["return a.T, b", "return a, b.T"]),
    ("entry", 'return {"x": a, "y": b}', ['return {"y": b}', 'return {"x": a, }', "return {'X': a, 'Y': b}"]),
    ("members", "c = (a, b, n)", ["c = (b, n,)", "c = (a, b,)", "c = (b, a, n,)"]),
    ("deleted", "c = a\n    c = c / n", ["pass"]),
    ("deleted", "c = a", []),
    ("returned-early", "for i in range(n):\n        b = a\n    return b", ["return b"]),
]


def answer(body: str) -> str:
    return f"def f(a, b, n, keep_prob=0.5):\n    {body}\n"


def made(source: str, operator: str) -> list[str]:
    """List the new lines of an operator's mutants."""
    of_operator = [m for m in mutants(source, "f") if m.name.startswith((f"{operator}-", f"{operator}@"))]
    if operator in {"layer", "returned"}:
        others = tuple(f"{each.name}-" for each in OPERATORS if each.name.startswith(f"{operator}-"))
        of_operator = [m for m in of_operator if not m.name.startswith(others)]
    return [line[1:].strip() for m in of_operator for line in m.change.splitlines() if line.startswith("+")]


@pytest.mark.parametrize(("operator", "body", "wanted"), CASES)
def test_an_operator_makes_its_mistakes(operator, body, wanted):
    assert sorted(made(answer(body), operator)) == sorted(wanted)


def test_every_operator_is_tried_here():
    tried = {operator for operator, _, _ in CASES} | {"default", "argument-changed", "seed-repeated"}

    assert {operator.name for operator in OPERATORS} == tried


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_every_operator_says_what_mistake_it_stands_for(operator):
    assert operator.find.__doc__.startswith("Stand for ")


def test_a_default_is_changed_where_it_stands():
    assert made("def f(epsilon=1e-7):\n    return epsilon\n", "default") == ["def f(epsilon=1e-2):"]


def test_an_argument_is_changed_after_the_result_is_made():
    source = "import numpy as np\ndef f(a: np.ndarray, d: dict[str, int], x: float):\n    return a * x\n"

    assert made(source, "argument-changed") == [
        "result = a * x", "a += 1", "return result", "result = a * x", "d.popitem()", "return result",
    ]  # fmt: skip


def test_a_seed_is_repeated_before_the_second_draw():
    source = answer("np.random.seed(1)\n    c = np.random.rand(n)\n    d = np.random.rand(n)\n    return c, d")

    repeated = [mutant.source for mutant in mutants(source, "f") if mutant.name.startswith("seed-repeated")]

    second = "d = np.random.rand(n)"
    assert repeated == [source.replace(second, f"np.random.seed(1)\n    {second}")]


def test_a_seed_moves_into_the_loop():
    source = answer("np.random.seed(1)\n    for i in range(n):\n        c = np.random.rand(i)\n    return c")

    repeated = [mutant for mutant in mutants(source, "f") if mutant.name.startswith("seed-repeated")]

    assert [mutant.name for mutant in repeated] == ["seed-repeated@4"]
    assert "        np.random.seed(1)\n        c = " in repeated[0].source


def test_a_copy_is_not_taken_for_an_argument():
    assert made(answer("c = np.copy(a)\n    c = c * b\n    d = c - b"), "in-place") == []


def test_a_part_of_an_argument_is_changed_in_place():
    assert made("def f(cache):\n    A, B = cache\n    C = A - B\n", "in-place") == ["A -= B", "C = A"]


def test_a_mistake_of_every_layer_is_also_made_everywhere():
    source = answer("W1 = a / n\n    W2 = b / n\n    return W1, W2")

    everywhere = [mutant for mutant in mutants(source, "f") if mutant.name == "dropped-n-everywhere@2"]

    assert [mutant.source for mutant in everywhere] == [answer("W1 = a\n    W2 = b\n    return W1, W2")]


def test_a_mutant_is_named_by_its_line_and_counted_within_it():
    names = [mutant.name for mutant in mutants(answer("c = a * n\n    return a / n + b / n"), "f")]

    assert {"dropped-n@2", "dropped-n@3", "dropped-n-2@3", "dropped-n-everywhere@2"} <= set(names)


def test_what_only_prints_stays():
    source = answer('print(a + 1)\n    if a < 1:\n        print("small", a - b)\n    else:\n        print(b)')

    assert [mutant.name for mutant in mutants(source, "f") if not mutant.name.endswith("@1")] == []


def test_a_condition_that_does_more_than_print_is_spoilt():
    assert made(answer("if a < b:\n        print(a)\n        return b"), "comparison") == ["if a > b:", "if a <= b:"]


def test_docstrings_annotations_and_comments_stay():
    source = 'def f(a: "1 + 1" = None) -> "2 * 2":\n    """3 * 3"""\n    # 4 * 4\n    x: "5 + 5" = a\n'

    assert mutants(source, "f") == ()


def test_other_functions_of_the_cell_stay():
    source = "def helper(a):\n    return a + 1\n\ndef f(a):\n    return a\n"

    assert all(mutant.source.startswith("def helper(a):\n    return a + 1\n") for mutant in mutants(source, "f"))


def test_a_cell_without_the_function_is_refused():
    with pytest.raises(UsageError, match="no function 'g'"):
        mutants("def f():\n    pass\n", "g")


@functools.cache
def mutants_of(name, source):
    return mutants(source, name)


@pytest.fixture(scope="module", params=ANSWERS, ids=[name for name, _ in ANSWERS])
def of_course(request):
    name, source = request.param
    return name, source, mutants_of(name, source)


@pytest.mark.slow
def test_mutants_of_the_course_parse_and_differ(of_course):
    _, source, made_of_it = of_course
    meanings = [ast.dump(ast.parse(mutant.source)) for mutant in made_of_it]

    assert len(set(meanings) | {ast.dump(ast.parse(source))}) == len(made_of_it) + 1


@pytest.mark.slow
def test_mutants_of_the_course_have_unique_names_in_the_order_of_the_text(of_course):
    _, _, made_of_it = of_course
    names = [mutant.name for mutant in made_of_it]
    lines = [int(name.rpartition("@")[2]) for name in names]

    assert len(set(names)) == len(names)
    assert lines == sorted(lines)


@pytest.mark.slow
def test_mutants_of_the_course_keep_name_and_parameters(of_course):
    name, source, made_of_it = of_course

    def signature(text):
        function = next(node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
        arguments = function.args
        return function.name, [argument.arg for argument in arguments.args], len(arguments.defaults)

    assert {signature(mutant.source) for mutant in made_of_it if signature(mutant.source) != signature(source)} == set()
    assert {mutant.function for mutant in made_of_it} == {name}


@pytest.mark.slow
def test_the_course_gives_many_mutants():
    counts = [len(mutants_of(name, source)) for name, source in ANSWERS]

    assert min(counts) >= 8
    assert np.median(counts) >= 60
