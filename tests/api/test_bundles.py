"""What a worker gets of this course."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from toy_course import make_course

from autograder.api.bundles import bundle_of
from autograder.course import load

ROOT = Path(__file__).parents[2]
SETTINGS = """
execution = "full"

[limits]
memory_mb = 600

[assignments.regularization.limits]
seconds_per_cell = 7

[assignments.initialization.limits]
seconds_per_cell = 9
"""


def test_settings_of_another_assignment_are_no_fault_of_the_part(tmp_path):
    course, part = tmp_path / "course", tmp_path / "part"
    course.mkdir()
    (course / "source").symlink_to(ROOT / "source")
    (course / "reference").symlink_to(ROOT / "reference")
    (course / "course.toml").write_text(SETTINGS)
    bundle_of(load(course), "regularization").unpack(part)
    (whole,) = load(course).papers_of("regularization")
    assert load(part).papers_of("regularization") == (replace(whole, folder=part / "source" / "regularization"),)


@pytest.mark.parametrize(
    ("assignment", "there", "absent"),
    [
        ("initialization", "misconceptions/he.py", "misconceptions/l2_cost.py"),
        ("regularization", "misconceptions/l2_cost.py", "gradient_checking.py"),
        ("gradient_checking", "vectors.py", "initialization.py"),
    ],
)
def test_an_assignment_has_its_own_reference(assignment, there, absent):
    names = {name for name, _ in bundle_of(load(ROOT), assignment).files}
    assert f"reference/{there}" in names
    assert f"reference/{absent}" not in names


@pytest.fixture
def toy(tmp_path) -> Path:
    make_course(tmp_path)
    return tmp_path


def edited(root: Path, change: Callable[[NotebookNode], object]) -> str:
    """Give the bundle's hash after a change of the source notebook."""
    path = root / "source" / "toy" / "toy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    return bundle_of(load(root), "toy").hash


def run_and_saved(notebook: NotebookNode) -> None:
    notebook.metadata["language_info"] = {"name": "python", "version": "3.99"}
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.execution_count, cell.outputs = 7, [new_output("stream", text="hello")]


def written_about(notebook: NotebookNode) -> None:
    notebook.cells.insert(0, new_markdown_cell("Take your time."))


def with_a_stricter_test(notebook: NotebookNode) -> None:
    next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")).source += "\nassert True"


def worth_more(notebook: NotebookNode) -> None:
    next(cell for cell in notebook.cells if "points" in cell.metadata.get("nbgrader", {})).metadata.nbgrader.points = 9


@pytest.mark.parametrize("change", [run_and_saved, written_about])
def test_what_cannot_change_a_mark_changes_no_bundle(toy, change):
    before = bundle_of(load(toy), "toy").hash
    assert edited(toy, change) == before


@pytest.mark.parametrize("change", [with_a_stricter_test, worth_more])
def test_what_can_does(toy, change):
    before = bundle_of(load(toy), "toy").hash
    assert edited(toy, change) != before


def test_tests_that_nbgrader_has_written_are_part_of_it(toy):
    shutil.copytree(toy / "source" / "toy", toy / "source_with_tests" / "toy")
    assert "source_with_tests/toy/toy.ipynb" in {name for name, _ in bundle_of(load(toy), "toy").files}


def test_what_a_helper_module_imports_is_seen_in_the_encoding_that_it_names(toy):
    (toy / "reference" / "words.py").write_text("WORDS = ()\n")
    helper = "# coding: latin-1\nfrom reference import words\ncaf\xe9 = words\n"
    (toy / "source" / "toy" / "helper.py").write_bytes(helper.encode("latin-1"))
    assert "reference/words.py" in {name for name, _ in bundle_of(load(toy), "toy").files}


def test_what_other_versions_grade_is_another_bundle():
    bundle = bundle_of(load(ROOT), "regularization")
    assert replace(bundle, versions="NumPy 1.26.4").hash != bundle.hash
