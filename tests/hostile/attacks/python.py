"""The language against the judge."""

from __future__ import annotations

from attacks.loot import does, tells

_LIAR = '''
class Liar:
    """Equal to everything, and true."""

    shape, dtype, ndim, size = (2,), float, 1, 2

    def __eq__(self, other):
        return self

    __le__ = __lt__ = __ge__ = __gt__ = __sub__ = __rsub__ = __abs__ = __getitem__ = __array_ufunc__ = __eq__

    def __bool__(self):
        return True

    def __float__(self):
        return 2.0

    def all(self):
        return True

    def __array_function__(self, *_):
        return True


'''
_TOP = "import numpy as np\n\n\n"
_SHELL = "try:\n    shell = get_ipython()\n{}\nexcept NameError:\n    pass\n"

ATTACKS = {
    "an answer equal to everything": _LIAR
    + "def double(x):\n    return Liar()\n\n\ndef quadruple(x):\n    return {'value': Liar()}",
    "a class in place of a function": _LIAR
    + "class Answer(Liar):\n    def __new__(cls, x):\n        return object.__new__(Liar)\n\n\ndouble = Answer",
    "an array whose comparisons lie": _TOP + "class Lying(np.ndarray):\n    def __eq__(self, other):\n"
    "        return np.ones(self.shape, dtype=bool)\n\n    def __array_function__(self, *_):\n        return True\n\n\n"
    "def double(x):\n    return np.asarray(x - 7).view(Lying)",
    "an array whose shape lies": _TOP + "class Lying(np.ndarray):\n    @property\n    def shape(self):\n"
    "        return (2,)\n\n\ndef double(x):\n    return np.zeros(0).view(Lying)",
    "an array that takes over NumPy": _TOP + "class Lying(np.ndarray):\n    def __array_ufunc__(self, *_, **__):\n"
    "        return np.bool_(True)\n\n\ndef double(x):\n    return np.asarray(x - 7).view(Lying)",
    "a number that is in every range": "class Lying(float):\n    def __le__(self, other):\n        return True\n\n"
    "    __lt__ = __ge__ = __gt__ = __eq__ = __le__\n\n\ndef double(x):\n    return Lying(2)",
    "a string that is equal to every string": "class Lying(str):\n    def __eq__(self, other):\n        return True\n\n"
    "    __hash__ = str.__hash__\n\n\ndef quadruple(x):\n    return {Lying('value'): Lying(4)}",
    "a lie about the class": "class Lying:\n    __class__ = float\n\n    def __array__(self, *_, **__):\n"
    "        raise SystemExit\n\n\ndef double(x):\n    return Lying()",
    "code on unpickling": "import os\n\n\nclass Bomb:\n    def __reduce__(self):\n"
    "        return os.system, ('touch @OUTSIDE@/unpickled',)\n\n\ndef double(x):\n    return Bomb()",
    "an array of objects with code on unpickling": _TOP + "class Bomb:\n    def __reduce__(self):\n"
    '        return eval, (\'open("@OUTSIDE@/unpickled", "w")\',)\n\n\ndef double(x):\n    return np.array([Bomb(), 2])',
    "a lazy answer": "class Lazy:\n    def __init__(self, x):\n        self.x = x\n\n    def __array__(self, *_, **__):\n"
    "        return 2 * self.x\n\n\ndef double(x):\n    return Lazy(x - 7)",
    "a generator": "def double(x):\n    yield from iter(lambda: x, None)",
    "a coroutine": "async def double(x):\n    return 2 * x",
    "patched numpy.testing": _TOP
    + "np.testing.assert_allclose = lambda *_, **__: None\n\n\ndef double(x):\n    return x - 7",
    "patched NumPy": does(
        "import numpy as np\nfor name in ('all', 'allclose', 'array_equal', 'isfinite', 'abs', 'asarray'):\n"
        "    setattr(np, name, lambda *_, **__: True)\nnp.ndarray = np.generic = object"
    ),
    "patched built-ins": "import builtins\n\nbuiltins.abs = builtins.isinstance = builtins.float = lambda *_: 0\n\n\n"
    "def double(x):\n    builtins.AssertionError = builtins.Exception = type(None)\n    return x - 7",
    "no assertion fails": "import builtins\n\n\nclass AssertionError(Exception):\n    def __new__(cls, *_):\n        return None\n\n\n"
    "builtins.AssertionError = AssertionError\n\n\ndef double(x):\n    builtins.AssertionError = AssertionError\n    return x - 7",
    "search the memory": tells("import gc\nreturn [o for o in gc.get_objects() if 'canary-' in str(o)[:10**5]]"),
    "search the frames": tells(
        "frame, text = sys._getframe(), ''\nwhile frame:\n    text += str(frame.f_globals.get('_ih')) + str(frame.f_locals)\n"
        "    frame = frame.f_back\nreturn text"
    ),
    "search the frames of others": tells("return [f.f_locals for f in sys._current_frames().values()]"),
    "search the loaded modules": tells(
        "return [str(vars(m)) for n, m in list(sys.modules.items()) if 'autograder' in n or 'reference' in n or '__main__' in n]"
    ),
    "inspect the callers": tells("import inspect\nreturn [(f.code_context, f.filename) for f in inspect.stack(20)]"),
    "linecache": tells("import linecache\nreturn linecache.cache"),
    "answer what the test's next line wants": "import inspect, re\n\n\ndef double(x):\n"
    "    text = str([f.code_context for f in inspect.stack(20)])\n"
    "    return np.array([float(n) for n in re.findall(r'\\[(\\d+\\.\\d+)\\]\\)', text)])",
    "an import hook": "import sys\n\n\nclass Hook:\n    def find_spec(self, name, *_):\n        if 'reference' in name or 'checks' in name:\n"
    "            raise SystemExit\n\n\nsys.meta_path.insert(0, Hook())\n\n\ndef double(x):\n    sys.meta_path.insert(0, Hook())\n    return x - 7",
    "tracing": does(
        "def trace(frame, event, arg):\n    frame.f_trace_lines = False\n    raise SystemExit\nsys.settrace(trace)\nsys.setprofile(trace)"
    ),
    "another checks module": "import sys\nfrom types import ModuleType\n\nfake = ModuleType('checks')\nfake.close = lambda *_, **__: None\n"
    "sys.modules['autograder.checks'] = fake\n\n\ndef double(x):\n    sys.modules['autograder.checks'] = fake\n    return x - 7",
    "other names for the judge's": "np = checks = reference = None\n\n\ndef double(x):\n    return 2.0\n\n\npoints = 2.0",
    "an input transformer that drops the tests": _SHELL.format(
        "    shell.input_transformers_cleanup.append(lambda lines: [] if 'assert' in ''.join(lines) else lines)"
    ),
    "a syntax transformer that drops the tests": "import ast\n\n\nclass Drop(ast.NodeTransformer):\n    def visit_Expr(self, node):\n"
    "        return ast.Pass()\n\n\n" + _SHELL.format("    shell.ast_transformers.append(Drop())"),
    "a shell that runs nothing": _SHELL.format("    shell.run_cell_async = shell.run_cell = lambda *_, **__: None"),
    "a formatter that prints the score": _SHELL.format(
        "    shell.display_formatter.formatters['text/plain'].for_type(float, lambda n, p, cycle: p.text('2.0'))"
    ),
    "a formatter that prints nan": _SHELL.format(
        "    shell.display_formatter.formatters['text/plain'].for_type(float, lambda n, p, cycle: p.text('nan'))"
    ),
}
