"""Both roles in JupyterLab, in a real browser, from release to reading the feedback; see `story`."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from story import COMMENT, HE, Seen, play

from autograder.demo.lab import start

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "build" / "screenshots"

# One worker, for the story is played once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]


@pytest.fixture(scope="module")
def seen(browser, desks) -> Seen:
    """Play the story, and keep its pictures in build/screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with contextlib.ExitStack() as stack:
        running = [start(desk) for desk in desks]
        for one in running:
            stack.callback(one.stop)
        return play(browser, *running, PICTURES)


def test_the_side_bar_has_the_points_of_the_source_notebook(seen):
    assert seen.side_bar["points"] == "30"
    assert f"test_{HE}_values" in seen.side_bar["tests"].split()


def test_each_button_of_formgrader_succeeds(seen):
    buttons = ["assign", "release", "collect", "autograde", "generate-feedback", "release-feedback"]
    assert seen.answers == dict.fromkeys(buttons, "Success")


def test_validate_says_in_words_what_is_wrong(seen):
    assert "W1 has shape (3, 2), wanted (2, 3)" in seen.first
    assert "Traceback" not in seen.first


def test_validate_runs_the_visible_tests_only(seen):
    assert seen.first.count("The following cell failed") == 2


def test_validate_sees_what_was_mended(seen):
    assert seen.second.count("The following cell failed") == 1
    assert "has shape" not in seen.second


def test_one_submission_is_graded_from_formgrader(seen):
    assert "23 / 30" in seen.graded


def test_all_are_graded_from_the_terminal(seen):
    assert {"bela", "dilara", "robin"} <= set(seen.terminal.split())


def test_manual_grading_has_the_marks_of_all(seen):
    assert [seen.table.count(mark) for mark in ("17 / 30", "23 / 30", "30 / 30")] == [2, 2, 2]


def test_our_comment_stands_on_the_answer(seen):
    assert "The factor is that of Xavier Glorot" in seen.ours


def test_the_student_reads_the_same_mark(seen):
    assert "23 of 30 points" in seen.feedback


def test_the_student_reads_the_cause_and_the_instructors_comment(seen):
    assert "The factor is that of Xavier Glorot" in seen.feedback
    assert COMMENT in seen.feedback


def test_the_student_reads_no_hidden_test(seen):
    assert "HIDDEN TESTS" not in seen.feedback
    assert "checks." not in seen.feedback


@pytest.mark.parametrize("role", ["instructor", "student"])
def test_the_documents_tell_the_clicks(seen, role):
    text = (ROOT / "docs" / f"{role}s.md").read_text(encoding="utf-8")
    assert f"{seen.clicks[role]} clicks" in text
