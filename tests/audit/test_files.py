"""What the instructor writes for the audit: confirmed mutants, and right answers by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import course
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


def test_the_course_has_right_answers_by_hand_for_every_function():
    for paper in course.load(ROOT).papers:
        written = {one.function for one in hand_written(ROOT, paper.assignment)}
        assert written == {function.name for function in paper.functions}
