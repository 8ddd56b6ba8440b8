"""Notebooks that students hand in for the toy course."""

from __future__ import annotations

import json
from pathlib import Path

from toy_course import answers


def notebook(source: str) -> str:
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]})


# A loop is among the mistakes: it costs its own function only.
WRONG = answers(double="def double(x):\n    return 3 * x", noise="def noise(n):\n    while True:\n        pass")
SUBMISSIONS = {
    "right": notebook(f"import numpy as np\n\n{answers()}"),
    "wrong": notebook(f"import numpy as np\n\n{WRONG}"),
    "broken": "no notebook at all",
}


def hand_in(kind: str, folder: Path) -> None:
    """Put a submission into a folder, in the place of an earlier one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_text(SUBMISSIONS[kind], encoding="utf-8")
