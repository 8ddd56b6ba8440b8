"""What the instructor writes for the audit: confirmed mutants, and right answers by hand."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from toy_course import code

from autograder import course
from autograder.audit import Auditor
from autograder.audit.confirmed import confirmed
from autograder.audit.right import hand_written
from autograder.errors import CourseError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def write(tmp_path):
    def written(folder: str, name: str, text: str) -> Path:
        path = tmp_path / "reference" / folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        return tmp_path

    return written


def test_a_confirmed_mutant_has_its_reason(write):
    root = write("confirmed", "toy.toml", '[f]\n"sign@3" = "Either sign is right."\n')
    assert confirmed(root, "toy", ["f"]) == {"f": {"sign@3": "Either sign is right."}}


def test_a_course_that_confirms_nothing_needs_no_file(tmp_path):
    assert confirmed(tmp_path, "toy", ["f"]) == {}
    assert hand_written(tmp_path, "toy") == ()


def test_every_fault_of_a_confirmation_is_told(write):
    root = write("confirmed", "toy.toml", 'h = 1\n[g]\n"x@1" = "why"\n[f]\n"sign@3" = ""\n"axis@1" = 2\n')
    with pytest.raises(CourseError) as told:
        confirmed(root, "toy", ["f", "h"])
    faults = told.value.faults
    assert [word for word, fault in zip(("h is 1", "'g'", "sign@3", "axis@1"), faults, strict=True) if word in fault]
    assert len(faults) == 4


def test_a_confirmation_that_is_no_toml_is_told(write):
    with pytest.raises(CourseError, match=r"reference/confirmed/toy\.toml cannot be read"):
        confirmed(write("confirmed", "toy.toml", "[f"), "toy", ["f"])


def test_a_cell_written_by_hand_is_a_right_answer(write):
    root = write("right", "toy.py", "# About.\n# %% f: as one line\ndef f(x): return x\n# %% g: other\ndef g(): pass\n")
    assert [(one.function, one.name) for one in hand_written(root, "toy")] == [("f", "as one line"), ("g", "other")]
    assert hand_written(root, "toy")[0].source == "def f(x): return x\n"


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("# %% no title", "has no title"),
        ("# %% f: broken\ndef f(:", "is no Python: "),
        ("# %% f: other\ndef g(): pass", "does not define f"),
    ],
)
def test_a_faulty_cell_is_told(write, cell, fault):
    with pytest.raises(CourseError, match=fault):
        hand_written(write("right", "toy.py", cell), "toy")


def test_a_file_of_right_answers_that_is_not_utf_8_is_told(tmp_path):
    path = tmp_path / "reference" / "right" / "toy.py"
    path.parent.mkdir(parents=True)
    path.write_bytes("# %% f: naïve\ndef f(x): return x\n".encode("latin-1"))
    with pytest.raises(CourseError, match=r"reference/right/toy\.py cannot be read: .*Save it as UTF-8"):
        hand_written(tmp_path, "toy")


@pytest.fixture
def two_notebooks(tmp_path):
    """Give a course whose one assignment has the function f in one notebook and g in another."""
    for notebook, function in (("one", "f"), ("two", "g")):
        cells = [
            code(f"def {function}(x): return x", grade=False, solution=True, locked=False, grade_id=function),
            code(f"assert {function}(1)", grade=True, points=1, grade_id="test", locked=True, solution=False),
        ]
        path = tmp_path / "source" / "toy" / f"{notebook}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return tmp_path


def audits(root: Path) -> list[Auditor]:
    found = course.load(root)
    return [Auditor(found, paper, paper.functions) for paper in found.papers]


def test_functions_of_all_notebooks_may_be_confirmed_in_the_assignment_s_one_file(two_notebooks, write):
    write("confirmed", "toy.toml", '[f]\n"x@1" = "Either is right."\n[g]\n"x@1" = "Either is right."\n')
    assert len(audits(two_notebooks)) == 2


def test_functions_of_all_notebooks_may_have_right_answers_by_hand(two_notebooks, write):
    write("right", "toy.py", "# %% f: one\ndef f(x): return x\n# %% g: one\ndef g(x): return x\n")
    assert len(audits(two_notebooks)) == 2


def test_a_confirmation_for_no_notebook_s_function_is_told_with_all_that_there_are(two_notebooks, write):
    write("confirmed", "toy.toml", '[h]\n"x@1" = "Either is right."\n')
    with pytest.raises(CourseError, match="'h' is no graded function; known are f, g"):
        audits(two_notebooks)


def test_a_right_answer_to_what_nobody_grades_is_told(two_notebooks, write):
    write("right", "toy.py", "# %% h: misspelt\ndef h(x): return x\n")
    with pytest.raises(CourseError) as told:
        audits(two_notebooks)
    assert told.value.faults == (
        "reference/right/toy.py: the cell '# %% h: misspelt' is of no graded function; known are f, g.",
    )


def test_the_course_has_right_answers_by_hand_for_every_function():
    for paper in course.load(ROOT).papers:
        written = {one.function for one in hand_written(ROOT, paper.assignment)}
        assert written == {function.name for function in paper.functions}
