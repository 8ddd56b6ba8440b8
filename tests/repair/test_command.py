"""``autograder repair``."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from command import Done, typed

ROOT = Path(__file__).parents[2]
RELEASED = ROOT / "release" / "initialization" / "initialization.ipynb"


def run(*arguments: object) -> Done:
    return typed(ROOT, "repair", *arguments)


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    notebook = json.loads(RELEASED.read_text())
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    path = tmp_path / "damaged.ipynb"
    path.write_text(json.dumps(notebook))
    return path


def test_a_notebook_without_metadata_has_all_of_it_again(damaged: Path, tmp_path: Path) -> None:
    before = damaged.read_bytes()
    done = run(damaged, "--output", tmp_path / "whole.ipynb")
    assert done.returncode == 0, done.stderr
    whole = nbformat.read(tmp_path / "whole.ipynb", as_version=4)
    released = nbformat.read(RELEASED, as_version=4)
    ids = [[c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells] for notebook in (whole, released)]
    assert ids[0] == ids[1]
    assert damaged.read_bytes() == before


def test_it_says_what_it_put_back(damaged: Path, tmp_path: Path) -> None:
    notebook = json.loads(damaged.read_text())
    released = nbformat.read(RELEASED, as_version=4).cells
    places = {c.metadata.nbgrader.grade_id: n for n, c in enumerate(released) if "nbgrader" in c.metadata}
    test = next(name for name, n in places.items() if released[n].metadata.nbgrader.grade)
    del notebook["cells"][places[test]]
    damaged.write_text(json.dumps(notebook))
    said = run(damaged, "--output", tmp_path / "whole.ipynb").stdout
    others = ", ".join(name for name in places if name != test)
    assert f"- nbgrader's metadata was put back into: {others}.\n" in said
    assert f"- Deleted cells were put back: {test}.\n" in said
    assert "no repair" not in said


def test_it_says_that_there_was_nothing_to_put_back(tmp_path: Path) -> None:
    assert "It needed no repair." in run(RELEASED, "--output", tmp_path / "whole.ipynb").stdout


@pytest.mark.parametrize("link", [False, True])
def test_it_overwrites_no_file_and_not_its_input(damaged: Path, tmp_path: Path, link: bool) -> None:
    target = tmp_path / "other.ipynb" if link else damaged
    if link:
        target.hardlink_to(damaged)
    before = damaged.read_bytes()
    done = run(damaged, "--output", target)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert damaged.read_bytes() == before


def test_what_is_no_notebook_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{")
    done = run(tmp_path / "a.ipynb", "--output", tmp_path / "b.ipynb")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "b.ipynb").exists()
