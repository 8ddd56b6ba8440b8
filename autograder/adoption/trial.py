"""One notebook's own solution, in plain nbgrader and in ours."""

from __future__ import annotations

import ast
import functools
import importlib.util
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.adoption.advice import advice
from autograder.adoption.folders import Found
from autograder.adoption.records import Adopted, AdoptedCell, Marks, Unadoptable
from autograder.api import Grader
from autograder.course import Paper
from autograder.errors import AutograderError
from autograder.notebook import read
from autograder.results import CheckResult, NotebookResult, Trust
from autograder.sandbox import Level
from autograder.statements import Source

_ASSIGNMENT = "adopted"
# Of nbgrader's AUTOTEST, beside a notebook or at the top of its course.
_TEMPLATES = "autotests.yml"
_SETTINGS = 'execution = "full"\n'
# Why a test cell cannot be examined, and what to write instead.
_Why = tuple[str, str]


def adopt(found: Found, isolation: Level | None = None) -> Adopted | Unadoptable:
    """Run a notebook's own solution in plain nbgrader and in ours.

    Parameters
    ----------
    found : Found
        Read only: all is done with copies.
    isolation : {"full", "reduced", "none"} or None

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
            stock, stock_seconds = _stock(Path(folder))
            result, whys, seconds = _ours(Path(folder), source / found.path.name, isolation)
        except AutograderError as error:
            return Unadoptable(found.label, str(error), missing)
    return _compared(found.label, stock, stock_seconds, result, whys, seconds, missing)


def _copied(path: Path, root: Path) -> Path:
    """Copy a notebook and what lies beside it, other notebooks apart, to an assignment of its own."""
    bridge.make_plain_course(root)
    (root / "course.toml").write_text(_SETTINGS, encoding="utf-8")
    source = root / "source" / _ASSIGNMENT
    ignored = shutil.ignore_patterns("*.ipynb", ".*", "__pycache__")
    shutil.copytree(path.parent, source, ignore=ignored)
    shutil.copy(path, source)
    templates = (folder / _TEMPLATES for folder in path.parents[1:4])
    if (of_course := next((one for one in templates if one.is_file()), None)) is not None:
        shutil.copy(of_course, root)
    return source


def _stock(root: Path) -> tuple[dict[str, float | None], float]:
    bridge.generate_plain(root, _ASSIGNMENT)
    shutil.copytree(root / "source" / _ASSIGNMENT, root / "submitted" / "solution" / _ASSIGNMENT)
    started = time.perf_counter()
    (marks,) = bridge.plain_marks(root, _ASSIGNMENT).values()
    return marks, time.perf_counter() - started


def _ours(root: Path, notebook: Path, isolation: Level | None) -> tuple[NotebookResult, dict[str, _Why], float]:
    with Grader(root, isolation) as grader:
        (paper,) = grader.course.papers
        examiner = grader.examiner(paper)
        whys = _whys(paper, examiner.unexaminable)
        started = time.perf_counter()
        return examiner.examine(read(notebook), notebook.name), whys, time.perf_counter() - started


def _whys(paper: Paper, reasons: Mapping[str, str]) -> dict[str, _Why]:
    found = {}
    for number, cell in enumerate(paper.cells):
        if cell.grade_id in reasons:
            above = paper.cells[:number]
            locked = "\n".join(one.source for one in above if one.kind == "given")
            others = "\n".join(one.source for one in above if one.kind == "student")
            found[cell.grade_id] = reasons[cell.grade_id], advice(cell.source, locked, others)
    return found


def _compared(
    label: str,
    stock: dict[str, float | None],
    stock_seconds: float,
    result: NotebookResult,
    whys: Mapping[str, _Why],
    seconds: float,
    missing: tuple[str, ...],
) -> Adopted:
    checks = [check for function in result.functions for check in function.checks]
    of_tests = [stock.get(check.grade_id) for check in checks]
    return Adopted(
        label,
        Marks(sum(score or 0.0 for score in of_tests), result.max_score, round(stock_seconds, 3)),
        Marks(result.score, result.max_score, round(seconds, 3)),
        tuple(_cell(check, score, whys) for check, score in zip(checks, of_tests, strict=True)),
        missing,
    )


def _cell(check: CheckResult, stock: float | None, whys: Mapping[str, _Why]) -> AdoptedCell:
    equal = stock == check.score
    reason, rewrite = whys.get(check.grade_id, ("", "")) if check.trust is Trust.IN_CANDIDATE else ("", "")
    if not equal:
        theirs = "no score" if stock is None else f"{stock:g}"
        reason = f"plain nbgrader gives {theirs}, ours {check.score}. {check.message or reason}".strip()
    return AdoptedCell(check.grade_id, check.trust, equal, reason, rewrite)


def _missing(path: Path) -> tuple[str, ...]:
    """List the modules that a notebook imports and nobody has: neither this machine, nor the folder beside it."""
    source = Source()
    for cell in read(path).cells:
        source.add(cell.source, "")
    imported = {name for statement in source.statements for name in _modules(statement.node)}
    beside = {one.stem for one in path.parent.iterdir() if one.suffix == ".py" or one.is_dir()}
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
