"""A tiny course in which each kind of damage is a student's."""

from __future__ import annotations

import json
from pathlib import Path

from damages import DAMAGES
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge

ANSWER = "def double(x):\n    y = 2 * x\n    return y"


def make_damaged_course(root: Path) -> None:
    """Make the course, with a submission a kind of damage that answers all rightly."""
    make_course(root)
    bridge.generate(root, "hw")
    for damage in DAMAGES:
        notebook = json.loads((root / "release" / "hw" / "hw.ipynb").read_text())
        for cell in notebook["cells"]:
            if cell["metadata"]["nbgrader"]["grade_id"] == "double":
                cell["source"] = ANSWER
        damage(notebook)
        folder = root / "submitted" / damage.__name__ / "hw"
        folder.mkdir(parents=True)
        (folder / "hw.ipynb").write_text(json.dumps(notebook))
