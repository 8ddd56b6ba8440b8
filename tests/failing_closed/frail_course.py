"""A course whose test cells can break the grader while it grades, and answers to it."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_notebook
from toy_course import code

from autograder.results import CheckResult, NotebookResult

REFERENCE = """
def double(x):
    return 2 * x


def triple(x):
    return 3 * x
"""


def running(pid: int) -> bool:
    """Tell whether a process can still do anything; one that has ended may wait long to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def children(process: int | str) -> list[int]:
    """Give the processes that a process has started, of those that have not ended."""
    lists = [(task / "children").read_text() for task in Path(f"/proc/{process}/task").iterdir()]
    return [int(child) for text in lists for child in text.split()]


def fork_servers() -> list[int]:
    """Give the fork-servers of this process."""
    found = children("self")
    return [pid for pid in found if b"autograder.sandbox.server" in Path(f"/proc/{pid}/cmdline").read_bytes()]


# A trusted module of the test cells. It does harm where a file of the harm's name says how often.
HARM = """
import os
import signal
import time
from pathlib import Path

FOLDER = Path(__file__).parent


def due(name):
    order = FOLDER / name
    left = int(order.read_text()) if order.exists() else 0
    if left:
        order.write_text(str(left - 1))
    return left > 0


def fill():
    with open("/dev/full", "w") as file:
        file.write("no room")


def kill(pids, others=()):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    # The kernel ends them a moment later; until then they could still answer.
    while any(map(running, [*pids, *others])):
        time.sleep(0.001)


def kill_server():
    found = fork_servers()
    kill(found, [candidate for server in found for candidate in children(server)])


def kill_candidate():
    kill([candidate for server in fork_servers() for candidate in children(server)])


"""
HARM += "\n\n".join(map(inspect.getsource, (running, children, fork_servers)))
TESTS = {
    "double": {
        "between": (
            "from harm import due, kill_server\n"
            "try:\n    assert double(1) == 2\nfinally:\n    if due('between'): kill_server()"
        ),
        "before": "if due('before'): kill_server()\nassert double(2) == 4",
        # When a test cell has hardly any of its 5 + 1 seconds left.
        "late": (
            "import time\nfirst = double(2)\n"
            "if due('late'):\n    time.sleep(5.8)\n    kill_server()\nassert first == double(2)"
        ),
        "amid": "first = double(2)\nif due('amid'): kill_server()\nassert first == double(2)",
    },
    "triple": {
        "plain": "assert triple(2) == 6",
        "again": "from harm import due, fill\nif due('full'): fill()\nassert triple(3) == 9",
    },
}
POINTS = 2.0
FULL = POINTS * sum(map(len, TESTS.values()))
RIGHT = "def double(x):\n    return x + x\n\n\ndef triple(x):\n    return x + x + x"
CONFIG = "from autograder.nbgrader_bridge import configure\n\nconfigure(get_config())\n"
Tests = dict[str, dict[str, str]]


def make_course(root: Path, extra: Tests | None = None) -> Path:
    """Write the course folder, with more test cells for a function where they are given."""
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").write_text("")
    (root / "reference" / "hw.py").write_text(REFERENCE)
    (root / "source" / "hw" / "harm.py").write_text(HARM)
    (root / "nbgrader_config.py").write_text(CONFIG)
    (root / "course.toml").write_text("[limits]\nseconds_per_call = 2\nseconds_per_cell = 5\nmemory_mb = 600\n")
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    notebook = new_notebook(cells=_cells(extra or {}), metadata={"kernelspec": kernelspec})
    nbformat.write(notebook, root / "source" / "hw" / "hw.ipynb")
    return root


def _cells(extra: Tests) -> list[nbformat.NotebookNode]:
    cells = [code("import numpy as np", grade=False, solution=False, locked=True, grade_id="given")]
    for name, tests in TESTS.items():
        stub = f"def {name}(x):\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION"
        cells.append(code(stub, grade=False, solution=True, locked=False, grade_id=name))
        for aspect, source in {**tests, **extra.get(name, {})}.items():
            marks = {"grade": True, "solution": False, "locked": True, "points": POINTS}
            cells.append(code(source, grade_id=f"{name}_{aspect}", **marks))
    return cells


def write_answer(path: Path, answer: str) -> Path:
    """Write a submission: the source notebook with both answers in the first answer's cell."""
    source = Path(path.parents[3], "source", "hw", "hw.ipynb") if "submitted" in path.parts else None
    notebook = nbformat.read(source, as_version=4) if source else new_notebook(cells=[code(answer)])
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answer if cell.metadata.nbgrader.grade_id == "double" else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def order(root: Path, harm: str, times: int) -> None:
    """Order a harm of the next test cells that can do it."""
    (root / "source" / "hw" / harm).write_text(str(times))


def checks_of(result: NotebookResult) -> dict[str, CheckResult]:
    return {check.grade_id: check for function in result.functions for check in function.checks}


def autograder(root: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line in a course."""
    command = [Path(sys.executable).with_name("autograder"), *arguments, "--course", root]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, **options)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read what `score --json` wrote."""
    return [json.loads(line) for line in path.read_text().splitlines()]
