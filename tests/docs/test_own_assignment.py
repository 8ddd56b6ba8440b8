"""The page on writing an assignment, followed from top to bottom in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("own assignment")]

PAGE = (Path(__file__).parents[2] / "docs" / "own-assignment.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r'^```(\w+)(?: title="([^"\n]+)")?\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
# nbgrader's names of the types of cells, and what they are in a cell's metadata.
TYPES = {
    "Read-only": {"grade": False, "solution": False, "locked": True},
    "Autograded answer": {"grade": False, "solution": True, "locked": False},
    "Autograded tests": {"grade": True, "solution": False, "locked": True},
}


def cell(title: str, source: str) -> nbformat.NotebookNode:
    """Make a cell as *Create Assignment* does."""
    kind, grade_id, *points = title.split(", ")
    about = {"schema_version": 3, "grade_id": grade_id, **TYPES[kind]}
    about |= {"points": float(points[0])} if points else {}
    return new_code_cell(source.rstrip("\n"), metadata={"nbgrader": about})


def write_notebook(folder: Path) -> None:
    cells = [cell(title, text) for language, title, text in BLOCKS if title.partition(",")[0] in TYPES]
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    notebook = new_notebook(cells=[new_markdown_cell("# Standardize"), *cells], metadata={"kernelspec": kernelspec})
    nbformat.write(notebook, folder / "source" / "standardize" / "standardize.ipynb")


def shell(commands: str, folder: Path) -> str:
    scripts = sysconfig.get_path("scripts")
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    done = subprocess.run(
        ["bash", "-euc", commands], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> tuple[Path, list[tuple[str, str]]]:
    """Follow the page; give the course folder, and each block of commands with what it printed."""
    folder, printed = tmp_path_factory.mktemp("page"), []
    for language, title, text in BLOCKS:
        if language == "bash":
            printed.append((text, shell(text, folder)))
            folder = folder / "my-course" if "cd my-course" in text else folder
        elif title.endswith(".py"):
            (folder / title).write_text(text, encoding="utf-8")
        elif title == "Autograded tests, test_standardize_values, 6":
            write_notebook(folder)
    return folder, printed


def test_the_terminal_shows_what_the_page_shows(followed):
    shown = [text.split() for language, _, text in BLOCKS if language == "text"]
    printed = [out.split() for _, out in followed[1]]
    assert shown
    assert [text for text in shown if text not in printed] == []


def test_students_get_neither_the_solution_nor_a_hidden_test(followed):
    given = (followed[0] / "release" / "standardize" / "standardize.ipynb").read_text(encoding="utf-8")
    assert "raise NotImplementedError" in given
    assert "each row should become" in given
    assert "np.std" not in given
    assert "reference" not in given
