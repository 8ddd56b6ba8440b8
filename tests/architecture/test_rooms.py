"""What import-linter cannot say of the rooms; the table itself stands in pyproject.toml and runs with `make lint`."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "autograder"
ROOMS = sorted(
    path if path.suffix else path / "__init__.py"
    for path in PACKAGE.iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
)


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or ".")
    return names


def test_the_package_root_imports_nothing() -> None:
    assert imported(PACKAGE / "__init__.py") == set()


def test_the_wire_loads_no_room_but_errors() -> None:
    script = "import sys, autograder.wire; print(*sorted({m.split('.')[1] for m in sys.modules if 'autograder.' in m}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["errors", "wire"]


@pytest.mark.parametrize("path", sorted((PACKAGE / "wire").glob("*.py")), ids=lambda path: path.name)
def test_the_wire_can_make_no_object_from_bytes(path: Path) -> None:
    assert imported(path).isdisjoint({"pickle", "marshal", "shelve", "importlib", "ctypes"})
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls.isdisjoint({"eval", "exec", "compile", "__import__"})


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_room_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_room_stands_in_the_architecture() -> None:
    story = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.name if path.name == "__init__.py" else path.stem for path in ROOMS} - {"autograder"}
    assert {room for room in rooms if f"`{room}`" not in story} == set()
