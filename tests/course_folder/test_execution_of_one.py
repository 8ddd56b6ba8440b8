"""How notebooks are run may be said for a single assignment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api.bundles import bundle_of
from autograder.build import build_assignments
from autograder.course import load
from autograder.errors import CourseError

CELLS = (("answer", "f", "def f(x):\n    return x"), ("test", "test_f", "assert f(1) == 1"))


def course(root: Path, settings: str) -> Path:
    for name in ("hw", "other"):
        (root / "source" / name).mkdir(parents=True)
        (root / "reference").mkdir(exist_ok=True)
        (root / "reference" / f"{name}.py").write_text("def f(x):\n    return x\n")
        bridge.write_source(root / "source" / name / f"{name}.ipynb", CELLS)
    (root / "course.toml").write_text(settings)
    return root


def executions(root: Path) -> dict[str, str]:
    return {paper.assignment: paper.execution for paper in load(root).papers}


def test_an_assignment_is_run_as_it_says_itself(tmp_path):
    root = course(tmp_path, '[assignments.hw]\nexecution = "full"\n')
    assert executions(root) == {"hw": "full", "other": "definitions"}


def test_what_an_assignment_says_goes_before_what_the_course_says(tmp_path):
    root = course(tmp_path, 'execution = "full"\n[assignments.hw]\nexecution = "definitions"\n')
    assert executions(root) == {"hw": "definitions", "other": "full"}


@pytest.mark.parametrize("settings", ["", 'execution = "full"\n'])
def test_limits_are_patient_where_the_assignment_is_run_whole(tmp_path, settings):
    root = course(tmp_path, f'{settings}[assignments.hw]\nexecution = "full"\nlimits = {{ memory_mb = 700 }}\n')
    (paper,) = load(root).papers_of("hw")
    assert (paper.limits.seconds_to_define, paper.limits.memory_mb) == (300, 700)


@pytest.mark.parametrize("assignment", ["hw", "other"])
def test_workers_run_it_so_too(tmp_path, assignment):
    root = course(tmp_path / "course", '[assignments.hw]\nexecution = "full"\nlimits = { memory_mb = 700 }\n')
    bundle_of(load(root), assignment).unpack(tmp_path / "part")
    (paper,) = load(root).papers_of(assignment)
    folder = tmp_path / "part" / "source" / assignment
    assert load(tmp_path / "part").papers == (replace(paper, folder=folder),)


def test_build_leaves_a_class_as_it_is_where_the_assignment_is_run_whole(tmp_path):
    root = course(tmp_path, '[assignments.hw]\nexecution = "full"\n')
    cells = (*CELLS, ("answer", "Half", "class Half:\n    pass"))
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    assert [drift.function for drift in build_assignments(root, ["hw"], write=False)] == ["f"]


def test_another_word_is_told_with_its_place(tmp_path):
    root = course(tmp_path, '[assignments.hw]\nexecution = "fast"\n')
    with pytest.raises(CourseError) as failure:
        load(root)
    fault = 'course.toml: assignments.hw.execution is \'fast\'; "definitions" or "full" is wanted.'
    assert failure.value.faults == (fault,)
