"""What names mean where a notebook runs as in a kernel: cell by cell, in its order.

The examiner keeps one namespace for what trusted cells bind: test cells, and those of the instructor's locked cells
that they need. The candidate keeps another for the student's cells. The last cell before a test that binds a name, in
the *source's* order, says where it lives. An import of the source is the examiner's own in any case.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from autograder.course import Function, Paper, TestCell
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.lending import lent
from autograder.examiner.remote import RemoteFunction
from autograder.notebook import Notebook
from autograder.statements import Source, Statement, needed
from autograder.wire import Cell

_BUILTINS = vars(builtins)


@dataclass(frozen=True, slots=True)
class _Step:
    """One cell of the source, as the examiner sees it.

    Parameters
    ----------
    test : str
        The grade id of a test cell; else empty.
    imports, runs : tuple of CodeType
        Statements that the examiner executes itself.
    hands_over : frozenset of str
        Names that are the candidate's from here on.
    """

    test: str
    imports: tuple[CodeType, ...]
    runs: tuple[CodeType, ...]
    hands_over: frozenset[str]


class OrderedNames:
    """Resolves names for the test cells of one submission.

    Parameters
    ----------
    paper : Paper
    references : mapping of str to callable
        The reference's version of graded functions; may be empty.
    """

    of_students: frozenset[str] = frozenset()

    def __init__(self, paper: Paper, references: Mapping[str, Callable[..., Any]]) -> None:
        self._paper = paper
        self._references = references
        self._steps, self.asked, self._contested = _read(paper)
        self.restart(Notebook(()))

    def restart(self, notebook: Notebook) -> None:
        """Begin another submission."""
        self._order = Order(self._paper, notebook)
        self._told = self._passed = 0
        self._space: dict[str, Any] = {"__name__": "__main__"}
        self._mirrors: dict[str, Any] = {}
        self._ask = _Asking(_BUILTINS)
        self._space["__builtins__"] = self._ask
        self._before: tuple[str, dict[str, Any]] = "", {}

    def approach(self, test: TestCell, dialogue: KernelDialogue) -> None:
        """Have the candidate run what stands above a test cell.

        Raises
        ------
        CandidateError
            Where that does not end well.
        """
        place = self._order.places[test.grade_id]
        cells, self._told = self._order.cells[self._told : place], max(place, self._told)
        dialogue.advance(cells, self.asked)

    def for_cell(self, test: TestCell, function: Function, dialogue: Dialogue) -> dict[str, Any]:
        """Give the globals for one test cell; they stay the same for all of a submission.

        Parameters
        ----------
        test : TestCell
        function : Function
            That the cell belongs to.
        dialogue : Dialogue
        """
        if self._before[0] == test.grade_id:
            # Another attempt at the same cell.
            self._space.clear()
            self._space.update(self._before[1])
        if isinstance(dialogue, KernelDialogue):
            dialogue.space, dialogue.patches = self._space, lambda: self._patches(dialogue)
        self._ask.begin(self._space, lambda name: self._found(name, function, dialogue))
        while self._passed < len(self._steps):
            step = self._steps[self._passed]
            if step.test and step.test != test.grade_id:
                self._passed += 1
                continue
            if step.test:
                break
            self._pass(step)
            self._passed += 1
        self._ask.forget(self._space)
        self._before = test.grade_id, dict(self._space)
        return self._space

    def keep(self, _scope: Mapping[str, Any]) -> None:
        """Take what the candidate gave out again; what the test cell has bound stays."""
        self._ask.forget(self._space)

    def _patches(self, dialogue: Dialogue) -> dict[str, Any]:
        """Give the globals that tests have bound, or deleted, where the candidate has some of the same names."""
        found: dict[str, Any] = {}
        for name in self._contested:
            if dialogue.defined[name].kind not in {"function", "value"} if name in dialogue.defined else True:
                continue
            if name in self._space and not self._ask.gave(name, self._space[name]):
                found[name] = self._space[name]
            elif name not in self._space and self._ask.gave(name):
                found[name] = KernelDialogue.GONE
        return found

    def _pass(self, step: _Step) -> None:
        mine: dict[str, Any] = {"__name__": "__main__"}
        for code in step.imports:
            # What cannot be imported is missing when a test asks for it.
            with contextlib.suppress(Exception):
                exec(code, mine)  # noqa: S102 - the instructor's own code
        self._mirrors.update({name: value for name, value in mine.items() if not name.startswith("__")})
        for code in step.runs:
            with contextlib.suppress(Exception):
                exec(code, self._space)  # noqa: S102 - the instructor's own code
        for name in step.hands_over:
            self._space.pop(name, None)
            self._ask.pop(name, None)
            self._mirrors.pop(name, None)

    def _found(self, name: str, function: Function, dialogue: Dialogue) -> Any:  # noqa: ANN401
        """Find what neither the examiner's namespace nor Python has.

        Raises
        ------
        KeyError
            Where the candidate does not have it either.
        """
        if name in self._references and name != function.name:
            return self._references[name]
        defined = dialogue.defined.get(name)
        if name in self._mirrors and (defined is None or defined.kind != "absent"):
            return self._mirrors[name]
        if defined is None or defined.kind not in {"function", "value"}:
            return _BUILTINS[name]
        if defined.kind == "function":
            return RemoteFunction(dialogue, name, lent(self._references, function.name))
        return dialogue.fetch(name)


class _Asking(dict[str, Any]):
    """Python's builtins, and behind them whoever is asked for a name that is nowhere."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self._found: dict[str, Any] = {}

    def begin(self, space: dict[str, Any], find: Callable[[str], Any]) -> None:
        """Ask somebody from now on; what is found is kept until it is forgotten."""
        self.forget(space)
        self._space, self._find = space, find

    def forget(self, space: dict[str, Any]) -> None:
        """Take out again what was found and has not been bound anew."""
        for name, value in self._found.items():
            if space.get(name) is value:
                del space[name]
        self._found = {}

    def gave(self, name: str, value: object = None) -> bool:
        """Tell whether a name was found here; and whether it is this value that was, where one is given."""
        return name in self._found and (value is None or self._found[name] is value)

    def __missing__(self, name: str) -> Any:  # noqa: ANN401
        value = self._find(name)
        self._found[name] = self._space[name] = value
        return value


class Order:
    """The cells of a submission in its own order, with the instructor's words for those that are locked.

    Parameters
    ----------
    paper : Paper
    notebook : Notebook

    Attributes
    ----------
    cells : list of Cell
        Without test cells.
    places : dict of str to int
        How many of them stand above each test cell; one that the submission lacks stands at its end.
    """

    def __init__(self, paper: Paper, notebook: Notebook) -> None:
        given = {cell.grade_id: cell.source for cell in paper.cells if cell.kind == "given"}
        tests = {cell.grade_id for cell in paper.cells if cell.kind == "test"}
        present = {cell.grade_id for cell in notebook.cells}
        self.cells = [Cell(source, given=True) for name, source in given.items() if name not in present]
        self.places: dict[str, int] = {}
        for cell in notebook.cells:
            if cell.edited:
                # What a student wrote into a locked cell counts where the instructor's own text does not say otherwise.
                self.cells.append(Cell(cell.source, given=False))
            if cell.grade_id in tests:
                self.places[cell.grade_id] = len(self.cells)
            elif cell.grade_id in given:
                self.cells.append(Cell(given[cell.grade_id], given=True))
            else:
                self.cells.append(Cell(cell.source, given=False))
        for name in tests - present:
            self.places[name] = len(self.cells)


def _read(paper: Paper) -> tuple[list[_Step], list[str], frozenset[str]]:
    """Give the steps of the source, the names that a candidate may be asked for, and those that tests bind too."""
    sources = []
    for number, cell in enumerate(paper.cells, 1):
        source = Source()
        source.add(cell.source, f"<{'given' if cell.kind == 'given' else 'source'} cell {number}>")
        sources.append(source)
    tests = [
        s for cell, source in zip(paper.cells, sources, strict=True) if cell.kind == "test" for s in source.statements
    ]
    wanted = frozenset().union(*(s.uses for s in tests))
    bound_by_tests = frozenset().union(*(s.binds for s in tests))
    both = list(zip(paper.cells, sources, strict=True))
    given = [s for cell, source in both if cell.kind == "given" for s in source.statements]
    runs = set(map(id, needed(given, wanted))) | {id(s) for s in given if _seeds(s)}
    steps = []
    names = set(wanted)
    for cell, source in both:
        imports = [s for s in source.statements if cell.kind == "student" and _imports(s)]
        mine = [s for s in source.statements if cell.kind == "given" and id(s) in runs]
        names = names.union(*(s.uses for s in mine))
        steps.append(
            _Step(
                cell.grade_id if cell.kind == "test" else "",
                tuple(map(_compiled, imports)),
                tuple(map(_compiled, mine)),
                _theirs(source.statements) if cell.kind == "student" else frozenset(),
            )
        )
    bound_by_students = frozenset().union(*(step.hands_over for step in steps))
    asked = sorted(name for name in names if name not in _BUILTINS or name in bound_by_students)
    return steps, asked, bound_by_tests & bound_by_students


def _theirs(statements: Sequence[Statement]) -> frozenset[str]:
    imported = frozenset().union(*(s.binds for s in statements if _imports(s)))
    return frozenset().union(*(s.binds | s.changes for s in statements if not _imports(s))) - imported


def _imports(statement: Statement) -> bool:
    """Tell whether a statement does nothing but import, perhaps within a ``try``."""
    if isinstance(statement.node, (ast.Import, ast.ImportFrom)):
        return True
    if not isinstance(statement.node, (ast.Try, ast.If, ast.With)):
        return False
    inner = [node for node in ast.walk(statement.node) if isinstance(node, ast.stmt) and node is not statement.node]
    return all(isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)) for node in inner)


def _seeds(statement: Statement) -> bool:
    return isinstance(statement.node, ast.Expr) and ".seed(" in ast.unparse(statement.node)


def _compiled(statement: Statement) -> CodeType:
    return compile(ast.Module([statement.node], []), statement.file, "exec")
