"""A course with a canary in everything that no candidate may see, and notebooks that attack it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

NUMBER = "72619.28125"
"""The first input of the hidden tests."""
SECRETS = {
    "hidden input": NUMBER,
    "expected value": "145238.5625",
    "hidden test": "canary-hidden-5b1e",
    "reference": "canary-reference-c40d",
    "neighbour": "canary-neighbour-97aa",
    "environment": "canary-environment-e6f2",
    "gradebook": "canary-gradebook-1d83",
    "file": "canary-file-b7c9",
}

REFERENCE = f'''"""Reference, {SECRETS["reference"]}."""


def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


def quadruple(x):
    ### BEGIN SOLUTION
    return {{"value": double(double(x))}}
    ### END SOLUTION


def halves(x, times):
    ### BEGIN SOLUTION
    return [x * 0.5**k for k in range(times)]
    ### END SOLUTION
'''
GIVEN = "import numpy as np\nfrom hw_helpers import half"
HIDDEN = (
    f"# Other numbers.\n### BEGIN HIDDEN TESTS\n# {SECRETS['hidden test']}\n"
    "from autograder import checks\nfrom reference import hw as reference\n{}\n### END HIDDEN TESTS"
)
EXPECTED = SECRETS["expected value"]
TESTS = {
    "double": {
        "shown": (1, "np.testing.assert_allclose(double(np.array([1.0, 2.0])), [2.0, 4.0])"),
        "hidden": (
            3,
            HIDDEN.format(
                f"x = np.array([{NUMBER}, -3.5])\nanswer = checks.untouched(double, x)\n"
                "checks.close(answer, reference.double(x))"
            ),
        ),
        "partial": (
            2,
            HIDDEN.format(f"points = 0.0\nif double(np.array([{NUMBER}]))[0] == {EXPECTED}:\n    points = 2.0\npoints"),
        ),
    },
    "quadruple": {
        "shown": (1, "assert quadruple(1.0)['value'] == 4.0"),
        "hidden": (
            2,
            HIDDEN.format(
                f"answer = checks.injected(quadruple, double=lambda x: x + 1.5)({NUMBER})\n"
                f"checks.close(checks.mapping(answer, ['value'])['value'], {NUMBER} + 3.0)"
            ),
        ),
    },
    "halves": {"shown": (1, "assert halves(4.0, 2) == [4.0, 2.0]")},
}
POINTS = sum(points for tests in TESTS.values() for points, _ in tests.values())
WRONG = {
    "double": "def double(x):\n    return x - 7",
    "quadruple": "def quadruple(x):\n    return {'value': None}",
    "halves": "def halves(x, times):\n    return None",
}
RIGHT = {
    "double": "def double(x):\n    return x + x",
    "quadruple": "def quadruple(x):\n    return {'value': double(double(x))}",
    "halves": "def halves(x, times):\n    return [x * 0.5**k for k in range(times)]",
}
# What an honest answer does here takes a millisecond; many attacks take all that there is, in six test cells.
TIMES = "seconds_per_call = 0.5\nseconds_per_cell = 2\nseconds_to_define = 1\n"
SETTINGS = f"[limits]\n{TIMES}memory_mb = 600\nfile_mb = 4\n"
OURS = "from autograder.nbgrader_bridge import configure\n\nc = get_config()\nconfigure(c)\n"
PLAIN = "c = get_config()\nc.Execute.timeout = 20\n"


@dataclass(frozen=True)
class Attack:
    """One attack: an answer, a change of the notebook, files beside it, or several of these.

    Parameters
    ----------
    code : str
        The answer; what it leaves undefined is answered wrongly. ``@ROOT@`` and ``@OUTSIDE@`` stand for the course
        folder and for a folder outside it.
    change : callable
        Changes the submitted notebook.
    files : dict of str to str
        What lies beside the notebook.
    worth : float
        What the same wrong answer earns without the attack.
    student : str
        Who hands it in, where the name is the attack.
    """

    code: str = ""
    change: Callable[[NotebookNode], None] = lambda _: None
    files: dict[str, str] = field(default_factory=dict)
    worth: float = 0.0
    student: str = ""


def submission(attack: Attack, places: dict[str, Path]) -> NotebookNode:
    """Give the released notebook with the attack in it."""
    code = attack.code
    for name, path in places.items():
        code = code.replace(f"@{name}@", str(path))
    missing = [text for name, text in WRONG.items() if f"def {name}(" not in code and f"{name} = " not in code]
    notebook = released("\n\n\n".join([code, *missing]).strip())
    attack.change(notebook)
    return notebook


def released(answer: str) -> NotebookNode:
    """Give what a student hands in: both answers in the first answer's cell, and no hidden test."""
    notebook = source_notebook()
    for cell in notebook.cells:
        cell.source = re.sub(r"### BEGIN HIDDEN.*END HIDDEN TESTS", "", cell.source, flags=re.DOTALL)
        if cell.metadata.nbgrader.solution:
            cell.source = answer if cell.metadata.nbgrader.grade_id == "double" else ""
    return notebook


def honest() -> NotebookNode:
    """Give a right submission."""
    return released("\n\n\n".join(RIGHT.values()))


def source_notebook() -> NotebookNode:
    """Give the instructor's notebook."""
    cells = [_cell(GIVEN, "given_imports", locked=True)]
    for name, tests in TESTS.items():
        stub = f"def {name}(*args):\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"
        cells.append(_cell(stub, name, solution=True))
        cells += [
            _cell(text, f"test_{name}_{aspect}", locked=True, grade=True, points=points)
            for aspect, (points, text) in tests.items()
        ]
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec})


def _cell(source: str, grade_id: str, **about: Any) -> NotebookNode:
    marks = {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False, "locked": False, **about}
    return new_code_cell(source, id=grade_id.replace("_", "-"), metadata={"nbgrader": marks})


def make_course(root: Path, config: str = OURS) -> None:
    """Write the course folder, with an honest neighbour in it."""
    for folder in ("source/hw", "reference", "submitted/neighbour/hw"):
        (root / folder).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(config)
    (root / "course.toml").write_text(SETTINGS)
    (root / "reference" / "__init__.py").write_text("")
    (root / "reference" / "hw.py").write_text(REFERENCE)
    (root / "source" / "hw" / "hw_helpers.py").write_text("def half(x):\n    return x / 2\n")
    nbformat.write(source_notebook(), root / "source" / "hw" / "hw.ipynb")
    neighbour = honest()
    neighbour.cells.append(new_code_cell(f"# {SECRETS['neighbour']}", id="mine", metadata={}))
    nbformat.write(neighbour, root / "submitted" / "neighbour" / "hw" / "hw.ipynb")


def leaks(text: str, secrets: Mapping[str, str] = SECRETS) -> list[str]:
    """Name the secrets that a text shows, in plain or in one of the disguises that the attacks use."""
    squeezed = _squeezed(text)
    return [name for name, secret in secrets.items() if any(_squeezed(form) in squeezed for form in _forms(secret))]


def _forms(secret: str) -> list[str]:
    raw = secret.encode()
    letters = secret.translate(str.maketrans("0123456789", "abcdefghij"))
    return [secret, secret[::-1], letters, raw.hex(), base64.b64encode(raw).decode().rstrip("=")]


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
