"""One source notebook: what is asked, and what it is worth."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.course.files import WRITTEN, python_files
from autograder.course.markers import hidden_lines, marker_faults, solution_faults
from autograder.errors import NotebookError
from autograder.files import legible_text
from autograder.limits import Limits
from autograder.notebook import (
    Blank,
    Cell,
    CodeCell,
    Document,
    blanks_of,
    functions_of,
    read,
    read_document,
    without_hidden,
)

# nbgrader's command to write a test: it replaces such a comment when it generates the assignment.
_AUTOTEST = re.compile(r"^\s*#.*AUTOTEST", re.MULTILINE)
_MOST_POINTS = 1e6
_IMPORT = re.compile(r"^\s*(?:import\s+([\w.]+)|from\s+([\w.]+)\s+import\b)", re.MULTILINE)
_DRAWING = {"matplotlib", "seaborn"}
_LIBRARIES = _DRAWING | {"networkx", "pandas", "scipy", "sklearn", "statsmodels", "sympy"}

Execution = Literal["definitions", "full"]


@dataclass(frozen=True, slots=True)
class TestCell:
    """A graded test cell, hidden tests included.

    Parameters
    ----------
    grade_id : str
    source : str
    points : float
    """

    grade_id: str
    source: str
    points: float

    def hidden_lines(self) -> range:
        """Line numbers, from 1, from the first marker of hidden tests to the last; empty where there is none."""
        return hidden_lines(self.source)

    @property
    def visible(self) -> str:
        """Its source as students have it."""
        return without_hidden(self.source)

    @property
    def unwritten(self) -> bool:
        """Tell whether nbgrader has yet to write some of its tests, in the place of an ``AUTOTEST`` comment."""
        return bool(_AUTOTEST.search(self.source))


@dataclass(frozen=True, slots=True)
class Function:
    """A graded function with its test cells, in the notebook's order."""

    name: str
    tests: tuple[TestCell, ...]

    @property
    def points(self) -> float:
        """What the function is worth."""
        return sum(test.points for test in self.tests)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One code cell of the source, by whose word it counts.

    Parameters
    ----------
    grade_id : str
        Empty for a cell that nbgrader does not know.
    source : str
    kind : {"student", "given", "test"}
        A student's cell is one to answer in, or one that nbgrader leaves alone; the student's version of it counts.
    """

    grade_id: str
    source: str
    kind: Literal["student", "given", "test"]


@dataclass(frozen=True, slots=True)
class Paper:
    """What one source notebook asks.

    Parameters
    ----------
    assignment, name : str
        nbgrader's names of the assignment and of the notebook.
    folder : Path
        Where the notebook and its helper modules lie.
    functions : tuple of Function
    cells : tuple of SourceCell
        All code cells, in order; what they import is known to the tests.
    answers : dict of str to str
        The source's own answer cell of each graded function that has one.
    limits : Limits
    modules : frozenset of str
        Names of the helper modules beside the notebook.
    helpers : frozenset of str
        Names of the functions that these and the locked cells define.
    execution : {"definitions", "full"}
        Whether a candidate runs only what the tests need, or every cell in the notebook's order, as a kernel does.
    strict_stderr : bool
        Whether a test cell that writes to the standard error is worth nothing.
    blanks : tuple of Blank
        The cells that nbgrader knows, of any kind, in order: what a submission is repaired by.
    """

    assignment: str
    name: str
    folder: Path
    functions: tuple[Function, ...]
    cells: tuple[SourceCell, ...]
    answers: dict[str, str]
    limits: Limits
    modules: frozenset[str]
    helpers: frozenset[str]
    execution: Execution = "definitions"
    strict_stderr: bool = False
    blanks: tuple[Blank, ...] = ()

    @property
    def points(self) -> float:
        """What the notebook is worth."""
        return sum(function.points for function in self.functions)

    @property
    def worth(self) -> dict[str, float]:
        """The points of each cell that is graded, also by a person alone, by its grade id."""
        cells = {blank.grade_id: blank.cell.nbgrader for blank in self.blanks}
        graded = {name: about.get("points") for name, about in cells.items() if about.get("grade") or about.get("task")}
        return {name: float(points) for name, points in graded.items() if isinstance(points, (int, float))}

    @property
    def by_hand(self) -> dict[str, float]:
        """Those of the cells that only a person grades, where there are any to give."""
        manual = {blank.grade_id for blank in self.blanks if blank.manual}
        return {name: points for name, points in self.worth.items() if name in manual and points}

    @property
    def given(self) -> tuple[str, ...]:
        """Sources of the instructor's locked code cells but the tests, in order."""
        return tuple(cell.source for cell in self.cells if cell.kind == "given")

    @property
    def given_ids(self) -> frozenset[str]:
        """Grade ids of locked cells and of tests: a submission's version of these is never run."""
        return frozenset(cell.grade_id for cell in self.cells if cell.kind != "student")

    @property
    def libraries(self) -> tuple[str, ...]:
        """Which of the larger libraries, or modules of them, the source imports."""
        found = {name for cell in self.cells for pair in _IMPORT.findall(cell.source) for name in pair if name}
        known = sorted(name for name in found if name.split(".")[0] in _LIBRARIES)
        drawing = ["matplotlib.pyplot", "matplotlib_inline.backend_inline"]
        return tuple(known + drawing * any(name.split(".")[0] in _DRAWING for name in known))


def load_paper(
    path: Path, limits: Limits, execution: Execution = "definitions", *, strict_stderr: bool = False
) -> tuple[Paper, list[str]]:
    """Read a source notebook, with the tests that nbgrader has written for it, where it has.

    Parameters
    ----------
    path : Path
    limits : Limits
    execution : {"definitions", "full"}
    strict_stderr : bool

    Returns
    -------
    paper : Paper
    faults : list of str
        One sentence each; empty for a sound notebook.
    """
    where = f"source/{path.parent.name}/{path.name}"
    try:
        document = _with_tests(path, read_document(path))
    except NotebookError as error:
        document, faults = Document(()), [str(error)]
    else:
        faults = notebook_faults(document, testless=execution == "full")
    paper = paper_of(path, document.notebook().cells, limits)
    blanks = blanks_of(document.cells)
    paper = dataclasses.replace(paper, execution=execution, strict_stderr=strict_stderr, blanks=blanks)
    _, of_modules = _modules(path.parent)
    return paper, [*(f"{where}: {fault}" for fault in faults), *of_modules]


def _with_tests(path: Path, source: Document) -> Document:
    """Take test cells that ask nbgrader for tests from the copy in which it has written them, if that is of today.

    Raises
    ------
    NotebookError
        Where there is such a copy, and it cannot be read.
    """
    copy = path.parents[2] / WRITTEN / path.parent.name / path.name
    cells = source.notebook().cells
    asking = [_is_test(cell) and bool(_AUTOTEST.search(cell.source)) for cell in cells]
    if not any(asking) or not copy.is_file():
        return source
    written = read(copy).cells
    if len(written) != len(cells) or any(
        one.grade_id != other.grade_id or (not asks and one.source != other.source)
        for one, other, asks in zip(cells, written, asking, strict=True)
    ):
        return source
    tests = {new.grade_id: new.source for new, asks in zip(written, asking, strict=True) if asks}
    return dataclasses.replace(source, cells=tuple(_with_test(cell, tests) for cell in source.cells))


def _with_test(cell: Cell, tests: Mapping[str, str]) -> Cell:
    grade_id = str(cell.nbgrader.get("grade_id", ""))
    asks = cell.kind == "code" and grade_id in tests
    return dataclasses.replace(cell, source=tests[grade_id]) if asks else cell


def paper_of(path: Path, cells: tuple[CodeCell, ...], limits: Limits) -> Paper:
    """Take the cells of a notebook that has been read for a paper, whatever is wrong with them.

    Parameters
    ----------
    path : Path
        Of the notebook; its helper modules, as far as they can be read, lie beside it.
    cells : tuple of CodeCell
    limits : Limits
    """
    of_source = tuple(SourceCell(cell.grade_id, cell.source, _kind(cell)) for cell in cells)
    given = [cell.source for cell in of_source if cell.kind == "given"]
    modules, _ = _modules(path.parent)
    return Paper(
        assignment=path.parent.name,
        name=path.stem,
        folder=path.parent,
        functions=_functions(cells),
        cells=of_source,
        answers={_answer_name(cell): cell.source for cell in cells if _is_answer(cell)},
        limits=limits,
        modules=frozenset(modules),
        helpers=frozenset(name for text in (*modules.values(), *given) for name in functions_of(text)),
    )


def _modules(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Give the texts of the helper modules in a folder, by name, and what is wrong with the others."""
    texts, faults = {}, []
    for path in python_files(folder):
        try:
            texts[path.stem] = legible_text(path)
        except OSError as error:
            faults.append(
                f"source/{folder.name}/{path.name} cannot be read: {error.strerror}. Mend the file, or take it away."
            )
    return texts, faults


def _kind(cell: CodeCell) -> Literal["student", "given", "test"]:
    """Tell whose a cell is, as nbgrader does: it restores those that are locked, and every test."""
    if _is_test(cell):
        return "test"
    return "given" if cell.nbgrader.get("locked") and not _is_answer(cell) else "student"


def _functions(cells: tuple[CodeCell, ...]) -> tuple[Function, ...]:
    """Give each test cell to the function of the nearest answer cell above it."""
    tests: dict[str, list[TestCell]] = {}
    current = ""
    answered: set[str] = set()
    for cell in cells:
        if _is_answer(cell):
            name = _answer_name(cell)
            # A name that is answered twice is told apart by its cell, so that tests keep the notebook's order.
            current = cell.grade_id if name in answered else name
            answered.add(name)
        elif _is_test(cell):
            test = TestCell(cell.grade_id, cell.source, _points(cell) or 0.0)
            tests.setdefault(current or cell.grade_id, []).append(test)
    return tuple(Function(name, tuple(of_name)) for name, of_name in tests.items())


def _is_answer(cell: CodeCell) -> bool:
    return bool(cell.nbgrader.get("solution"))


def _is_test(cell: CodeCell) -> bool:
    return bool(cell.nbgrader.get("grade")) and not cell.nbgrader.get("solution")


def _answer_name(cell: CodeCell) -> str:
    """Name what an answer cell answers: its function. A class, which is no graded function, goes by its cell's name."""
    defined = functions_of(cell.source)
    return cell.grade_id if cell.grade_id in defined or not defined else defined[0]


def _points(cell: CodeCell) -> float | None:
    points = cell.nbgrader.get("points")
    number = isinstance(points, (int, float)) and not isinstance(points, bool) and 0 <= points <= _MOST_POINTS
    return float(points) if number else None  # type: ignore[arg-type]


def notebook_faults(document: Document, *, testless: bool) -> list[str]:
    """Tell what is wrong with a source notebook.

    Parameters
    ----------
    document : Document
    testless : bool
        Whether it may be without a test: for reading, or for a person to grade, as in other people's courses.
    """
    cells = document.notebook().cells
    faults = []
    seen: set[str] = set()
    for cell in cells:
        name = cell.grade_id
        if name and name in seen:
            faults.append(f"two cells have the grade id {name!r}; give one of them another.")
        seen.add(name)
        if not _is_test(cell):
            continue
        if _points(cell) is None:
            faults.append(
                f"the test cell {name!r} has points {cell.nbgrader.get('points')!r}; "
                f"a number from 0 to {_MOST_POINTS:,.0f} is wanted."
            )
        faults += [f"the test cell {name!r} {fault}" for fault in marker_faults(cell.source)]
    faults += [fault for number, cell in enumerate(document.cells, 1) for fault in solution_faults(number, cell)]
    if not testless and not any(map(_is_test, cells)):
        faults.append("no cell is a graded test; mark one as 'autograder tests' in the assignment toolbar.")
    return faults
