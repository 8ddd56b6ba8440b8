"""The marks of notebooks in a form that can be compared; also a program, which another Python can run.

``python marks.py NOTEBOOK …`` writes ``{"numpy": version, "marks": {name: …}}`` to standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from autograder.api import Grader
from autograder.notebook import read
from autograder.results import NotebookResult

ROOT = Path(__file__).parents[2]


def told(result: NotebookResult) -> dict[str, Any]:
    """Give all that a student is told but hints: verdicts, points, messages, notices."""
    checks = [
        [function.name, check.grade_id, check.verdict, check.score, check.message]
        for function in result.functions
        for check in function.checks
    ]
    return {"score": result.score, "checks": checks, "notices": list(result.notices)}


def graded(grader: Grader, paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Grade notebooks without a search for the mistakes behind lost marks."""
    return {
        path.name: told(grader.grade(read(path), path.name, path.stem, path.stem.rpartition("-")[0], explain=False))
        for path in paths
    }


if __name__ == "__main__":
    with Grader(ROOT) as opened:
        found = graded(opened, map(Path, sys.argv[1:]))
    json.dump({"numpy": np.__version__, "marks": found}, sys.stdout)
