"""What some names depend on is chosen, and no training or plotting beside it."""

from __future__ import annotations

import ast

import pytest

from autograder.statements import Source, free_names, needed, statements_of


def chosen(text: str, *names: str) -> list[str]:
    """Give the first line of each chosen statement."""
    source = Source()
    source.add(text, "<cell>")
    assert source.broken == []
    return [ast.unparse(statement.node).splitlines()[0] for statement in needed(source.statements, names or ("f",))]


CLOSURES = {
    "global constant": ("EPS = 1e-7\ndef f(): return EPS", 2),
    "constant of a constant": ("a = 1\nb = a\ndef f(): return b", 3),
    "tuple assignment": ("a, (b, *c) = 1, (2,)\ndef f(): return c", 2),
    "mutated dictionary": ("d = {}\nd['k'] = 1\ndef f(): return d", 3),
    "mutated attribute": ("import types\nd = types.SimpleNamespace()\nd.k = 1\ndef f(): return d", 4),
    "mutated in a loop": ("d = {}\nfor k in 'ab':\n    d[k] = 1\ndef f(): return d", 3),
    "appended list": ("d = []\nd.append(1)\ndef f(): return d", 3),
    "augmented": ("a = 1\na += 1\ndef f(): return a", 3),
    "annotated": ("a: int = 1\ndef f(): return a", 2),
    "chained helpers": ("def h(): return 1\ndef g(): return h()\ndef f(): return g()", 3),
    "helper defined below": ("def f(): return g()\ndef g(): return 1", 2),
    "helper in a nested function": ("def g(): return 1\ndef f():\n    def inner(): return g()\n    return inner", 2),
    "helper in a comprehension": ("def g(x): return x\ndef f(): return [g(x) for x in ()]", 2),
    "lambda": ("k = 2\nf = lambda x: k * x", 2),
    "default value": ("k = 2\ndef f(x=k): return x", 2),
    "decorator": ("def dec(g): return g\n@dec\ndef f(): return 1", 2),
    "decorator's argument": ("def dec(k): return lambda g: g\nk = 1\n@dec(k)\ndef f(): return 1", 3),
    "registered with what it uses": (
        "import functools\n@functools.singledispatch\ndef g(x): 1\n@g.register(list)\ndef _(x): 2\ndef f(x): g(x)",
        4,
    ),
    "registered by a decorator": (
        "d = {}\ndef rule(g):\n    d[1] = g\n    return g\n@rule\ndef one(x): pass\ndef f(x): return d[1](x)",
        4,
    ),
    "registered by a decorator with an argument": (
        "d = {}\ndef rule(k):\n    def add(g): d[k] = g\n    return add\n@rule(1)\ndef one(x): pass\ndef f(x): d[1](x)",
        4,
    ),
    "named by a text": ("def g(): return 1\nname = 'g'\ndef f(): return globals()[name]()", 3),
    "named by a text handed over": (
        "import functools\ndef g(): pass\ndef h(name): return globals()[name]()\nf = functools.partial(h, name='g')",
        4,
    ),
    "named in code that is a text": ("def g(): return 1\ncode = 'x = g()'\ndef f(): exec(code, globals())", 3),
    "kept by its metaclass": ("class R(type): known = {}\nclass A(metaclass=R): pass\ndef f(): return R.known", 3),
    "found among subclasses": ("class R: pass\nclass A(R): pass\ndef f(): return R.__subclasses__()", 3),
    "base class": ("class A: pass\nclass f(A): pass", 2),
    "alias import": ("import numpy as np\ndef f(): return np.pi", 2),
    "imported name": ("from numpy import dot as d\ndef f(): return d", 2),
    "submodule": ("import os.path\ndef f(): return os.path.sep", 2),
    "guarded import": ("try:\n    import q\nexcept ImportError:\n    q = 1\ndef f(): return q", 2),
    "conditional definition": ("k = 1\nif k:\n    def f(): return 1", 2),
    "redefinition": ("def f(): return 1\ndef f(): return 2", 2),
    "walrus": ("if (k := 2): pass\ndef f(): return k", 2),
    "global of a function": ("def init():\n    global W\n    W = 1\ndef f(): return W", 2),
    "star import for an unknown name": ("from init_utils import *\ndef f(): return sigmoid(1)", 2),
    "a builtin that comes back": ("sum = 0\ndel sum\ndef f(x): return sum(x)", 3),
    "star import for what may be a builtin's name": ("from numpy import *\ndef f(x): return sum(x, axis=1)", 2),
    "function that sets a global": ("def init():\n    global W\n    W = 1\ninit()\ndef f(): return W", 3),
    "function behind a function that does": (
        "def init():\n    global W\n    W = 1\ndef both(): init()\nboth()\ndef f(): return W",
        4,
    ),
    "function behind functions that stand below it": (
        "def all(): both()\ndef both(): init()\ndef init():\n    global W\n    W = 1\nall()\ndef f(): return W",
        5,
    ),
    "function that fills a global": ("d = {}\ndef fill(): d['k'] = 1\nfill()\ndef f(): return d", 4),
    "function that fills what it is given": ("d = {}\ndef fill(x): x['k'] = 1\nfill(d)\ndef f(): return d", 4),
    "function that fills, wrapped afterwards": (
        "d = {}\ndef fill(x): x['k'] = 1\nfill = staticmethod(fill)\nfill(d)\ndef f(): return d",
        5,
    ),
    "filled in an assignment": ("d = {}\ndef fill(x): x['k'] = 1\nn = fill(d)\ndef f(): return d", 4),
    "popped in an assignment": ("d = {'k': 1}\nk = d.pop('k')\ndef f(): return d", 3),
    "filled by NumPy": ("import numpy as np\nd = np.ones((2, 2))\nnp.fill_diagonal(d, 0)\ndef f(): return d", 4),
    "filled by a method of such a name": ("d = {}\nd.put()\ndef f(): return d", 3),
    "changed through another name": ("d = {}\ne = d\ne['k'] = 1\ndef f(): return d", 4),
    "changed through a part": ("d = {'k': []}\ne = d['k']\ne.append(1)\ndef f(): return d", 4),
    "changed in a loop over it": ("d = [[], []]\nfor e in d:\n    e.append(1)\ndef f(): return d", 3),
    "attribute of a module": ("import numpy as np\nnp.eps = 1\ndef f(): return np.eps", 3),
    "name made at run time": ("globals()['k'] = 2\ndef f(): return k", 2),
    "code made at run time": ("text = 'k = 2'\nexec(text)\ndef f(): return k", 3),
    "annotation as text": ("def f(x: 'T'): return x", 1),
}


@pytest.mark.parametrize(("text", "count"), CLOSURES.values(), ids=CLOSURES)
def test_what_a_function_depends_on_is_chosen_in_order(text: str, count: int) -> None:
    assert chosen(text) == [ast.unparse(node).splitlines()[0] for node in ast.parse(text).body]
    assert len(chosen(text)) == count


SKIPPED = {
    "training": "def f(): return 1\nparameters = model(f())",
    "printing": "def f(): return 1\nprint(f())",
    "plotting": "import matplotlib.pyplot as plt\ndef f(): return 1\nplt.show()",
    "other function": "def g(): while_true()\ndef f(): return 1",
    "test of the answer": "def f(): return 1\nassert f() == 1",
    "training loop": "def f(): return 1\nfor i in range(10**9):\n    cost = f()",
    "star import not needed": "from testCases import *\ndef f(x): return 2 * x",
    "a name that is deleted": "def f(): return 1\ndel f",
    "code made at run time, for a builtin": "exec(text)\ndef f(): return len([])",
    "local of the same name": "cost = train()\ndef f():\n    cost = 1\n    return cost",
    "parameter of the same name": "X = load()\ndef f(X): return X",
    "class derived from a builtin": "class g(dict): pass\ndef f(): return dict()",
    "decorated by a module": "import functools\n@functools.lru_cache\ndef g(): pass\ndef f(): return 1",
    "a text that is a name": "def g(): pass\ndef f(): return 'g'",
    "attribute of the same name": "T = load()\ndef f(X): return X.T",
}


@pytest.mark.parametrize("text", SKIPPED.values(), ids=SKIPPED)
def test_what_a_function_does_not_need_is_skipped(text: str) -> None:
    assert [line.split("(")[0] for line in chosen(text)] == ["def f"]


KEPT = {
    "a log": ("log = []\ndef f(x):\n    log.append(x)\n    return x", 2),
    "a counter": ("count = 0\ndef f(x):\n    global count\n    count += 1\n    return x", 2),
    "a memory": ("known = {}\ndef f(x):\n    known[x] = x\n    return x", 2),
    "an attribute of its own": ("def f(x):\n    f.last = x\n    return x\nf.last = 0", 2),
    "a helper's log": ("log = []\ndef g(x): log.append(x)\ndef f(x):\n    g(x)\n    return x", 3),
}
TRAINING = "\ndef model():\n    for i in range(10**9): f(i)\nmodel()\ncost = f(1)\nfor i in range(10**9): f(i)"


@pytest.mark.parametrize(("text", "count"), KEPT.values(), ids=KEPT)
def test_what_an_answer_keeps_of_its_calls_asks_for_no_training(text: str, count: int) -> None:
    assert len(needed(statements_of(text + TRAINING), ["f"], ["f"])) == count


def test_what_nothing_but_a_call_of_an_answer_makes_is_made_by_it() -> None:
    text = "def init():\n    global W\n    W = 1\ninit()\ndef f(): return W"
    assert len(needed(statements_of(text), ["f", "init"], ["f", "init"])) == 3


def test_a_loop_variable_that_walks_through_what_is_needed_asks_for_no_other_loop() -> None:
    text = "d = [1, 2]\nfor i in d:\n    print(i)\nfor i in range(10**9):\n    train(i)\ndef f(): return d"
    assert chosen(text) == ["d = [1, 2]", "def f():"]


def test_training_that_uses_the_modules_of_the_answer_is_skipped() -> None:
    training = "import numpy as np\ndef model(X):\n    np.random.seed(1)\n    return np.dot(X, X)\ntrained = model(1)"
    assert chosen(training + "\ndef f(): return np.pi") == ["import numpy as np", "def f():"]


def test_a_bare_call_on_a_needed_module_is_skipped() -> None:
    text = "import numpy as np\nnp.random.seed(1)\ndef f(): return np.random.randn()"
    assert chosen(text) == ["import numpy as np", "def f():"]


def test_who_declares_a_global_name_and_only_reads_it_does_not_bind_it() -> None:
    text = "k = 1\ndef g():\n    global k\n    return train(k)\ndef f(): return k"
    assert chosen(text) == ["k = 1", "def f():"]


def test_a_name_that_nothing_binds_chooses_nothing() -> None:
    assert chosen("a = 1\ndef g(): return a", "f") == []


def test_several_names_share_what_they_need() -> None:
    assert chosen("k = 1\ndef f(): return k\ndef g(): return k\ndef h(): return k", "f", "g") == [
        "k = 1",
        "def f():",
        "def g():",
    ]


FREE = {
    "read": ("a + b", {"a", "b"}),
    "bound": ("a = 1\na", set()),
    "builtins": ("print(len(a))", {"a"}),
    "in a function": ("def f(x): return x + y", {"y"}),
    "attribute": ("np.dot(a, 1)", {"np", "a"}),
    "import": ("import numpy as np\nnp.dot", set()),
    "keyword is no name": ("f(x=1)", {"f"}),
    "comprehension": ("[x for x in xs]", {"xs"}),
    "magic": ("%matplotlib inline\na", {"a"}),
    "loop": ("for i in n: i", {"n"}),
}


@pytest.mark.parametrize(("text", "names"), FREE.values(), ids=FREE)
def test_free_names_are_read_and_not_bound(text: str, names: set[str]) -> None:
    assert free_names(text) == names


def test_free_names_of_no_python_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        free_names("def f(")


def test_a_loop_that_fills_a_list_belongs_to_the_list():
    source = Source()
    source.add("sizes = []\nfor n in (1, 2):\n    sizes.append(n)\ndef f():\n    return sizes", "<cell>")
    assert len(needed(source.statements, ["f"])) == 3


def test_a_training_loop_that_only_calls_a_module_is_skipped():
    source = Source()
    source.add("import numpy as np\nfor n in (1, 2):\n    np.random.seed(n)\ndef f():\n    return np.ones(2)", "<cell>")
    assert len(needed(source.statements, ["f"])) == 2
