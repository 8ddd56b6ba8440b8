"""The ground that a clean checkout stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
FOLDERS = ("autograder", "reference", "source", "release", "tests", ".ci")
TEXT = {"", ".cfg", ".csv", ".html", ".ini", ".ipynb", ".json", ".md", ".py", ".toml", ".txt", ".yaml", ".yml"}
MACHINE = re.compile(
    rf"(?<![\w.]){re.escape(str(ROOT))}/"  # this checkout
    r"|(?<!\w)/(?:home|Users)/[a-z]\w*/"  # somebody's home folder
    r"|--(?:extra-)?index-url|--trusted-[h]ost|https?://\S+/simple/"  # somebody's package index
)


def project_files() -> Iterator[Path]:
    # What a measurement of coverage leaves is not the project's.
    yield from (path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".coverage"))
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def needed(requirements: list[str]) -> set[str]:
    """Name every distribution that these requirements lead to on this machine."""
    names: set[str] = set()
    asked = map(Requirement, requirements)
    waiting = [one for one in asked if one.marker is None or one.marker.evaluate()]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in names:
            continue
        names.add(name)
        for line in metadata.requires(name) or []:
            behind = Requirement(line)
            if behind.marker is None or any(behind.marker.evaluate({"extra": e}) for e in ("", *wanted.extras)):
                waiting.append(behind)
    return names


@pytest.mark.parametrize("line", PINS)
def test_a_constraint_is_one_exact_pin(line: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {canonicalize_name(line.split("==")[0]) for line in PINS}
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    assert needed(project["dependencies"] + extras) - {project["name"]} <= pinned


def test_no_file_names_a_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        if path.suffix in TEXT and (match := MACHINE.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == set()


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "autograder" / "py.typed").exists()
