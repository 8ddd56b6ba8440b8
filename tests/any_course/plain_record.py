"""Write down what plain nbgrader gives for every pattern: ``python tests/any_course/plain_record.py [PATTERN…]``."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from any_patterns import NAMES, VARIANTS, write

from autograder import nbgrader_bridge as bridge

MARKS = Path(__file__).parent / "marks.json"
_ASSIGNMENT = "patterns"

Marks = dict[str, dict[str, dict[str, float | None]]]


def plain_marks(root: Path, patterns: tuple[str, ...]) -> Marks:
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


if __name__ == "__main__":
    chosen = tuple(sys.argv[1:]) or NAMES
    known = json.loads(MARKS.read_text(encoding="utf-8")) if MARKS.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        known |= plain_marks(Path(folder), chosen)
    text = json.dumps({name: known[name] for name in NAMES}, indent=1, sort_keys=True)
    MARKS.write_text(text + "\n", encoding="utf-8")
