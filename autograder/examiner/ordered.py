"""What names mean where a notebook runs as in a kernel: cell by cell, in its order.

The examiner keeps one namespace for what trusted cells bind: test cells, and those of the instructor's locked cells
that they need. The candidate keeps another for the student's cells. The last cell before a test that binds a name, in
the *source's* order, says where it lives. An import of the source is the examiner's own in any case.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from types import CodeType, ModuleType
from typing import Any

from autograder.course import Function, Paper, TestCell
from autograder.errors import CandidateTimeoutError, NotebookTimeoutError, SandboxError
from autograder.examiner.dialogue import Dialogue
from autograder.examiner.guard import AlarmError
from autograder.examiner.kernel_dialogue import KernelDialogue
from autograder.examiner.lending import lent
from autograder.examiner.looking import GlobalNames, lookers
from autograder.examiner.order import Order
from autograder.examiner.remote import RemoteFunction
from autograder.examiner.steps import Step, read_steps
from autograder.notebook import Notebook

_BUILTINS = vars(builtins)


class OrderedNames:
    """Resolves names for the test cells of one submission.

    Parameters
    ----------
    paper : Paper
    references : mapping of str to callable
        The reference's version of graded functions; may be empty.
    """

    def __init__(self, paper: Paper, references: Mapping[str, Callable[..., Any]]) -> None:
        self._paper = paper
        self._references = references
        # Before any test cell runs, while the reference still has its own functions; see `Recall`.
        self._lent = {function.name: lent(references, function.name) for function in paper.functions}
        self._steps = read_steps(paper)
        self._places = self._steps.of_tests
        self.asked = self._steps.asked
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
        # The test cell whose time was over while the instructor's statements above it ran.
        self._late: tuple[str, CandidateTimeoutError | None] = "", None

    def approach(self, test: TestCell, dialogue: Dialogue) -> None:
        """Have the candidate run what stands above a test cell.

        Raises
        ------
        CandidateError
            Where that does not end well.
        """
        if isinstance(dialogue, KernelDialogue):
            place = self._order.places[test.grade_id]
            with dialogue.guarded():
                cells = self._order.between(self._told, place)
            self._told = max(place, self._told)
            dialogue.advance(cells, self.asked)

    def for_cell(self, test: TestCell, function: Function, dialogue: Dialogue) -> dict[str, Any]:
        """Give the globals for one test cell; they stay the same for all of a submission.

        Parameters
        ----------
        test : TestCell
        function : Function
            That the cell belongs to.
        dialogue : Dialogue

        Raises
        ------
        CandidateTimeoutError
            Where the time of the test cell was over before the instructor's statements above it came to their end.
        SandboxError
            Where the machine is too busy for them.
        """
        if self._before[0] == test.grade_id:
            # Another attempt at the same cell.
            self._space.clear()
            self._space.update(self._before[1])
        if isinstance(dialogue, KernelDialogue):
            dialogue.space, dialogue.patches = self._space, lambda: self._patches(dialogue)
        self._ask.begin(self._space, lambda name: self._found(name, function, dialogue))
        view = GlobalNames(self._space, self._ask.__getitem__, lambda: self._known(dialogue))
        self._ask.update(lookers(view))
        place = self._places[test.grade_id]
        # A test cell that stands above what has been passed already finds the whole source.
        until = place if place >= self._passed else len(self._steps.all)
        late = self._go_to(until)
        if late:
            self._late = test.grade_id, late[0]
        self._ask.forget(self._space)
        self._before = test.grade_id, dict(self._space)
        if self._late[1] and self._late[0] == test.grade_id:
            raise self._late[1]
        return self._space

    def keep(self, _scope: Mapping[str, Any]) -> None:
        """Take what the candidate gave out again; what the test cell has bound stays."""
        self._ask.forget(self._space)

    def _patches(self, dialogue: Dialogue) -> dict[str, Any]:
        """Give the globals that tests have bound, or deleted, where the candidate has some of the same names."""
        found: dict[str, Any] = {}
        for name in self._steps.contested:
            defined = dialogue.defined.get(name)
            if defined is None or not defined.usable:
                continue
            if name in self._space and not self._ask.gave(name, self._space[name]):
                found[name] = self._space[name]
            elif name not in self._space and self._ask.found(name):
                found[name] = KernelDialogue.GONE
        return found

    def _go_to(self, until: int) -> list[CandidateTimeoutError]:
        """Pass the steps up to a place; give what ended statements when the time was over."""
        late: list[CandidateTimeoutError] = []
        for place in range(self._passed, until):
            if not self._steps.all[place].test:
                late += self._pass(self._steps.all[place])
            # A step that a fault of ours ends is passed anew.
            self._passed = place + 1
        return late

    def _pass(self, step: Step) -> list[CandidateTimeoutError]:
        mine: dict[str, Any] = {"__name__": "__main__"}
        late = [_lateness(code, mine) for code in step.imports]
        self._mirrors.update({name: value for name, value in mine.items() if not name.startswith("__")})
        late += [_lateness(code, self._space) for code in step.runs]
        drawing = [name for name, value in self._space.items() if _draws(value)]
        self._mirrors.update({name: self._space.pop(name) for name in drawing})
        for name in step.hands_over:
            self._space.pop(name, None)
            self._ask.pop(name, None)
            self._mirrors.pop(name, None)
        return [error for error in late if error]

    def _known(self, dialogue: Dialogue) -> set[str]:
        """Give the candidate's names; one that a test has deleted is gone for as long as the cell lasts."""
        there = {name for name, one in dialogue.defined.items() if one.usable}
        return {name for name in there if name in self._space or not self._ask.found(name)}

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
            return dialogue.fetch(name) if _draws(self._mirrors[name]) and defined else self._mirrors[name]
        if defined is None or not defined.usable:
            return _BUILTINS[name]
        if dialogue.licence.calls(name, defined.kind):
            return RemoteFunction(dialogue, name, self._lent[function.name])
        return dialogue.fetch(name)


class _Asking(dict[str, Any]):
    """Python's builtins, and behind them whoever is asked for a name that is nowhere."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self._found: dict[str, Any] = {}
        self._space: dict[str, Any] = {}
        self._find: Callable[[str], Any] = self._found.__getitem__

    def begin(self, space: dict[str, Any], find: Callable[[str], Any]) -> None:
        """Ask somebody from now on; what is found is kept until it is forgotten."""
        self.forget(space)
        self._space, self._find = space, find

    def forget(self, space: dict[str, Any]) -> None:
        """Take out again what was found and has not been bound anew."""
        for name, value in self._found.items():
            if name in space and space[name] is value:
                del space[name]
        self._found = {}

    def found(self, name: str) -> bool:
        """Tell whether a name was found here."""
        return name in self._found

    def gave(self, name: str, value: object) -> bool:
        """Tell whether a name was found here, with this very value."""
        return name in self._found and self._found[name] is value

    def __missing__(self, name: str) -> Any:  # noqa: ANN401
        value = self._find(name)
        self._found[name] = self._space[name] = value
        return value


def _lateness(code: CodeType, space: dict[str, Any]) -> CandidateTimeoutError | None:
    """Run a statement of the instructor's; what it does not bind is missing when a test asks for it.

    Returns
    -------
    CandidateTimeoutError or None
        What ended it because the time was over: that is said of the test cell that is next. Those after it that need
        what the statement was to bind miss the name.

    Raises
    ------
    SandboxError
        From within, where something of ours failed.
    """
    try:
        exec(code, space)  # noqa: S102 - the instructor's own code
    except SandboxError:
        raise
    except (AlarmError, NotebookTimeoutError) as error:
        return error
    except Exception:  # noqa: BLE001 - the instructor's code may raise anything, on an answer's values above all
        return None
    return None


def _draws(mirror: object) -> bool:
    """Tell whether a module holds the current figure, which is where the student's code draws."""
    return isinstance(mirror, ModuleType) and mirror.__name__ in {"matplotlib.pyplot", "pylab"}
