"""Test cells that put something of their own into a module: a student's code elsewhere would not meet it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.course import load
from autograder.examiner.patching import patching

HEAD = (
    "import builtins\nimport sys\nimport numpy as np\nimport unittest.mock as mock\nfrom unittest.mock import patch\n"
)
HELPER = "def quietly(f):\n    with mock.patch('builtins.print') as p:\n        f()\n    return p"
PATCHES = [
    "with mock.patch('builtins.print') as p:\n    f()\nassert not p.called",
    "with patch('numpy.linalg.inv', side_effect=AssertionError):\n    f()",
    "with patch.object(np, 'dot') as p:\n    f()",
    "with patch.object(np.linalg, 'inv'):\n    f()",
    "@patch('random.random')\ndef test(p):\n    f()\ntest()",
    "old = builtins.sorted\nbuiltins.sorted = lambda *a: 1\nf()\nbuiltins.sorted = old",
    "np.dot: object = None",
    "np.linalg.inv = None",
    "del np.dot",
    "setattr(np, 'dot', None)",
    "from numpy import linalg\nlinalg.inv = None",
    "assert not quietly(f).called",
]
PLAIN = [
    "with mock.patch('sys.stdout') as p:\n    f()",
    "with mock.patch('builtins.input', lambda: '3'):\n    f()",
    "builtins.input = lambda: '3'",
    "sys.stdin = sys.stdout = None",
    "with mock.patch('__main__.helper'):\n    f()",
    "x = f()\nx.name = 3\nassert np.dot(x, x)",
    "import matplotlib.pyplot as plt\nplt.show = lambda: None",
    "np.random.seed(3)",
]


def found(tmp_path: Path, test: str) -> set[str]:
    path = tmp_path / "source" / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    bridge.write_source(path, [("given", "head", HEAD + HELPER), ("answer", "f", "def f(): pass"), ("test", "t", test)])
    (paper,) = load(tmp_path).papers
    return set(patching(paper))


@pytest.mark.parametrize("test", PATCHES)
def test_a_cell_that_sets_something_of_a_module_is_found(tmp_path: Path, test: str) -> None:
    assert found(tmp_path, test) == {"t"}


@pytest.mark.parametrize("test", PLAIN)
def test_what_crosses_by_itself_is_left_alone(tmp_path: Path, test: str) -> None:
    assert found(tmp_path, test) == set()


def test_it_is_said_what_is_set(tmp_path: Path) -> None:
    path = tmp_path / "source" / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True)
    bridge.write_source(path, [("test", "t", PATCHES[0].replace("mock.patch", "patch"))])
    (paper,) = load(tmp_path).papers
    assert patching(paper) == {"t": "it puts its own into builtins.print, which the student's code would not meet"}
