"""What legacy notebooks do beside their answers costs the answers nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.api import Grader
from autograder.nbgrader_bridge import write_source
from autograder.notebook import parse_document
from autograder.results import NotebookResult

ROOT = Path(__file__).parents[2]
HE = """
def initialize_parameters_he(layers_dims):
    parameters = {}
    np.random.seed(3)
    for l in range(1, len(layers_dims)):
        scale = np.sqrt(2. / layers_dims[l - 1])
        parameters['W' + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters['b' + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(ROOT) as grader:
        yield grader


def score(grader: Grader, *cells: str) -> NotebookResult:
    document = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    return grader.grade(parse_document(json.dumps(document).encode()), "hw", "hw", "initialization")


RIGHT = {
    "modules that are not there": (
        "import numpy as np\nfrom testCases_v3 import *\nfrom dlai_tools import x\nimport google.colab",
        "from public_tests import *\nfrom test_utils import single_test",
        HE,
    ),
    "a mounted drive": ("from google.colab import drive\ndrive.mount('/content/drive')\nimport numpy as np", HE),
    "magics": ("%load_ext autoreload\n%autoreload 2\n%matplotlib inline\n!pip install numpy\nimport numpy as np", HE),
    "one cell": ("import numpy as np\n" + HE + "\nparameters = initialize_parameters_he([2, 4, 1])\nmodel(1, 2)",),
    "an unfinished neighbour": ("import numpy as np\n" + HE + "\ndef initialize_parameters_zeros(dims):\n    W = ",),
    "defined twice, the last is right": ("import numpy as np", HE.replace("2. /", "1. /"), HE),
    "Python 2": (
        "import numpy as np",
        HE.replace("    return", "    print 'shape', parameters['W1'].shape\n    return"),
    ),
    "words of Python 2": ("import numpy as np", HE.replace("range", "xrange")),
    "methods of Python 2": (
        "import numpy as np",
        HE.replace("    return", "    for k, v in parameters.iteritems():\n        print ('%s') % k\n    return"),
    ),
    "non-ASCII": ("# 导入\nimport numpy as np", "# 初始化\n" + HE.replace("scale", "größe")),
    "a global constant": ("import numpy as np", "ZWEI = {}", "ZWEI['n'] = 2.", HE.replace("2. /", "ZWEI['n'] /")),
    "a global that a function sets": (
        "import numpy as np\ndef setup():\n    global TWO\n    TWO = 2.",
        "setup()",
        HE.replace("2. /", "TWO /"),
    ),
    "a generator that is started": (
        "def give():\n    wanted = yield\n    while True:\n        wanted = yield 2.\ntwos = give()",
        "next(twos)",
        "import numpy as np",
        HE.replace("2. /", "twos.send(1) /"),
    ),
    "a sum over an array of one": (
        "import math\nimport numpy as np",
        HE.replace("2. /", "math.fsum(np.array([2.])) /"),
    ),
    "its result under its own name": (
        "import numpy as np",
        HE,
        "initialize_parameters_he = initialize_parameters_he([2, 4, 1])",
    ),
    "sys.exit": ("import sys\nsys.exit()\nimport numpy as np", HE),
    "no import of NumPy": (HE,),
}


@pytest.mark.parametrize("cells", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_stays_right(grader: Grader, cells: tuple[str, ...]) -> None:
    verdicts = {function.name: function.verdict for function in score(grader, *cells).functions}
    assert verdicts["initialize_parameters_he"] == "passed"


@pytest.mark.parametrize("name", ["initialize_parameter_he", "initialise_parameters_he", "Initialize_Parameters_he"])
def test_a_misspelt_name_is_told_with_the_nearest(grader: Grader, name: str) -> None:
    function = score(grader, "import numpy as np", HE.replace("initialize_parameters_he", name)).functions[-1]
    assert function.verdict == "missing"
    assert f"It defines {name}: is that it, misspelt?" in function.checks[0].message


def test_words_of_python_2_are_told(grader: Grader) -> None:
    notices = score(grader, "import numpy as np", HE.replace("range", "xrange"), "print 'done'").notices
    assert any("xrange of Python 2" in notice for notice in notices)
    assert any("statements of Python 2" in notice for notice in notices)


@pytest.mark.slow
def test_a_needed_loop_without_an_end_costs_only_itself(grader: Grader) -> None:
    cells = "import numpy as np\nTWO = 2.", "while True:\n    TWO = 2.", HE.replace("2. /", "TWO /")
    assert score(grader, *cells).functions[-1].verdict == "passed"


@pytest.mark.parametrize(
    ("code", "told"), [("np.ptp(x)", []), ("x.ptp()", ["a.ptp()"]), ("np.float_(4)", ["np.float_"])]
)
def test_numpy_is_known_that_a_cell_of_the_instructors_imports(tmp_path: Path, code: str, told: list[str]) -> None:
    source = tmp_path / "source" / "hw" / "hw.ipynb"
    source.parent.mkdir(parents=True)
    cells = [("given", "imports", "import numpy as np"), ("answer", "spread", f"def spread(x): return {code}")]
    write_source(source, [*cells, ("test", "test_spread", "assert spread(np.array([1, 5])) == 4")])
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text("def spread(x): return max(x) - min(x)\n")
    with Grader(tmp_path) as grader:
        result = grader.grade(parse_document(source.read_bytes()), "hw", "hw", "hw")
    assert result.score == 1
    assert [notice.split(",")[0] for notice in result.notices] == [f"It uses {word}" for word in told]
