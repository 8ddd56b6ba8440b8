"""The statements of cells, and which names each binds, changes and reads."""

from __future__ import annotations

import ast
import builtins
import contextlib
import functools
import keyword
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.statements.cells import UNREADABLE, pieces, without_magics
from autograder.statements.effects import Effects, effects_of

BUILTINS = frozenset(dir(builtins))
_QUOTED = 60
# No cell that a person wrote.
_LONG = 20_000
_LINE_END = re.compile(r"\r\n?|\n")
_DETECTED = re.compile(r" \(detected at line \d+\)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level statement.

    Parameters
    ----------
    node : ast.stmt
    file : str
        What tracebacks call its cell.
    binds : frozenset of str
        Global names that it binds or deletes.
    uses : frozenset of str
        Global names that it or the functions in it read.
    effects : Effects
        What it does to objects that are there already.
    """

    node: ast.stmt
    file: str
    binds: frozenset[str]
    uses: frozenset[str]
    effects: Effects

    @property
    def changes(self) -> frozenset[str]:
        """Global names whose objects it changes in place by itself."""
        return self.effects.stores | self.effects.asks

    @property
    def star(self) -> bool:
        """Whether it may bind any name: an import of all names, or code that is made at run time."""
        node = self.node
        stars = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
        return stars or self.effects.any_name

    @property
    def defines(self) -> bool:
        """Whether it is a definition of a function or a class."""
        return isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))

    @property
    def imports(self) -> bool:
        """Whether it is an import."""
        return isinstance(self.node, (ast.Import, ast.ImportFrom))


@dataclass(slots=True)
class Source:
    """All statements of a notebook, and the pieces of text that are none.

    Parameters
    ----------
    statements : list of Statement
        In order.
    broken : list of (str, str)
        Text that does not parse, and why.
    lines : dict of str to list of str
        The lines of each cell, by the name that tracebacks use.
    old : bool
        Whether a part was read as Python 2.
    """

    statements: list[Statement] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    old: bool = False

    def add(self, text: str, file: str) -> None:
        """Read one cell.

        Parameters
        ----------
        text : str
        file : str
            The cell's name in tracebacks.
        """
        # As Python counts lines: str.splitlines would also cut at a form feed or U+2028.
        self.lines[file] = text.split("\n")
        readable, old = pieces(text)
        self.old |= old
        for start, piece in readable:
            try:
                # As Python counts them, which takes a carriage return for the end of a line.
                lines = _LINE_END.split(piece)
                statements = [_statement(node, text, file) for node, text in _with_texts(ast.parse(piece).body, lines)]
            except UNREADABLE as error:
                self.broken.append((piece, _reason(error, start, piece)))
                continue
            for statement in statements if start else ():
                ast.increment_lineno(statement.node, start)
            self.statements += statements

    def join(self, other: Source) -> None:
        """Take in cells that have been read already."""
        self.statements += other.statements
        self.broken += other.broken
        self.lines.update(other.lines)
        self.old |= other.old


def statements_of(text: str, file: str = "") -> list[Statement]:
    """Give the statements of one cell, as far as Python can read it.

    Parameters
    ----------
    text : str
    file : str
        The cell's name in tracebacks, where it is to be run.
    """
    source = Source()
    source.add(text, file)
    return source.statements


@functools.lru_cache(maxsize=4096)
def free_names(text: str) -> frozenset[str]:
    """Give the global names that a piece of code reads and does not bind itself; builtins are not among them.

    Raises
    ------
    SyntaxError
        Where it is no Python.
    """
    binds, uses = _names(without_magics(text))
    return frozenset(uses - binds - BUILTINS)


def _reason(error: BaseException, start: int, piece: str) -> str:
    if not isinstance(error, SyntaxError) or not error.lineno:
        return f"{type(error).__name__}: {error}"
    # One line is told, that of the cell: the other is counted from where the piece begins.
    reason = _DETECTED.sub("", error.msg)
    lines = piece.split("\n")
    word = _taken(lines, error.lineno - 1)
    taken = f"; {word} is a word of Python's own and can be no name" if word else ""
    place = f"in line {start + error.lineno} of its cell{_quoted(lines, error.lineno)}"
    return f"{type(error).__name__}: {reason} {place}{taken}"


def _quoted(lines: list[str], number: int) -> str:
    """Quote a line; Python may mean one behind the last, where something has no end."""
    line = lines[number - 1].strip() if number <= len(lines) else ""
    shown = line if len(line) <= _QUOTED else f"{line[:_QUOTED].rstrip()} …"
    return f", `{shown}`" if shown else ""


def _taken(lines: list[str], at: int) -> str:
    """Find the word that no name may have, and without which the lines would be Python; empty where none is."""
    line = lines[at] if at < len(lines) else ""
    if sum(map(len, lines)) > _LONG:
        # Each word costs one more reading.
        return ""
    for word in keyword.kwlist:
        changed, times = re.subn(rf"\b{word}\b", f"{word}_", line)
        if not times:
            continue
        with contextlib.suppress(*UNREADABLE):
            ast.parse("\n".join([*lines[:at], changed, *lines[at + 1 :]]))
            return word
    return ""


def _with_texts(nodes: list[ast.stmt], lines: list[str]) -> Iterator[tuple[ast.stmt, str]]:
    """Give each statement with its text: whole lines, but where another statement has a part of them."""
    ends = [0, *(node.end_lineno or node.lineno for node in nodes)]
    begins = [*(_first_line(node) for node in nodes), len(lines) + 1]
    encoded: dict[int, bytes] = {}
    for node, above, first, last, below in zip(nodes, ends, begins, ends[1:], begins[1:], strict=False):
        # Behind another one on its line, a statement begins there and has no decorators.
        begin = node.col_offset if first == above else None
        end = node.end_col_offset if last == below else None
        text = lines[first - 1 : last]
        if first == last:
            text = [_cut(text[0], first, begin, end, encoded)]
        else:
            text[0], text[-1] = _cut(text[0], first, begin, None, encoded), _cut(text[-1], last, None, end, encoded)
        yield node, "\n".join(text)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _cut(line: str, number: int, begin: int | None, end: int | None, encoded: dict[int, bytes]) -> str:
    """Cut a line by places that Python counts in bytes; one that many statements share is encoded once."""
    if begin is None and end is None:
        return line
    if number not in encoded:
        encoded.clear()
        encoded[number] = line.encode()
    return encoded[number][begin:end].decode()


def _statement(node: ast.stmt, text: str, file: str) -> Statement:
    try:
        binds, uses = _names(text)
    except SyntaxError:
        # Its last line goes on in the next, behind a backslash.
        binds, uses = _names(ast.unparse(node))
    return Statement(node, file, frozenset(binds), frozenset(uses), effects_of(node))


def _names(segment: str) -> tuple[set[str], set[str]]:
    """Global names that a piece of code binds, and those that it or a function in it reads."""
    table = symtable.symtable(segment, "cell", "exec")
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    uses = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    inner = list(table.get_children())
    while inner:
        scope = inner.pop()
        inner += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_global():
                uses.add(symbol.get_name())
                if symbol.is_declared_global() and symbol.is_assigned():
                    binds.add(symbol.get_name())
    return binds, uses
