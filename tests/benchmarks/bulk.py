"""Time `autograder grade` beside `nbgrader autograde`, on the same notebooks, on the same machine, in the same run.

Run it from the course folder, on a quiet machine; the parts can be run one by one::

    .venv/bin/python tests/benchmarks/bulk.py [PART…] [--notebooks 240] [--sizes 100 1000 10000] [--write FILE]

speed
    Notebooks a second on two cores, all assignments mixed, full isolation, the gradebook written.
ratio
    A notebook of that batch beside one of `nbgrader autograde`, with and without the training cells of the homework.
cold
    One notebook, from the start of the command to its end, beside nbgrader.
floor
    A notebook in one process beside the bare arithmetic of its checks: the test cells on the reference's own functions.
bound
    What no grader can go below that does these checks and forks once for a test cell: the floor and bare forks, in
    processor time.
size
    Classes of several sizes with a small assignment: time a submission, and the driver's peak memory.
cluster
    Two workers of a Dask cluster beside one.

All students hand in the reference's answers. nbgrader takes seconds a notebook, so it grades the first few only.
"""

from __future__ import annotations

import argparse
import functools
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import numpy as np

from autograder.api import Grader
from autograder.course import Paper
from autograder.examiner import Reference, Rehearsal

ASSIGNMENTS = ("initialization", "regularization", "gradient_checking")
CONFIG = """
c = get_config()
if {ours}:
    from autograder.nbgrader_bridge import configure

    configure(c)
c.CourseDirectory.course_id = "benchmark"
c.ExecutePreprocessor.timeout = 120
"""
SMALL = "small"
FORKING = Path(__file__).with_name("bare_fork.py")
ROUNDS = 20
POLL_SECONDS = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", default=list(PARTS), help=", ".join(PARTS))
    parser.add_argument("--notebooks", type=int, default=240, help="in a batch of ours")
    parser.add_argument("--theirs", type=int, default=12, help="of the batch that nbgrader grades, too")
    parser.add_argument("--training", type=int, default=6, help="of those with training cells")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000], help="of the classes")
    parser.add_argument("--write", type=Path, help="a file for the report")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - PARTS.keys()
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    report = f"# Speed\n\nMeasured on {machine()}.\n"
    print(report)
    for part in arguments.parts:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            found = "\n".join([*PARTS[part](Path.cwd(), Path(folder), arguments), ""])
        print(found, flush=True)
        report += f"\n{found}"
    if arguments.write:
        arguments.write.write_text(report, encoding="utf-8")


def speed(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    course = make_course(root, folder / "course")
    hand_in(course, arguments.notebooks)
    seconds, _ = timed(course, *grading("--jobs", "2", "--isolation", "full"))
    return table(
        "A course at a time",
        ("what", "figure"),
        ("notebooks, the assignments mixed", arguments.notebooks),
        ("`autograder grade --jobs 2 --isolation full`", f"{seconds:.1f} s"),
        ("notebooks a second", f"{arguments.notebooks / seconds:.1f}"),
    )


def ratio(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    rows = []
    for what, training, count in (("without", False, arguments.theirs), ("with", True, arguments.training)):
        course = make_course(root, folder / what / "ours", training=training)
        hand_in(course, arguments.notebooks)
        ours = timed(course, *grading("--jobs", "2", "--isolation", "full"))[0] / arguments.notebooks
        other = make_course(root, folder / what / "theirs", training=training, ours=False)
        hand_in(other, count)
        theirs = sum(timed(other, script("nbgrader"), "autograde", name)[0] for name in ASSIGNMENTS) / count
        rows.append((f"{what} training cells", f"{ours:.3f} s", f"{theirs:.3f} s", f"{theirs / ours:.0f}"))
    return table("A notebook in a batch, beside nbgrader", ("notebooks", "autograder", "nbgrader", "ratio"), *rows)


def cold(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    del arguments
    rows = []
    for name in ASSIGNMENTS:
        course = make_course(root, folder / name / "ours", (name,))
        other = make_course(root, folder / name / "theirs", (name,), ours=False)
        path = hand_in(course, 1, (name,))[0]
        hand_in(other, 1, (name,))
        ours = min(timed(course, script("autograder"), "score", path)[0] for _ in range(3))
        theirs = timed(other, script("nbgrader"), "autograde", name)[0]
        rows.append((name, f"{ours:.2f} s", f"{theirs:.2f} s", f"{ours / theirs:.2f}"))
    return table("One notebook from cold", ("assignment", "`autograder score`", "`nbgrader autograde`", "share"), *rows)


def floor(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    del folder, arguments
    rows = []
    with Grader(root, "full") as grader:
        for name in ASSIGNMENTS:
            ours, bare = beside_the_floor(grader, root / "source" / name / f"{name}.ipynb", name)
            rows.append((name, f"{1000 * ours:.0f} ms", f"{1000 * bare:.0f} ms", f"{ours / bare:.1f}"))
    columns = ("assignment", "graded, in one process", "bare arithmetic of the checks", "ratio")
    return table("Distance to the floor", columns, *rows)


def bound(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    del folder, arguments
    done = subprocess.run([sys.executable, FORKING], check=True, capture_output=True, text=True)
    fork = float(done.stdout)
    rows, sums = [], []
    with Grader(root, "full") as grader:
        for name in ASSIGNMENTS:
            paper = paper_of(grader, name)
            with grader.examiner(paper).rehearsing() as (reference, rehearsal):
                judged = functools.partial(all_judged, paper, reference, rehearsal)
                bare = 1000 * median(judged, time.process_time)
            cells = sum(len(function.tests) for function in paper.functions)
            sums.append(bare + cells * fork)
            rows.append((name, f"{bare:.0f} ms", f"{cells} of {fork:.2f} ms", f"{sums[-1]:.0f} ms"))
    mean = statistics.mean(sums)
    rows.append(("mean: two cores do", "", f"{2000 / mean:.0f} a second", f"{mean:.0f} ms"))
    return table("What bounds it, in processor time", ("assignment", "bare arithmetic", "bare forks", "sum"), *rows)


def beside_the_floor(grader: Grader, path: Path, name: str) -> tuple[float, float]:
    paper = paper_of(grader, name)
    ours = median(lambda: grader.score(path, name))
    with grader.examiner(paper).rehearsing() as (reference, rehearsal):
        return ours, median(functools.partial(all_judged, paper, reference, rehearsal))


def paper_of(grader: Grader, name: str) -> Paper:
    return next(paper for paper in grader.course.papers_of(name) if paper.name == name)


def all_judged(paper: Paper, reference: Reference, rehearsal: Rehearsal) -> None:
    for function in paper.functions:
        rehearsal.judge(function, reference.answers[function.name])


def size(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    del root
    rows = []
    for count in arguments.sizes:
        course = make_small_course(folder / str(count))
        hand_in(course, count, (SMALL,))
        seconds, memory = timed(course, script("autograder"), "grade", SMALL, "--jobs", "2", "--isolation", "full")
        rows.append((f"{count:,}", f"{seconds:.1f} s", f"{1000 * seconds / count:.1f} ms", f"{memory / 1024:.0f} MB"))
    return table("Classes of several sizes", ("submissions", "time", "a submission", "driver's peak memory"), *rows)


def cluster(root: Path, folder: Path, arguments: argparse.Namespace) -> list[str]:
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    rates = {}
    for workers in (1, 2):
        course = make_course(root, folder / str(workers))
        hand_in(course, arguments.notebooks)
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as dask:
            seconds, _ = timed(course, *grading("--cluster", dask.scheduler_address, "--isolation", "full"))
        rates[workers] = arguments.notebooks / seconds
    rows = [(workers, f"{rate:.1f}", f"{rate / rates[1]:.2f}") for workers, rate in rates.items()]
    return table("Workers of a Dask cluster", ("workers", "notebooks a second", "times one worker"), *rows)


PARTS = {"speed": speed, "ratio": ratio, "cold": cold, "floor": floor, "bound": bound, "size": size, "cluster": cluster}


def make_course(
    root: Path, course: Path, assignments: Sequence[str] = ASSIGNMENTS, *, training: bool = False, ours: bool = True
) -> Path:
    """Copy the course, with or without its training cells, and let nbgrader generate the assignments."""
    for part in ("source", "reference"):
        shutil.copytree(root / part, course / part, ignore=shutil.ignore_patterns("__pycache__"))
    (course / "nbgrader_config.py").write_text(CONFIG.format(ours=ours))
    for assignment in assignments:
        path = course / "source" / assignment / f"{assignment}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        if not training:
            notebook.cells = [c for c in notebook.cells if c.cell_type != "code" or "nbgrader" in c.metadata]
            nbformat.write(notebook, path)
        timed(course, script("nbgrader"), "generate_assignment", assignment)
    return course


def make_small_course(course: Path) -> Path:
    """Write a course whose one assignment has one function and one test cell."""
    folder = course / "source" / SMALL
    folder.mkdir(parents=True)
    (course / "nbgrader_config.py").write_text(CONFIG.format(ours=True))
    marks = {"schema_version": 3, "task": False}
    answer = nbformat.v4.new_code_cell("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION")
    answer.metadata.nbgrader = {**marks, "grade_id": "double", "grade": False, "solution": True, "locked": False}
    test = nbformat.v4.new_code_cell("assert double(2) == 4")
    test.metadata.nbgrader = {
        **marks,
        "grade_id": "test",
        "grade": True,
        "solution": False,
        "locked": True,
        "points": 1,
    }
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(cells=[answer, test], metadata={"kernelspec": kernelspec})
    nbformat.write(notebook, folder / f"{SMALL}.ipynb")
    timed(course, script("nbgrader"), "generate_assignment", SMALL)
    return course


def hand_in(course: Path, count: int, assignments: Sequence[str] = ASSIGNMENTS) -> list[Path]:
    """Hand in the reference's answers, the assignments in turn."""
    texts = {name: answered(course, name) for name in assignments}
    paths = []
    for number in range(count):
        assignment = assignments[number % len(assignments)]
        path = course / "submitted" / f"student{number:05}" / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(texts[assignment], encoding="utf-8")
        for helper in (course / "release" / assignment).glob("*.py"):
            shutil.copy(helper, path.parent)
        paths.append(path)
    return paths


def answered(course: Path, assignment: str) -> str:
    """Give the released notebook with the source's answers in it."""
    notebook, source = (
        nbformat.read(course / part / assignment / f"{assignment}.ipynb", as_version=4)
        for part in ("release", "source")
    )
    answers = {c.metadata.nbgrader.grade_id: c.source for c in source.cells if "nbgrader" in c.metadata}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.metadata.nbgrader.grade_id]
    return nbformat.writes(notebook)


def grading(*options: str) -> tuple[object, ...]:
    return script("autograder"), "grade", *ASSIGNMENTS, *options


def timed(folder: Path, *command: object) -> tuple[float, int]:
    """Run a command; give its seconds, and the peak memory of its first process in kilobytes."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(folder)}
    memory, started = 0, time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(
            [str(part) for part in command], cwd=folder, env=environment, stdout=output, stderr=output, text=True
        ) as process,
    ):
        while process.poll() is None:
            memory = max(memory, peak_of(process.pid))
            time.sleep(POLL_SECONDS)
        seconds = time.perf_counter() - started
        if process.returncode:
            output.seek(0)
            raise SystemExit(f"{command[0]} failed:\n{output.read()[-2000:]}")
    return seconds, memory


def peak_of(pid: int) -> int:
    """Give the peak memory of a process so far, as the kernel keeps it; nothing where there is no such file."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def median(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    times = []
    for _ in range(ROUNDS + 1):
        started = clock()
        run()
        times.append(clock() - started)
    # Without the first, which fills what is remembered.
    return statistics.median(times[1:])


def table(title: str, columns: tuple[str, ...], *rows: tuple[object, ...]) -> list[str]:
    rule = "| --- |" + " ---: |" * (len(columns) - 1)
    return [f"## {title}", "", line(columns), rule, *map(line, rows)]


def line(parts: tuple[object, ...]) -> str:
    return f"| {' | '.join(map(str, parts))} |"


def script(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def machine() -> str:
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [one.split(":")[1].strip() for one in info.read_text().splitlines() if one.startswith("model name")]
        processor = names[0] if names else processor
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return (
        f"{os.cpu_count()} cores of {processor}, {system}, Python {platform.python_version()}, NumPy {np.__version__}"
    )


if __name__ == "__main__":
    main()
