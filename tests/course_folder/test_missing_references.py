"""A test cell that imports a reference which is not there is told once, with the file to write."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from tiny_course import make_course

from autograder.course import load
from autograder.errors import CourseError

IMPORTS = [
    "from reference import hw as reference",
    "from reference import (\n    hw,\n)",
    "from reference.hw import double as right",
    "import reference.hw",
    "import numpy, reference.hw as right",
]


def course(root: Path, imports: str) -> Path:
    """Make a course whose two test cells import a reference."""
    make_course(root)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells[2:]:
        cell.source = f"{imports}\n{cell.source}"
    nbformat.write(notebook, path)
    return root


def faults_of(root: Path) -> tuple[str, ...]:
    with pytest.raises(CourseError) as failure:
        load(root)
    return failure.value.faults


@pytest.mark.parametrize("imports", IMPORTS)
def test_the_missing_reference_is_told_once(tmp_path: Path, imports: str) -> None:
    (fault,) = faults_of(course(tmp_path, imports))
    assert fault == (
        "source/hw/hw.ipynb: test cells (test_visible, test_hidden) import reference.hw, and there is no "
        "reference/hw.py. Write it, or put the right name into the import."
    )


def test_the_modules_that_are_there_are_named(tmp_path: Path) -> None:
    root = course(tmp_path, IMPORTS[0])
    (root / "reference").mkdir()
    for name in ("__init__", "h_w"):
        (root / "reference" / f"{name}.py").touch()
    (fault,) = faults_of(root)
    assert fault.endswith("There is: reference/h_w.py.")


def test_a_reference_that_is_there_is_no_fault(tmp_path: Path) -> None:
    root = course(tmp_path, "from reference import hw\nfrom reference.small import hw as small")
    (root / "reference" / "small").mkdir(parents=True)
    for module in ("hw", "small/hw"):
        (root / "reference" / f"{module}.py").touch()
    assert load(root).papers


def test_what_the_package_itself_defines_is_no_module(tmp_path: Path) -> None:
    root = course(tmp_path, "from reference import hw")
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").write_text("hw = 1\n")
    assert load(root).papers


def test_a_helper_module_of_that_name_beside_the_notebook_is_the_instructors(tmp_path: Path) -> None:
    root = course(tmp_path, "from reference import hw")
    (root / "source" / "hw" / "reference.py").write_text("hw = 1\n")
    assert load(root).papers


def referred(root: Path, reference: str) -> Path:
    """Make a course with a fault of its settings, and a reference."""
    make_course(root)
    (root / "course.toml").write_text("[limit]\n")
    (root / "reference").mkdir()
    (root / "reference" / "hw.py").write_text(reference)
    return root


def test_a_reference_that_python_cannot_read_is_told_with_the_other_faults(tmp_path: Path) -> None:
    _, fault = faults_of(referred(tmp_path, "def double(x):\n    return (2 * x))\n"))
    assert fault == "reference/hw.py, line 2: SyntaxError: unmatched ')'; mend it and grade again."


def test_a_question_of_no_function_is_told_with_the_other_faults(tmp_path: Path) -> None:
    questions = 'QUESTIONS = {"double": question, "duoble": question}\n'
    _, fault = faults_of(referred(tmp_path, f"def double(x):\n    return 2 * x\n\n\n{questions}"))
    assert fault == "reference/hw.py: QUESTIONS has 'duoble', but there is no such function. Is the name right?"


def test_what_a_reference_imports_may_be_asked(tmp_path: Path) -> None:
    text = 'from reference.shared import *\nQUESTIONS = {"double": question, "shared": question}\n'
    (fault,) = faults_of(referred(tmp_path, text))
    assert fault.startswith("course.toml")


def test_a_reference_whose_assignment_has_a_dot_in_its_name_is_told_before_it_is_imported(tmp_path: Path) -> None:
    make_course(tmp_path)
    (tmp_path / "source" / "hw").rename(tmp_path / "source" / "hw1.5")
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw1.5.py").touch()
    (fault,) = faults_of(tmp_path)
    assert fault.startswith("reference/hw1.5.py: Python imports no module with a dot in its name.")
    assert "say to source/hw1_5 and reference/hw1_5.py" in fault


def test_a_reference_is_read_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    root = referred(tmp_path, "")
    text = '# coding: latin-1\nQUESTIONS = {"double": question, "doubl\xe9": question}\n'
    (root / "reference" / "hw.py").write_bytes(text.encode("latin-1"))
    _, fault = faults_of(root)
    assert fault == "reference/hw.py: QUESTIONS has 'doubl\xe9', but there is no such function. Is the name right?"


def test_a_reference_in_no_known_encoding_is_told_with_the_other_faults(tmp_path: Path) -> None:
    _, fault = faults_of(referred(tmp_path, "# coding: latin-x\n"))
    assert fault == "reference/hw.py: SyntaxError: unknown encoding: latin-x; mend it and grade again."
