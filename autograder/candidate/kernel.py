"""Running whole cells one after another, as the kernel of a notebook does."""

from __future__ import annotations

import ast
import contextlib
import linecache
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from autograder.candidate.alarm import Alarm
from autograder.candidate.definitions import Definitions
from autograder.candidate.output import Capped
from autograder.candidate.shell import Shell, display
from autograder.candidate.telling import told
from autograder.candidate.wording import HELPERS, understood
from autograder.statements import Source, given_cell, own_cell, without_magics
from autograder.wire import Cell, Defined, Performed, number_in

_MAX_LINKS = 500
_BACKEND = "module://matplotlib_inline.backend_inline"


class Kernel(Definitions):
    """The student's global names, between cells.

    Parameters
    ----------
    folder : str
        What lies beside the notebook: helper modules and data; or empty.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(Source(), frozenset(), folder=folder)
        main = ModuleType("__main__")
        main.__dict__.update(HELPERS, display=display, get_ipython=Shell)
        sys.modules["__main__"] = main
        self.namespace = main.__dict__
        self._count = 0
        if folder:
            sys.path.insert(0, folder)
            _lay_out(Path(folder))
        sys.path.insert(0, "")
        _draw_inline()

    def report(self, name: str) -> Defined:
        """Say what became of a name; here only a plain function is one, and what else can be called a callable."""
        found = self.namespace.get(name)
        other = callable(found) and type(found) is not FunctionType
        return Defined(name, "callable", "") if other else super().report(name)

    def run_cells(self, cells: Iterable[Cell], seconds: float) -> None:
        """Run cells in order; what one raises ends that cell only.

        Parameters
        ----------
        cells : iterable of Cell
        seconds : float
            For each of them.
        """
        for cell in cells:
            self._count += 1
            file = given_cell(self._count) if cell.given else own_cell(self._count)
            self.source.add(cell.source, file)
            try:
                self._run(cell.source, file, seconds)
            except BaseException as error:  # noqa: BLE001 - SystemExit too ends a cell only
                names = {name for s in self.source.statements if s.file == file for name in s.binds}
                self.problems.update(dict.fromkeys(names - self.namespace.keys(), told(error)))

    def perform(self, source: str, file: str, seconds: float) -> Performed:
        """Run a test cell among the student's.

        Raises
        ------
        BaseException
            Whatever the test cell raises.
        """
        errors = Capped(1)
        with contextlib.redirect_stderr(errors):
            value = self._run(source, file, seconds)
        return Performed(number_in(value), bool(errors.text()))

    def _run(self, source: str, file: str, seconds: float) -> Any:  # noqa: ANN401 - the value of the last expression
        text = without_magics(source)
        linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
        tree = ast.parse(text)
        tree.body = [understood(statement) for statement in tree.body]
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        try:
            with Alarm(seconds, KeyboardInterrupt, "the cell took too long"):
                exec(compile(tree, file, "exec"), self.namespace)  # noqa: S102 - what this process is for
                if not isinstance(last, ast.Expr):
                    return None
                value = eval(compile(ast.Expression(last.value), file, "eval"), self.namespace)  # noqa: S307
                return None if text.rstrip().endswith(";") else value
        finally:
            _close_figures()


def _lay_out(folder: Path) -> None:
    """Let the working folder show what lies beside the notebook; new files can be written beside it."""
    left = _MAX_LINKS
    for path, folders, files in os.walk(folder):
        inner = Path(path).relative_to(folder)
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        for name in files:
            if left and not (inner / name).exists():
                inner.mkdir(parents=True, exist_ok=True)
                (inner / name).symlink_to(Path(path) / name)
                left -= 1


def _draw_inline() -> None:
    os.environ["MPLBACKEND"] = _BACKEND if "matplotlib_inline.backend_inline" in sys.modules else "agg"
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]


def _close_figures() -> None:
    """Forget the figures of a cell at its end, as a notebook does that shows them inline."""
    if "matplotlib.pyplot" in sys.modules:
        with contextlib.suppress(Exception):
            sys.modules["matplotlib.pyplot"].close("all")
