"""One notebook's own solution, in plain nbgrader and in ours."""

from __future__ import annotations

import ast
import dataclasses
import functools
import importlib.util
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.adoption.advice import advice
from autograder.adoption.comparing import ASSIGNMENT, Why, compared, of_the_course
from autograder.adoption.folders import Found, configuration_of, outdated
from autograder.adoption.magics import told_of_magics, written_modules
from autograder.adoption.patience import patience_of, with_patience
from autograder.adoption.records import Adopted, Unadoptable
from autograder.api import Grader
from autograder.course import CONFIG, SETTINGS, Paper
from autograder.errors import AutograderError
from autograder.limits import FULL_LIMITS
from autograder.notebook import read
from autograder.results import NotebookResult
from autograder.sandbox import Level
from autograder.statements import Source

# Of nbgrader's AUTOTEST, beside a notebook or at the top of its course.
_TEMPLATES = "autotests.yml"
# What tests may import of the course itself.
_REFERENCE = "reference"
_SETTINGS = 'execution = "full"\n'


def adopt(
    found: Found, isolation: Level | None = None, at: Callable[[str], None] = lambda _: None
) -> Adopted | Unadoptable:
    """Run a notebook's own solution in plain nbgrader and in ours.

    Parameters
    ----------
    found : Found
        Read only: all is done with copies.
    isolation : {"full", "reduced", "none"} or None
    at : callable
        Called with the grader that begins, and how long it waits.

    Returns
    -------
    Adopted or Unadoptable
    """
    missing: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="autograder-adopt-", ignore_cleanup_errors=True) as folder:
        try:
            missing = _missing(found.path)
            source = _copied(found.path, Path(folder))
            bridge.modernized(source / found.path.name)
            patience = patience_of(configuration_of(found.path)) or FULL_LIMITS.seconds_per_cell
            at(f"in plain nbgrader, {patience:g} s a cell at most")
            plain, plain_seconds = _plain(Path(folder))
            result, whys, seconds = _ours(Path(folder), source / found.path.name, isolation, at)
        except AutograderError as error:
            return Unadoptable(found.label, of_the_course(str(error), found), missing)
    adopted = compared(found, plain, plain_seconds, result, whys, seconds, missing)
    cells = told_of_magics(adopted.cells, read(found.path).cells)
    return dataclasses.replace(adopted, outdated=outdated(found.path), cells=cells)


def _copied(path: Path, root: Path) -> Path:
    """Copy a notebook and what lies beside it, other notebooks apart, to an assignment of its own."""
    bridge.make_plain_course(root)
    patience = patience_of(configuration_of(path))
    settings = _SETTINGS if patience is None else with_patience(_SETTINGS, patience)
    (root / SETTINGS).write_text(settings, encoding="utf-8")
    if patience is not None:
        with (root / CONFIG).open("a", encoding="utf-8") as config:
            config.write(f"c.Execute.timeout = {patience}\n")
    source = root / "source" / ASSIGNMENT
    ignored = shutil.ignore_patterns("*.ipynb", ".*", "__pycache__")
    shutil.copytree(path.parent, source, ignore=ignored)
    shutil.copy(path, source)
    if (templates := _above(path, _TEMPLATES)) is not None:
        shutil.copy(templates, root)
    if (reference := _reference_of(path)) is not None:
        shutil.copytree(reference, root / _REFERENCE, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    return source


def _reference_of(path: Path) -> Path | None:
    """Find the package of references that belongs to a notebook: a folder of that name may be anything."""
    reference = _above(path, _REFERENCE)
    return reference if reference is not None and any(reference.glob("*.py")) else None


def _above(path: Path, name: str) -> Path | None:
    """Find what belongs to the course of a notebook, in the folders above it; None where there is no such thing."""
    return next((folder / name for folder in path.parent.resolve().parents[:3] if (folder / name).exists()), None)


def _plain(root: Path) -> tuple[dict[str, float | None], float]:
    bridge.generate_plain(root, ASSIGNMENT)
    shutil.copytree(root / "source" / ASSIGNMENT, root / "submitted" / "solution" / ASSIGNMENT)
    started = time.perf_counter()
    (marks,) = bridge.plain_marks(root, ASSIGNMENT).values()
    return marks, time.perf_counter() - started


def _ours(
    root: Path, notebook: Path, isolation: Level | None, at: Callable[[str], None]
) -> tuple[NotebookResult, dict[str, Why], float]:
    with Grader(root, isolation) as grader:
        (paper,) = grader.course.papers
        at(f"in ours, {paper.limits.seconds_per_notebook:g} s at most")
        examiner = grader.examiner(paper)
        whys = _whys(paper, examiner.unexaminable)
        started = time.perf_counter()
        return examiner.examine(read(notebook), notebook.name), whys, time.perf_counter() - started


def _whys(paper: Paper, reasons: Mapping[str, str]) -> dict[str, Why]:
    found = {}
    for number, cell in enumerate(paper.cells):
        if cell.grade_id in reasons:
            above = paper.cells[:number]
            locked = "\n".join(one.source for one in above if one.kind == "given")
            others = "\n".join(one.source for one in above if one.kind == "student")
            reason = reasons[cell.grade_id]
            found[cell.grade_id] = reason, advice(cell.source, locked, others, reason)
    return found


def _missing(path: Path) -> tuple[str, ...]:
    """List the modules that a notebook imports and nobody has: not this machine, the folder beside it, or itself."""
    source = Source()
    cells = read(path).cells
    for cell in cells:
        source.add(cell.source, "")
    imported = {name for statement in source.statements for name in _modules(statement.node)}
    beside = written_modules(cells) | {one.stem for one in path.parent.iterdir() if one.suffix == ".py" or one.is_dir()}
    if _reference_of(path) is not None:
        beside.add(_REFERENCE)
    return tuple(sorted(name for name in imported - beside if not _installed(name)))


def _modules(statement: ast.stmt) -> Iterable[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@functools.cache
def _installed(name: str) -> bool:
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
