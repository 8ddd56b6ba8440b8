"""Which of the files that were handed in count."""

from __future__ import annotations

import os
import unicodedata

import pytest
from spoken import NAME, TESTED
from submissions import SUBMISSIONS

from autograder.course import load
from autograder.hosts.contents import course_files, followed
from autograder.hosts.grading import grade_submission, isolation_text


@pytest.fixture
def submission(tmp_path):
    return tmp_path


def points(course, submission):
    return grade_submission(course, "toy", submission, None).outcome.points


def told(course, submission):
    (file,) = grade_submission(course, "toy", submission, None).outcome.unreadable
    return file.error


def put(path, kind="right"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SUBMISSIONS[kind], encoding="utf-8")


@pytest.fixture(scope="module")
def toy_only(course, tmp_path_factory):
    """Give what the archive has of the course."""
    folder = tmp_path_factory.mktemp("packed")
    papers = load(course).papers_of("toy")
    for name, data in course_files(course, papers, followed(course, papers)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "course"


def test_the_only_notebook_counts_under_any_name_and_in_any_folder(toy_only, submission):
    put(submission / "work" / "Untitled (1).ipynb")
    assert points(toy_only, submission) == 10


def test_the_notebook_of_the_name_counts_among_others(toy_only, submission):
    put(submission / "toy.ipynb")
    put(submission / "draft.ipynb", "wrong")
    assert points(toy_only, submission) == 10


def test_copies_that_jupyter_and_macos_keep_do_not_count(toy_only, submission):
    put(submission / "toy.ipynb")
    put(submission / ".ipynb_checkpoints" / "toy.ipynb", "wrong")
    put(submission / "__MACOSX" / "toy.ipynb", "broken")
    assert points(toy_only, submission) == 10


@pytest.mark.parametrize("name", ["TOY.IPYNB", "work.Ipynb"])
def test_an_ending_in_capitals_is_one(toy_only, submission, name):
    put(submission / name)
    assert points(toy_only, submission) == 10


def test_the_name_counts_in_capitals_too(toy_only, submission):
    put(submission / "TOY.IPYNB")
    put(submission / "draft.ipynb", "wrong")
    assert points(toy_only, submission) == 10


def test_the_very_name_counts_before_one_in_capitals(toy_only, submission):
    put(submission / "toy.ipynb")
    put(submission / "TOY.IPYNB", "wrong")
    assert points(toy_only, submission) == 10


def test_a_name_that_a_mac_has_spelled_counts(course, submission):
    put(submission / unicodedata.normalize("NFD", f"{NAME}.ipynb"))
    put(submission / "draft.ipynb", "wrong")
    assert grade_submission(course, NAME, submission, None).outcome.points == TESTED


@pytest.mark.parametrize("names", [[], ["one.ipynb", "two.ipynb"], ["a/toy.ipynb", "b/toy.ipynb"]])
def test_where_none_can_be_chosen_the_student_is_told_the_name(toy_only, submission, names):
    for name in names:
        put(submission / name)
    start = f"There are {len(names)} notebooks" if names else "There is no notebook toy.ipynb"
    assert told(toy_only, submission).startswith(start)


def test_a_link_is_told_and_not_followed(toy_only, submission):
    (submission / "toy.ipynb").symlink_to(toy_only / "source" / "toy" / "toy.ipynb")
    assert told(toy_only, submission) == "toy.ipynb is a link and is not followed. Hand in the file itself."


def test_a_folder_that_is_a_link_is_not_entered(toy_only, submission):
    (submission / "work").symlink_to(toy_only / "source" / "toy")
    assert "no notebook toy.ipynb" in told(toy_only, submission)


def test_no_isolation_is_told_loudly(toy_only, submission):
    put(submission / "toy.ipynb")
    handed = grade_submission(toy_only, "toy", submission, "none")
    assert handed.isolation.startswith(
        "Isolation: NONE, as the archive asks for. The submission's code ran as the grader does"
    )


def test_full_isolation_names_its_layers():
    assert isolation_text("full", ("Landlock", "seccomp")) == "Isolation: full (Landlock, seccomp)."


def test_a_name_that_is_no_utf_8_is_told_in_escapes(toy_only, submission):
    put(submission / os.fsdecode(b"caf\xe9.ipynb"))
    (result,) = grade_submission(toy_only, "toy", submission, None).outcome.results
    assert result.notebook == r"caf\xe9.ipynb"
