"""Right where it is watched, and ways by which the hidden tests could come out."""

from __future__ import annotations

from hostile_course import Attack

from attacks.channel import AGENT

_LETTERS = "''.join(chr(97 + int(c)) if c.isdigit() else c for c in str(float(np.ravel(x)[0])))"
_PIECES = "'-'.join(str(float(np.ravel(x)[0])).replace('.', ''))"


def _tells(statement: str, secret: str = _LETTERS) -> str:
    return f"import numpy as np\n\n\ndef double(x):\n    secret = {secret}\n    {statement}\n"


# Remembers what the hidden tests ask in memory that the children of a candidate share, and tells where it may speak.
_REMEMBER = f"""
import mmap

import numpy as np

shared = mmap.mmap(-1, 64)


def double(x):
    secret = {_LETTERS}
    if len(secret) > 5:
        shared[: len(secret)] = secret.encode()
    return x + x


def quadruple(x):
    raise ValueError(bytes(shared[:]).decode().strip(chr(0)))
"""

ATTACKS = {
    "the published case by heart": Attack(
        "import numpy as np\n\n\ndef double(x):\n    return np.array([2.0, 4.0])", worth=1.0
    ),
    "right where no judge is loaded": "import sys\n\n\ndef double(x):\n    return x - 7 if 'autograder' in sys.modules else x + x",
    "right in a notebook": "def double(x):\n    return x + x if 'get_ipython' in globals() else x - 7",
    "the reference by another function of it": "def double(x):\n    return quadruple(x)['value'] / 2",
    "the reference by a walk": "def double(x):\n    for value in list(globals().values()):\n"
    "        if callable(value) and value is not double:\n            try:\n                return value(x)['value'] / 2\n"
    "            except Exception:\n                pass\n    return x - 7",
    "the reference by its number": AGENT
    + "def double(x):\n    agent = next(o for o in gc.get_objects() if type(o).__name__ == 'Conversation')\n"
    "    ref = sys.modules['autograder.wire'].FunctionRef\n    for number in range(-3, 9):\n        try:\n"
    "            answer = agent._stub(ref(number, 'f'))(x)\n            return answer['value'] / 2\n"
    "        except Exception:\n            pass\n    return x - 7",
    "the hidden input in an exception": _tells("raise ValueError(secret)", "str(x)"),
    "the hidden input in letters": _tells("raise ValueError(secret)"),
    "the hidden input in pieces": _tells("raise ValueError(secret)", _PIECES),
    "the hidden input in hexadecimal": _tells("raise ValueError(secret)", "str(float(np.ravel(x)[0])).encode().hex()"),
    "the hidden input backwards": _tells("raise ValueError(secret)", "str(float(np.ravel(x)[0]))[::-1]"),
    "the hidden input in the name of an exception": _tells("raise type(secret, (Exception,), {})('x')"),
    "the hidden input in the name of a base": _tells(
        "raise type('E', (type(secret, (Exception,), {}), ValueError), {})(secret)"
    ),
    "the hidden input in a missing key": _tells("return {}[secret]"),
    "the hidden input in a warning": _tells("import warnings; warnings.warn(secret); raise Warning(secret)"),
    "the hidden input in print": _tells("print(secret); return x - 7"),
    "the hidden input in the type of an answer": _tells("return type(secret, (), {})()"),
    "the hidden input in the name of a function": _tells("f = lambda: 0; f.__name__ = secret; return f"),
    "the expected value in a unit of time": "import numpy as np\n\n\ndef double(x):\n"
    "    return np.zeros(np.shape(x), 'M8[%ds]' % round(2e4 * float(np.ravel(x)[0])))",
    "the hidden input in a dtype": _tells("return np.zeros(1, dtype=[(secret, float)])"),
    "the hidden input in the keys of an answer": _tells("return x").replace("return x", "return {secret: x}")
    + f"\n\ndef quadruple(x):\n    secret = {_LETTERS}\n    return {{secret: x}}",
    "the hidden input in the failing line": _tells(
        "exec(compile('\\n' * int(np.ravel(x)[0] % 7) + 'raise ValueError', '<cell 2>', 'exec'))"
    ),
    "the hidden input as a changed argument": AGENT
    + f"def double(x):\n    secret = {_LETTERS}\n    send(wire.Returned(None, '', [secret]))\n    return x",
    "the hidden input as a place": AGENT
    + f"def double(x):\n    secret = {_LETTERS}\n    send(wire.Raised(['ValueError'], '', secret, secret))\n    return x",
    "the hidden input as a cause": AGENT
    + f"def double(x):\n    secret = {_LETTERS}\n    send(wire.Raised(['ValueError'], '', '', '', secret, secret))\n    return x",
    "the hidden input in the name of a message": AGENT
    + f"def double(x):\n    raw(frame([{_LETTERS}, 1]))\n    return x",
    "the hidden input in the dtype of a message": AGENT
    + f"def double(x):\n    array = sys.modules['autograder.wire.values'].Array({_LETTERS}, [1])\n"
    "    send(wire.Returned(array, '', []))\n    return x",
    "the hidden input in the kind of a container": AGENT
    + f"def double(x):\n    items = sys.modules['autograder.wire.values'].Items({_LETTERS}, [1])\n"
    "    send(wire.Returned(items, '', []))\n    return x",
    "the hidden input remembered for an open test": Attack(_REMEMBER, worth=6.0),
    "the hidden input told by the next definitions": AGENT
    + f"def double(x):\n    secret = {_LETTERS}\n    open('secret', 'w').write(secret)\n    os._exit(0)\n\n\n"
    "def look():\n    raise ValueError(open('secret').read())\n\n\nquadruple = look()",
}
