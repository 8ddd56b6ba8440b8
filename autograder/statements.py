"""From the text of notebook cells to the top-level statements that some names depend on.

The examiner reads the instructor's cells with it, the candidate the student's; standard library only, so that it may
stand in both.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
import symtable
from collections.abc import Iterable
from dataclasses import dataclass, field

# Cell magics whose body is still Python; the body of any other (%%html, %%bash, %%writefile) is not.
_TRANSPARENT = {"time", "timeit", "capture", "prun"}
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_LINE_MAGIC = re.compile(r"^(\s*)(?:[%!]\s?[A-Za-z_]|\?|[\w.]+\?+\s*$|[\w.,\s]+=\s*[%!][A-Za-z_])")
# A line in column 0 that begins a statement: no continuation (else, except, a closing bracket) and no comment.
_BEGINNING = re.compile(r"(?!else\b|elif\b|except\b|finally\b)[^\s#)\]}'\"]")
_BUILTINS = frozenset(dir(builtins))
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


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
    changes : frozenset of str
        Global names whose objects it changes in place.
    uses : frozenset of str
        Global names that it or the functions in it read.
    star : bool
        Whether it is a ``from … import *``.
    """

    node: ast.stmt
    file: str
    binds: frozenset[str]
    changes: frozenset[str]
    uses: frozenset[str]
    star: bool


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
    """

    statements: list[Statement] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)

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
        for piece in _pieces(text):
            try:
                lines = piece.split("\n")
                self.statements += [_statement(node, lines, file) for node in ast.parse(piece).body]
            except _UNREADABLE as error:
                self.broken.append((piece, _reason(error)))


def needed(statements: list[Statement], names: Iterable[str]) -> list[Statement]:
    """Choose the statements that some names depend on, directly or through others, in their order.

    Parameters
    ----------
    statements : list of Statement
    names : iterable of str

    Returns
    -------
    list of Statement
        Every statement that binds or changes a wanted name; star imports only where a name is bound by nothing else.
    """
    wanted = set(names)
    chosen: set[int] = set()
    modules = {name for s in statements if isinstance(s.node, (ast.Import, ast.ImportFrom)) for name in s.binds}
    while True:
        fresh = {
            n
            for n, s in enumerate(statements)
            # A call on a module (plt.show(), np.random.seed(1)) changes nothing that a definition needs.
            if n not in chosen and (s.binds | (s.changes - modules)) & wanted
        }
        if not fresh:
            break
        chosen |= fresh
        wanted |= {name for n in fresh for name in statements[n].uses}
    bound = {name for n in chosen for name in statements[n].binds}
    if wanted - bound - _BUILTINS:
        chosen |= {n for n, s in enumerate(statements) if s.star}
    return [statements[n] for n in sorted(chosen)]


@functools.lru_cache(maxsize=4096)
def free_names(text: str) -> frozenset[str]:
    """Give the global names that a piece of code reads and does not bind itself; builtins are not among them.

    Raises
    ------
    SyntaxError
        Where it is no Python.
    """
    binds, uses = _names(without_magics(text))
    return frozenset(uses - binds - _BUILTINS)


def _pieces(text: str) -> list[str]:
    """Take a cell as a whole if Python can read it, without its magics if not, and in pieces as the last resort."""
    if _reads(text):
        return [text]
    python = without_magics(text)
    if _reads(python):
        return [python]
    # One unfinished function must not cost the others in its cell; nor a magic a line that only looks like one.
    return [piece if _reads(piece) else without_magics(piece) for piece in _cut(text)]


def _reads(text: str) -> bool:
    try:
        symtable.symtable(text, "cell", "exec")
    except _UNREADABLE:
        return False
    return True


def _reason(error: BaseException) -> str:
    line = f" in line {error.lineno} of its cell" if isinstance(error, SyntaxError) and error.lineno else ""
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {reason}{line}"


def without_magics(text: str) -> str:
    """Blank out the lines that only IPython understands; line numbers stay."""
    head = _CELL_MAGIC.match(text)
    if head and head[1] not in _TRANSPARENT:
        return ""
    lines = text.split("\n")
    if head:
        lines[text.count("\n", 0, head.end())] = ""
    return "\n".join(_LINE_MAGIC.sub(r"\1pass  # \g<0>", line) if _LINE_MAGIC.match(line) else line for line in lines)


def _cut(text: str) -> list[str]:
    """Cut before every line that begins a statement in column 0; empty lines keep the line numbers right."""
    lines = text.split("\n")
    inside = _inside_strings(lines)
    starts = [n for n, line in enumerate(lines) if _BEGINNING.match(line) and n not in inside]
    # A decorator belongs to the definition below it.
    starts = [n for i, n in enumerate(starts) if i == 0 or not lines[starts[i - 1]].startswith("@")]
    ends = [*starts[1:], len(lines)]
    return ["\n" * start + "\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)] or [text]


def _inside_strings(lines: list[str]) -> set[int]:
    """Give the numbers of lines that begin inside a triple-quoted string, as far as text that is no Python tells."""
    inside, quotes = set(), ""
    for number, line in enumerate(lines):
        if quotes:
            inside.add(number)
        for mark in re.findall(r"\"{3}|'{3}", line):
            quotes = mark if not quotes else "" if mark == quotes else quotes
    # A string that is never closed is what is broken; what stands behind it may be sound.
    return set() if quotes else inside


def _statement(node: ast.stmt, lines: list[str], file: str) -> Statement:
    binds, uses = _names_of(node, lines)
    star = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    return Statement(node, file, frozenset(binds), frozenset(_changed(node)), frozenset(uses), star)


def _names_of(node: ast.stmt, lines: list[str]) -> tuple[set[str], set[str]]:
    """Look at the whole lines of a statement: another one that shares them only adds names, which does no harm."""
    first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
    try:
        return _names("\n".join(lines[first - 1 : node.end_lineno]))
    except SyntaxError:
        # The statement begins behind the end of one that takes several lines.
        return _names(ast.unparse(node))


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


def _changed(node: ast.stmt) -> set[str]:
    """Names whose objects a statement changes: ``d[k] = v``, ``x.a = v``, ``items.append(v)``, in a loop too."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return set()
    targets: list[ast.expr] = []
    for part in ast.walk(node):
        if isinstance(part, (ast.Assign, ast.Delete)):
            targets += part.targets
        elif isinstance(part, (ast.AugAssign, ast.AnnAssign)):
            targets.append(part.target)
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            targets.append(part.value.func)
    return {
        root for target in targets if isinstance(target, (ast.Subscript, ast.Attribute)) and (root := _root(target))
    }


def _root(target: ast.expr) -> str:
    while isinstance(target, (ast.Subscript, ast.Attribute)):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""
