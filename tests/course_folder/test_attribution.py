"""Where there is no reference, a test cell that asks for none of the answer above it stands for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.course import load

CELLS = (
    ("answer", "cdf", "def cdf(x):\n    return x"),
    ("test", "test_cdf", "y = cdf(1)\nassert y"),
    ("test", "test_more", "assert y == 1"),
    ("answer", "values", "squares = {}\na, b = 1, 2"),
    ("test", "test_values", "assert squares == {}"),
    ("test", "test_source", "import inspect\nassert 'for' not in inspect.getsource(cdf)  # no squares"),
    ("test", "test_last", "assert b == 2"),
    ("answer", "write", "# write the result to out.txt"),
    ("test", "test_write", "assert open('out.txt').read() == str(b)"),
    ("answer", "account", "class Account:\n    def pay(self): ..."),
    ("test", "test_pay", "Account().pay()"),
    ("test", "test_mean", "assert cdf(2) == 2"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    return tmp_path


def functions_of(root: Path) -> list[tuple[str, list[str]]]:
    (paper,) = load(root).papers
    return [(function.name, [test.grade_id for test in function.tests]) for function in paper.functions]


def test_a_test_of_something_else_stands_for_itself_in_its_place(root: Path) -> None:
    assert functions_of(root) == [
        ("cdf", ["test_cdf", "test_more"]),
        ("values", ["test_values"]),
        ("test_source", ["test_source"]),
        ("test_last", ["test_last"]),
        ("write", ["test_write"]),
        ("account", ["test_pay"]),
        ("test_mean", ["test_mean"]),
    ]


def test_with_a_reference_all_tests_are_of_the_answer_above(root: Path) -> None:
    (root / "reference").mkdir()
    (root / "reference" / "hw.py").write_text("", encoding="utf-8")
    # For the class among the answers.
    (root / "course.toml").write_text('execution = "full"\n', encoding="utf-8")
    assert functions_of(root)[1] == ("values", ["test_values", "test_source", "test_last"])
