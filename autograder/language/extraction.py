"""Which texts a catalogue must hold, found in the code: in modules, templates and notebooks.

In the rooms that write messages every text of more than one word is one, unless it is a docstring or the message of an
exception for programmers. An f-string is the message with its expressions as placeholders. In all other rooms only
what is handed to a `Speaker` counts: ``say("…")``.
"""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.extract import extract

from autograder.language.phrasebook import PIECES, PLACEHOLDER
from autograder.language.speaker import verdict_word
from autograder.language.titles import title_of
from autograder.results import Verdict

# Of the package: the rooms whose records are read, as patterns below `autograder/`.
WRITERS = (
    "api/notebooks.py",
    "candidate/causes.py",
    "candidate/definitions.py",
    "candidate/older_python.py",
    "candidate/wording.py",
    "checks/*.py",
    "course/course.py",
    "diagnosis/**/*.py",
    "examiner/*.py",
    "notebook/*.py",
    "results/*.py",
)
# Of a course: what its misconceptions, quantities and tests say.
COURSE_WRITERS = ("reference/*.py", "reference/misconceptions/*.py", "source/*/*.ipynb")
SPEAKERS = ("cli/*.py", "nbgrader_bridge/*.py", "nbgrader_bridge/templates/*.j2")

Found = tuple[int, str]
_READ = frozenset({"CheckFailed", "TooClose", "NotebookError", "UsageError"})
# Methods that look for a text in another one.
_LOOKING = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "compile"})
_SEVERAL_WORDS = re.compile(r"[A-Za-z)}\]'`,:;] +[A-Za-z({\['`]|\w \w")
_MARKS = re.compile(r"[A-Za-z]{2}")


def own_messages(package: Path) -> dict[str, list[str]]:
    """List what the package says, with the places where it does.

    Parameters
    ----------
    package : Path
        The folder ``autograder``.

    Returns
    -------
    dict of str to list of str
        English messages, and ``file:line``.
    """
    return _gathered(
        package.parent, [f"{package.name}/{p}" for p in WRITERS], [f"{package.name}/{p}" for p in SPEAKERS]
    )


def course_messages(course: Path) -> dict[str, list[str]]:
    """List what a course says, with the places where it does."""
    return _gathered(course, COURSE_WRITERS, ())


def _gathered(root: Path, writers: Iterable[str], speakers: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if speakers:
        found = {piece: ["autograder/language/phrasebook.py"] for piece in PIECES}
        found |= {verdict_word(verdict): ["autograder/results/verdicts.py"] for verdict in Verdict}
    for patterns, texts in ((writers, _written), (speakers, _spoken)):
        for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
            for line, message in texts(path):
                found.setdefault(message, []).append(f"{path.relative_to(root).as_posix()}:{line}")
    return found


def _written(path: Path) -> Iterator[Found]:
    if path.suffix != ".ipynb":
        yield from phrases(path.read_text(encoding="utf-8"))
        return
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and about.get("grade") and not about.get("solution"):
            source = "".join(cell["source"])
            title = title_of(source)
            if title:
                yield 1, title
            yield from phrases(source)


def _spoken(path: Path) -> Iterator[Found]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        for line, message, _, _ in extract("jinja2.ext:babel_extract", io.BytesIO(text.encode()), {"say": None}):
            yield line, str(message)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
            yield node.lineno, ast.literal_eval(node.args[0])


def phrases(text: str) -> Iterator[Found]:
    """Find the texts of more than one word in a module that writes messages."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and not _is_for_nobody(node):
            message = _message(node)
            if (
                not message.startswith("<")
                and _SEVERAL_WORDS.search(message)
                and _MARKS.search(PLACEHOLDER.sub("", message))
                and not _is_code(message)
            ):
                yield node.lineno, message


def _is_code(message: str) -> bool:
    """Tell whether a text is a statement to be pasted, the same in every language."""
    try:
        tree = ast.parse(PLACEHOLDER.sub("x", message))
    except (SyntaxError, ValueError):
        return False
    return not all(isinstance(statement, ast.Expr) for statement in tree.body)


def _is_for_nobody(node: ast.expr) -> bool:
    """Tell whether a text is a docstring, a part of another text, only looked for, or for programmers."""
    parent = getattr(node, "parent", None)
    if isinstance(parent, (ast.Expr, ast.JoinedStr)) or (
        isinstance(node, ast.Constant) and not isinstance(node.value, str)
    ):
        return True
    while parent is not None:
        if isinstance(parent, ast.Raise) and isinstance(parent.exc, ast.Call):
            return getattr(parent.exc.func, "id", "") not in _READ
        if isinstance(parent, ast.Compare) or getattr(getattr(parent, "func", None), "attr", "") in _LOOKING:
            return True
        parent = getattr(parent, "parent", None)
    return False


def _message(node: ast.Constant | ast.JoinedStr) -> str:
    """Write a text as a message; what is computed in it becomes a placeholder, with a name where it has one."""
    if isinstance(node, ast.Constant):
        return _numbered(str(node.value))
    pieces: list[str] = []
    used: set[str] = set()
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(_numbered(str(part.value), len(used)))
        elif isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            name = name if name and name not in used else str(len(used))
            used.add(name)
            pieces.append(f"{{{name}}}")
    return "".join(pieces)


def _numbered(text: str, first: int = 0) -> str:
    """Give the places of a text for ``str.format`` their numbers."""
    pieces = text.split("{}")
    return pieces[0] + "".join(f"{{{number}}}{piece}" for number, piece in enumerate(pieces[1:], first))


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return ""
