"""Running what the tested names need, and no training cell."""

from __future__ import annotations

import ast
import builtins
import difflib
import itertools
import re
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from autograder.candidate.alarm import Alarm
from autograder.candidate.causes import EVERY_NAME, cause_of
from autograder.candidate.history import UNBOUND, History
from autograder.candidate.older_python import WORDS, modern, old_words
from autograder.candidate.shell import display
from autograder.candidate.telling import sound, told
from autograder.candidate.wording import HELPERS, notices, understood
from autograder.errors import sentence
from autograder.statements import Source, Statement, given_cell, is_given, is_template, needed, own_cell
from autograder.wire import Defined, Load

# What the fork-server has read for all candidates, by text and name, and its statements as Python runs them.
_PREPARED: dict[tuple[str, str], Source] = {}
_COMPILED: dict[Statement, CodeType] = {}
# What one statement may take of the time that is left: so a loop without an end costs only itself.
_SHARE = 0.8
# All of them together, and each of a hundred that come when that is used up.
_MOST = 0.9
_LEAST = 0.001
# What a name means where nobody has bound it, beside Python's builtins.
_THERE = {**WORDS, "display": display}
_TOO_LONG = "it takes longer than everything may"
_ABSENT = object()


@dataclass(slots=True)
class Definitions:
    """The student's global names, once the needed statements have run.

    Parameters
    ----------
    namespace : dict
        The globals.
    source : Source
    asked : frozenset of str
        The names that the tests need.
    problems : dict of str to str
        For a name that a failed statement would have bound: what happened.
    dated : list of str
        Which words of older NumPys and Pythons the student's statements use.
    folder : str
        What lies beside the notebook, or empty.
    parts : dict of str to int
        Which part of the notebook a cell stands in, by the cell's name.
    ends : dict of str to int
        The part that a function's tests end, by the function's name.
    """

    source: Source
    asked: frozenset[str]
    namespace: dict[str, Any] = field(
        default_factory=lambda: {"__name__": "__main__", "__builtins__": builtins, **HELPERS, **_THERE}
    )
    problems: dict[str, str] = field(default_factory=dict)
    dated: list[str] = field(default_factory=list)
    folder: str = ""
    parts: dict[str, int] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    _history: History = field(init=False)

    def __post_init__(self) -> None:
        self._history = History(self.namespace, self.asked)

    def run(self, statements: Sequence[Statement], seconds: float) -> None:
        """Run statements in order; one that raises, or takes most of the time that is left, costs only itself.

        A template does not take the place of an answer; whatever else is bound twice is sorted out by `approach`.
        """
        # The rest is for the report: the examiner waits no longer than it has said.
        end = time.monotonic() + _MOST * seconds
        for statement in statements:
            answers = statement.binds & self.asked
            if answers and is_template(statement.node) and all(callable(self.namespace.get(name)) for name in answers):
                continue
            try:
                code = _COMPILED.get(statement) or _compiled(statement)
                with Alarm(max(_SHARE * (end - time.monotonic()), _LEAST * seconds), TimeoutError, _TOO_LONG):
                    exec(code, self.namespace)  # noqa: S102 - running student code is what this process is for
            except BaseException as error:  # noqa: BLE001 - SystemExit too is only this statement's
                self.problems.update(dict.fromkeys(statement.binds or {EVERY_NAME}, self._told(error)))
            self._history.record(statement, self.parts.get(statement.file, 0), self.namespace)
        self._put(self._history.settled())

    def approach(self, function: str) -> None:
        """Give the names the values that they had at a function's tests.

        Parameters
        ----------
        function : str
        """
        self._put(self._history.view(function, self.ends.get(function, 0)))

    def _put(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if value is UNBOUND:
                self.namespace.pop(name, None)
            else:
                self.namespace[name] = value

    def _told(self, error: BaseException) -> str:
        if isinstance(error, ModuleNotFoundError):
            # One that the student made may have anything for its name.
            with suppress(Exception):
                return sound(cause_of(error, None, {}, self.folder)[1])
        return told(error)

    def report(self, name: str) -> Defined:
        """Say what became of a name."""
        if name in self.namespace and self.namespace[name] is not _THERE.get(name, _ABSENT):
            return Defined(name, "function" if callable(self.namespace[name]) else "value", "")
        for text, reason in self.source.broken:
            # It is no Python, and may have a definition at any margin, or behind something else.
            if re.search(rf"\b(?:def|class)\s+{re.escape(name)}\b", text):
                return Defined(name, "unreadable", f"Python cannot read its definition: {reason}.")
        if name in self.problems:
            return Defined(name, "broken", sentence(f"Its definition failed: {self.problems[name]}"))
        return Defined(name, "absent", self._not_run(name) or self._nearest(name))

    def notices(self) -> list[str]:
        """Say what the student should know of the notebook's text."""
        broken = [f"a part of the notebook is no Python: {reason}" for _, reason in self.source.broken]
        return broken + self.dated

    def _not_run(self, name: str) -> str:
        """Say where the definition stands that Python never sees."""
        definition = re.compile(rf"^\s*(#[#\s]*)?(?:def|class)\s+{re.escape(name)}\b")
        for lines in (lines for file, lines in self.source.lines.items() if not is_given(file)):
            first = next((line.split()[0] for line in lines if line.strip()), "")
            for found in filter(None, map(definition.match, lines)):
                if first.startswith("%%"):
                    return f"It stands below {first}, which keeps it from being run."
                if found[1]:
                    return "Its definition is commented out."
        return ""

    def _nearest(self, name: str) -> str:
        statements = [s for s in self.source.statements if s.defines]
        given = {bound for s in statements if is_given(s.file) for bound in s.binds}
        strangers = {bound for s in statements for bound in s.binds} - self.asked - given
        near = difflib.get_close_matches(name, strangers, n=1, cutoff=0.8)
        return f"It defines {near[0]}: is that it, misspelt?" if near else ""


def read_ahead(text: str, file: str) -> None:
    """Read one of the instructor's given cells in the fork-server, so that no candidate has to.

    Parameters
    ----------
    text : str
    file : str
        Its name in tracebacks.
    """
    source = Source()
    source.add(text, file)
    for statement in source.statements:
        # What cannot be compiled the candidate finds out, and says.
        with suppress(Exception):
            _COMPILED[statement] = _compiled(statement)
    _PREPARED[text, file] = source


def define(load: Load) -> Definitions:
    """Run what the asked names need.

    Parameters
    ----------
    load : Load
        Its cells in the order in which they count: a later binding wins, as in a kernel.

    Returns
    -------
    Definitions
    """
    if load.modules:
        sys.path.insert(0, load.modules)
    source = Source()
    # Those of the instructor's have numbers of their own: the same for every submission, as they were read ahead.
    given = itertools.count(1)
    parts: dict[str, int] = {}
    for number, cell in enumerate(load.cells, 1):
        file = given_cell(next(given)) if cell.given else own_cell(number)
        parts[file] = cell.part
        ready = _PREPARED.get((cell.source, file)) if cell.given else None
        if ready:
            source.join(ready)
        else:
            source.add(cell.source, file)
    asked = frozenset(load.names)
    chosen = needed(source.statements, asked, asked)
    dated = _dated(source, chosen)
    definitions = Definitions(source, asked, dated=dated, folder=load.modules, parts=parts, ends=load.ends)
    definitions.run(chosen, load.seconds)
    return definitions


def _compiled(statement: Statement) -> CodeType:
    return compile(ast.Module([understood(modern(statement.node))], []), statement.file, "exec")


def _dated(source: Source, chosen: list[Statement]) -> list[str]:
    own = [statement for statement in chosen if not is_given(statement.file)]
    nodes = [statement.node for statement in own]
    given = [statement.node for statement in chosen if is_given(statement.file)]
    names = {name for statement in own for name in statement.uses}
    names -= {name for statement in source.statements for name in statement.binds}
    old = "It has statements of Python 2, such as print without brackets; they were read as Python 3."
    if source.old and any(map(_mixes_tabs, source.lines.values())):
        old = (
            "Some of its lines begin with tabs and others with blanks; a tab was read as eight blanks. Use blanks only."
        )
    return ([old] if source.old else []) + old_words(nodes, names) + notices(nodes, given)


def _mixes_tabs(lines: list[str]) -> bool:
    try:
        ast.parse("\n".join(lines))
    except TabError:
        return True
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return False
