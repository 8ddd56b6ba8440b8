"""Write down what plain nbgrader gives for every pattern: ``python tests/any_course/plain_record.py [PATTERN…]``.

Beside the marks stands of which text, and of which versions, they are: a record of others is no record.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from any_patterns import FOLDER, NAMES, VARIANTS, write

from autograder import nbgrader_bridge as bridge

RECORD = Path(__file__).parent / "marks.json"
_ASSIGNMENT = "patterns"
# What has a say in the marks of plain nbgrader, beside the pattern.
_PACKAGES = ("ipykernel", "matplotlib", "nbclient", "nbgrader", "numpy", "pandas", "scikit-learn")

Marks = dict[str, dict[str, float | None]]


def plain_marks(root: Path, patterns: tuple[str, ...]) -> dict[str, Marks]:
    """Grade all variants of some patterns with plain nbgrader: for each pattern and variant the score of each test."""
    bridge.make_plain_course(root)
    for pattern in patterns:
        write(pattern, root / "source" / _ASSIGNMENT)
        for variant in VARIANTS:
            write(pattern, root / "submitted" / variant / _ASSIGNMENT, variant)
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    bridge.generate_plain(root, _ASSIGNMENT)
    given = {variant: bridge.plain_marks(root, _ASSIGNMENT, variant) for variant in VARIANTS}
    return {pattern: {variant: given[variant][pattern] for variant in VARIANTS} for pattern in patterns}


def basis(pattern: str) -> dict[str, str]:
    """Tell what the marks of a pattern are of: its text, and the versions of what has a say in them."""
    text = hashlib.sha256((FOLDER / f"{pattern}.cells").read_bytes()).hexdigest()
    return {"text": text, **{name: version(name) for name in _PACKAGES}}


def known() -> dict[str, Any]:
    """Give the record: by pattern its ``marks`` and their ``basis``."""
    record: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


if __name__ == "__main__":
    chosen = tuple(sys.argv[1:]) or NAMES
    record = known() if RECORD.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        for name, marks in plain_marks(Path(folder), chosen).items():
            record[name] = {"basis": basis(name), "marks": marks}
    text = json.dumps({name: record[name] for name in NAMES}, indent=1, sort_keys=True)
    RECORD.write_text(text + "\n", encoding="utf-8")
