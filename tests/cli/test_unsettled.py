"""What the commands say beside marks and pages that are not what they seem."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from command import run
from entering import write_grades
from tiny_course import ALL_PASSED, check, make_course, result
from tiny_edits import add_essay, answer_essay, change_points, give

from autograder import nbgrader_bridge as bridge
from autograder.api.records import keep
from autograder.errors import BridgeError
from autograder.outcomes import Person
from autograder.results import Unreadable, Verdict

pytestmark = pytest.mark.slow

FAULT = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", None, 3.0, "internal_error", "Failed."))
OURS = replace(FAULT, functions=(replace(FAULT.functions[0], verdict=Verdict.INTERNAL_ERROR),))


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("template") / "course"
    make_course(root)
    bridge.generate(root, "hw")
    bridge.add_students(root, [Person("ann"), Person("ben")])
    return root


@pytest.fixture(scope="module")
def with_ann(template, tmp_path_factory) -> Path:
    root = Path(shutil.copytree(template, tmp_path_factory.mktemp("ann") / "course"))
    graded(root, "ann")
    return root


@pytest.fixture
def course(with_ann, tmp_path) -> Path:
    """Give a course in which ann is graded, and ben has not handed in."""
    return Path(shutil.copytree(with_ann, tmp_path / "course"))


@pytest.fixture
def fresh(template, tmp_path) -> Path:
    """Give a course in which nobody has handed in."""
    return Path(shutil.copytree(template, tmp_path / "course"))


def hand_in(course, student, change=lambda _: None) -> Path:
    notebook = nbformat.read(course / "release" / "hw" / "hw.ipynb", as_version=4)
    change(notebook)
    path = course / "submitted" / student / "hw" / "hw.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def enter(course, student, found=ALL_PASSED) -> None:
    keep(course, "hw", {(student, "hw"): found})
    write_grades(course, "hw", {(student, "hw"): None if isinstance(found, Unreadable) else found})


def graded(course, student, found=ALL_PASSED) -> Path:
    path = hand_in(course, student)
    enter(course, student, found)
    return path


def hand_in_anew(path) -> None:
    later = time.time() + 60
    os.utime(path, (later, later))


def send_broken(course, student) -> None:
    """Hand in, in the place of what was graded, what is no notebook."""
    (course / "submitted" / student / "hw" / "hw.ipynb").write_text('{"cells": [')
    enter(course, student, Unreadable("hw", "It is cut off. Ask for it again."))


@pytest.fixture(params=["export", "report", "feedback"])
def told(request, course, tmp_path):
    """Run a command that tells of marks, and give what it says."""
    place = {"export": ("--file", tmp_path / "marks.csv"), "report": ("--to", tmp_path / "class.html"), "feedback": ()}
    return lambda: run(course, request.param, "hw", *place[request.param])


def test_who_is_collected_and_not_graded_is_named(course, told):
    hand_in(course, "ben")
    assert "Collected and not graded yet: ben. Run `autograder grade hw`." in told()


def test_who_handed_in_anew_is_named(course, told):
    hand_in_anew(course / "submitted" / "ann" / "hw" / "hw.ipynb")
    assert "Handed in anew since they were graded: ann." in told()


def test_who_was_graded_for_other_points_is_named(course, told):
    change_points(course, "test_hidden", 8)
    assert "Other points were released since these were graded: ann." in told()


@pytest.mark.parametrize("command", [("export", "--file", "marks.csv"), ("report", "--to", "class.html")])
def test_whose_kept_results_cannot_be_read_is_named_by_their_files(course, tmp_path, command):
    graded(course, "ben")
    (course / "results" / "hw" / "ann" / "hw.json").write_text('{"result": {"sc')
    name, option, file = command
    told = " ".join(run(course, name, "hw", option, tmp_path / file).split())
    assert "cannot be read, damaged or of another version: results/hw/ann/hw.json. Run `autograder grade hw`." in told


def test_damaged_results_of_who_has_no_marks_any_more_are_not_told_of(fresh, tmp_path):
    graded(fresh, "ben")
    keep(fresh, "hw", {("ann", "hw"): ALL_PASSED})
    (fresh / "results" / "hw" / "ann" / "hw.json").write_text("")
    assert "cannot be read" not in run(fresh, "report", "hw", "--to", tmp_path / "class.html")


def test_of_settled_marks_nothing_is_said(told):
    assert "Run `autograder" not in told()


def test_an_export_of_nothing_says_what_to_do(fresh, tmp_path):
    told = run(fresh, "export", "hw", "--file", tmp_path / "marks.csv")
    assert "Nothing of hw is graded yet: there is no mark in it." in told
    assert "`autograder collect hw`" in told


@pytest.fixture
def exported(course, tmp_path):
    return lambda to: run(course, "export", "hw", "--to", to, "--file", tmp_path / to)


@pytest.mark.parametrize(("to", "name"), [("gradescope", "results.json"), ("coursera", "feedback.json")])
def test_no_file_of_an_earlier_export_stays_where_there_is_no_mark(course, exported, tmp_path, to, name):
    graded(course, "ben")
    exported(to)
    enter(course, "ann", OURS)
    told = exported(to)
    assert [path.parent.name for path in (tmp_path / to).glob(f"*/{name}")] == ["ben"]
    assert "No file, for the grader failed there: ann." in told
    assert "The file of an earlier export is taken away: ann." in told


def test_other_files_beside_it_stay(course, exported, tmp_path):
    exported("gradescope")
    (tmp_path / "gradescope" / "ann" / "notes.txt").write_text("mine")
    enter(course, "ann", OURS)
    exported("gradescope")
    assert [path.name for path in (tmp_path / "gradescope" / "ann").iterdir()] == ["notes.txt"]


def test_what_cannot_be_read_takes_the_place_of_the_mark_before(course, exported, tmp_path):
    exported("gradescope")
    send_broken(course, "ann")
    exported("gradescope")
    document = json.loads((tmp_path / "gradescope" / "ann" / "results.json").read_text())
    assert (document["score"], "not final" in document["output"]) == (0.0, True)


def test_feedback_passes_on_no_page_of_an_earlier_submission(course):
    graded(course, "ben")
    run(course, "feedback", "hw")
    send_broken(course, "ann")
    told = run(course, "feedback", "hw")
    assert "ann gets no page: hw.ipynb is no notebook: It is cut off. Ask for it again." in told
    assert "Not handed in through nbgrader's exchange: ben." in told
    assert [path.parent.parent.name for path in course.glob("feedback/*/hw/hw.html")] == ["ben"]


def test_feedback_says_whose_marks_are_not_final(course):
    enter(course, "ann", OURS)
    graded(course, "ben")
    told = run(course, "feedback", "hw")
    assert "Not final yet, and their pages say so: ann." in told


def test_an_essay_that_nobody_has_graded_is_not_final_and_then_it_is(fresh):
    add_essay(fresh)
    hand_in(fresh, "ann", answer_essay)
    enter(fresh, "ann")
    assert "Not final yet" in run(fresh, "feedback", "hw")
    give(fresh, "ann", "essay", 4)
    assert "Not final yet" not in run(fresh, "feedback", "hw")


def test_feedback_before_grading_says_what_to_do(fresh):
    hand_in(fresh, "ann")
    with pytest.raises(BridgeError, match=r"Run `autograder grade hw`"):
        run(fresh, "feedback", "hw")
