"""What full isolation costs a notebook, beside none, in turns in the same run, on one processor.

Run it from the course folder::

    .venv/bin/python tests/benchmarks/isolation_cost.py [--rounds 30] [--write docs/isolation-cost.md]
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path

from autograder.api import Grader

ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="notebooks of each assignment at each level")
    parser.add_argument("--write", type=Path, help="a file for the table")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    root = Path.cwd()
    lines = ["| assignment | none | full | full / none |", "| --- | ---: | ---: | ---: |"]
    with Grader(root, "none") as none, Grader(root, "full") as full:
        for assignment in ASSIGNMENTS:
            path = root / "source" / assignment / f"{assignment}.ipynb"
            pairs = [(seconds(none, path), seconds(full, path)) for _ in range(arguments.rounds + 1)][1:]
            ratio = statistics.median(isolated / bare for bare, isolated in pairs)
            bare, isolated = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
            lines.append(f"| {assignment} | {bare:.0f} ms | {isolated:.0f} ms | {ratio:.2f} |")
    text = "\n".join(["# What full isolation costs a notebook", "", *lines, "", "Medians of pairs.", ""])
    print(text)
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")


def seconds(grader: Grader, path: Path) -> float:
    started = time.perf_counter()
    grader.score(path)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
