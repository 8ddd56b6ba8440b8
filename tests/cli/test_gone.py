"""Who is graded and has no folder any more, or is on no list: named, and never silently kept or added."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import run
from tiny_course import make_course
from tiny_edits import forget, withdraw

from autograder import nbgrader_bridge as bridge
from autograder.outcomes import Person


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("gone") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    bridge.add_students(root, [Person("ann", "Ann", "Lee"), Person("ben", "Ben", "Ode")])
    for student in ("ann", "ben"):
        folder = root / "submitted" / student / "hw"
        folder.mkdir(parents=True)
        shutil.copyfile(root / "release" / "hw" / "hw.ipynb", folder / "hw.ipynb")
    run(root, "grade", "hw", "--jobs", 1)
    return root


@pytest.fixture
def course(graded, tmp_path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


COMMANDS = {
    "grade": ("grade", "hw", "--resume", "--jobs", 1),
    "regrade": ("regrade", "hw", "--jobs", 1),
    "export": ("export", "hw", "--file", "-"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_whose_submission_was_taken_out_of_its_folder_is_named(course, command):
    shutil.rmtree(course / "submitted" / "ben" / "hw")
    assert "Graded, and no longer in submitted/: ben." in " ".join(run(course, *command).split())


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_whose_mark_was_taken_back_as_well_is_not(course, command):
    shutil.rmtree(course / "submitted" / "ben" / "hw")
    withdraw(course, "ben")
    assert "no longer in submitted/" not in run(course, *command)


def test_who_is_graded_and_not_on_the_class_list_is_named(course):
    forget(course, "ben")
    told = " ".join(run(course, *COMMANDS["grade"]).split())
    assert "Not on the class list, and in the gradebook now: ben." in told


def test_who_is_on_the_class_list_is_not(course):
    assert "class list" not in run(course, *COMMANDS["grade"])
