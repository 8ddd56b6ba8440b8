"""Hands in wrong answers that tell all they are asked, and reads all that comes of it.

The tests hand in a few of them; after a change of what students are told, run it from the course folder with all::

    export PYTHONPATH=tests/hostile:tests/nbgrader_bridge:tests/release
    .venv/bin/python tests/leaks/whole.py initialization [--every N]
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

import msgspec
import nbformat
from canary_course import make_canary_course
from entering import write_grades
from readers import texts
from thieves import corpus, handed_in

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.api.records import keep
from autograder.notebook import parse_document

# Markup of the thieves' own, and control characters.
_LIVE = re.compile(r"<script>\(|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def raid(folder: Path, assignment: str, every: int) -> tuple[int, list[str]]:
    """Grade telling wrong answers by `score` and by the gradebook.

    Parameters
    ----------
    folder : Path
        An empty one.
    assignment : str
    every : int
        Take one of so many mutants.

    Returns
    -------
    handed_in : int
        How many submissions there were.
    told : list of str
        Who reads which secret where; and text that is more than text.
    """
    root = folder / "course"
    secrets = make_canary_course(root, assignment)
    results = {}
    with Grader(root) as grader:
        (paper,) = grader.course.papers_of(assignment)
        for number, answers in enumerate(corpus(paper, every)):
            student = f"student-{number}"
            released = nbformat.read(root / "release" / assignment / f"{assignment}.ipynb", as_version=4)
            path = root / "submitted" / student / assignment / f"{assignment}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(handed_in(released, answers), encoding="utf-8")
            results[student, assignment] = grader.grade(parse_document(path.read_bytes()), "", assignment, assignment)
    write_grades(root, assignment, results)
    keep(root, assignment, results)
    bridge.generate_feedback(root, assignment)
    read = [(student, "score", msgspec.json.encode(result).decode()) for (student, _), result in results.items()]
    told = []
    for student, place, text in (*read, *texts(root, assignment, folder)):
        told += [f"{student} {place}: {secret}" for secret in secrets.shown(text)]
        told += [f"{student} {place}: markup or control" for _ in _LIVE.findall(text)]
    return len(results), told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        count, told = raid(Path(folder), options.assignment, options.every)
    summary = f"{count} notebooks of {options.assignment}, {len(told)} leaks"
    sys.stdout.write("\n".join([*told, summary]) + "\n")
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
