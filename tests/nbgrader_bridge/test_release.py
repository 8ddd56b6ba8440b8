"""What students get of a solution."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tiny_course import metadata

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def released(source: str) -> str:
    cell = new_code_cell(source, metadata=metadata("answer", solution=True))
    notebook, _ = bridge.ReleaseSolutions().preprocess(new_notebook(cells=[cell]), {})
    return notebook.cells[0].source


def test_a_region_is_released_as_what_it_says():
    source = "m = 3\n### BEGIN SOLUTION\nd = 1 / m\n### RELEASED AS\n# d = 4 / m\n### END SOLUTION\nreturn d"
    assert released(source) == "m = 3\nd = 4 / m\nreturn d"


def test_indentation_is_kept():
    source = "def f():\n  ### BEGIN SOLUTION\n  a\n  ### RELEASED AS\n  # if b:\n  #     c\n  ### END SOLUTION"
    assert released(source) == "def f():\n  if b:\n      c"


def test_a_region_without_the_marker_becomes_the_stub():
    assert released("a\n### BEGIN SOLUTION\nb\n### END SOLUTION\nc") == f"a\n{STUB}\nc"


def test_both_kinds_in_one_cell():
    source = (
        "### BEGIN SOLUTION\na\n### RELEASED AS\n# b\n### END SOLUTION\nkept\n"
        "### BEGIN SOLUTION\nc\n### END SOLUTION\n"
        "### BEGIN SOLUTION\nd\n### RELEASED AS\n# e\n\n# f\n### END SOLUTION"
    )
    assert released(source) == f"b\nkept\n{STUB}\ne\n\nf"


def test_a_cell_of_released_regions_alone_is_not_cleared():
    assert released("### BEGIN SOLUTION\na\n### RELEASED AS\n# b\n### END SOLUTION") == "b"


def test_a_region_may_be_released_as_nothing():
    assert released("a\n### BEGIN SOLUTION\nb\n### RELEASED AS\n### END SOLUTION") == "a"


def test_a_cell_without_a_region_is_cleared_whole():
    assert released("answer = 42") == STUB


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("### BEGIN SOLUTION\na", "no end solution"),
        ("### BEGIN SOLUTION\na\n### RELEASED AS\n# b", "no end solution"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\na\n### END SOLUTION", "nested"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\na\n### RELEASED AS\n# b\n### END SOLUTION", "nested"),
        ("### BEGIN SOLUTION\na\n### RELEASED AS\nb = 1\n### END SOLUTION", "must be a comment"),
        ("a\n### RELEASED AS\n# b", "outside"),
        ("### BEGIN SOLUTION\n### RELEASED AS\n# b\n### RELEASED AS\n# c\n### END SOLUTION", "twice"),
    ],
)
def test_malformed_regions_are_refused(source, reason):
    with pytest.raises(RuntimeError, match=reason):
        released(source)


def test_generate_keeps_solutions_and_hidden_tests_from_students(course):
    text = (course / "release" / "hw" / "hw.ipynb").read_text()
    assert "YOUR CODE HERE" in text
    assert "return 2 * x" not in text
    assert "double(21)" not in text


def test_generate_says_what_is_wrong_with_the_source(course):
    path = course / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "### BEGIN SOLUTION\nreturn 2 * x"
    nbformat.write(notebook, path)
    with pytest.raises(BridgeError, match=r"generating hw: RuntimeError: no end solution statement found\."):
        bridge.generate(course, "hw")


def test_generate_of_an_assignment_that_is_not_there(course):
    with pytest.raises(BridgeError, match="No notebooks were matched"):
        bridge.generate(course, "hw2")


def test_release_puts_it_into_the_exchange_again_and_again(course):
    told: list[str] = []
    bridge.release(course, "hw", told.append)
    bridge.release(course, "hw")
    assert (course / "exchange" / "tiny" / "outbound" / "hw" / "hw.ipynb").exists()
    assert told == ["hw: generated", "hw: released"]
