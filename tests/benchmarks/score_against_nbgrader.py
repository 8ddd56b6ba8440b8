"""Time `autograder score` beside `nbgrader autograde`, on the same notebooks, in the same run, on one processor.

Run it from the course folder::

    .venv/bin/python tests/benchmarks/score_against_nbgrader.py [--students 60] [--write docs/benchmarks.md]

Both grade the reference's answers, once as students hand them in, with the training cells of the homework, and once
without these: then what is left is the overhead of grading itself. nbgrader takes minutes for the former, so that
batch is smaller.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "benchmark"\nc.ExecutePreprocessor.timeout = 120\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=60, help="notebooks in the batch without training cells")
    parser.add_argument("--training", type=int, default=6, help="notebooks in the batch with training cells")
    parser.add_argument("--write", type=Path, help="a file for the table")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    root = Path.cwd()
    tables = ["# `autograder score` beside `nbgrader autograde`, on one processor", ""]
    for count, training in ((arguments.students, False), (arguments.training, True)):
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            course = make_course(root, Path(folder) / "course", training=training)
            tables += [f"## {'With' if training else 'Without'} training cells", ""]
            tables += [*measure(root, course, submit(course, count)), ""]
    machine = f"{platform.machine()}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    text = "\n".join([*tables, f"Machine: {machine}; one of {os.cpu_count()} processors.", ""])
    print(text)
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")


def make_course(root: Path, course: Path, *, training: bool) -> Path:
    """Copy the course, with or without its training cells, and let nbgrader generate the assignments."""
    for part in ("source", "reference"):
        shutil.copytree(root / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
    (course / "nbgrader_config.py").write_text(CONFIG)
    for assignment in ASSIGNMENTS:
        path = course / "source" / assignment / f"{assignment}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        if not training:
            notebook.cells = [c for c in notebook.cells if c.cell_type != "code" or "nbgrader" in c.metadata]
            nbformat.write(notebook, path)
        run(course, script("nbgrader"), "generate_assignment", assignment)
    return course


def submit(course: Path, students: int) -> list[Path]:
    """Hand in the reference's answers, the assignments in turn."""
    paths = []
    for number in range(students):
        assignment = ASSIGNMENTS[number % len(ASSIGNMENTS)]
        release = course / "release" / assignment
        target = course / "submitted" / f"student{number:03}" / assignment
        shutil.copytree(release, target)
        path = target / f"{assignment}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        source = nbformat.read(course / "source" / assignment / f"{assignment}.ipynb", as_version=4)
        answers = {c.metadata.nbgrader.grade_id: c.source for c in source.cells if "nbgrader" in c.metadata}
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = answers[cell.metadata.nbgrader.grade_id]
        nbformat.write(notebook, path)
        paths.append(path)
    return paths


def measure(root: Path, course: Path, notebooks: list[Path]) -> list[str]:
    """Time both, and give the table's lines."""
    one = seconds(root, script("autograder"), "score", notebooks[0], "--json", course / "one.jsonl")
    batch = seconds(root, script("autograder"), "score", *notebooks, "--jobs", "1", "--json", course / "all.jsonl")
    theirs = sum(seconds(course, script("nbgrader"), "autograde", name) for name in ASSIGNMENTS)
    count = len(notebooks)
    return [
        "| what | time |",
        "| --- | ---: |",
        f"| `autograder score`, one notebook from cold | {one:.3f} s |",
        f"| `autograder score`, a notebook in a batch of {count} | {batch / count:.3f} s |",
        f"| `nbgrader autograde`, a notebook in a batch of {count} | {theirs / count:.3f} s |",
        f"| ratio a notebook in the batch | {theirs / batch:.0f} |",
    ]


def script(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def seconds(folder: Path, *command: object) -> float:
    started = time.perf_counter()
    run(folder, *command)
    return time.perf_counter() - started


def run(folder: Path, *command: object) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr[-2000:]}")


if __name__ == "__main__":
    main()
