"""Points that a person gives: no host is told that the tests' points are all there are."""

from __future__ import annotations

import json

import pytest
from command import typed
from receivers import coursera_read, gradescope_read
from spoken import BY_HAND, NAME, TESTED
from submissions import SUBMISSIONS

from autograder.exports import feedback_text
from autograder.hosts.contracts import HOSTS
from autograder.hosts.grading import grade_submission

pytestmark = pytest.mark.slow


def handed_in(course, folder, text):
    (folder / f"{NAME}.ipynb").write_text(text, encoding="utf-8")
    return grade_submission(course, NAME, folder, None).outcome


@pytest.fixture(scope="module")
def right(course, tmp_path_factory):
    return handed_in(course, tmp_path_factory.mktemp("right"), SUBMISSIONS["right"])


def test_a_cell_that_a_person_grades_has_no_score_yet(right):
    assert [(cell.name, cell.score, cell.max_score) for cell in right.by_hand] == [
        (name, None, points) for name, points in BY_HAND.items()
    ]


def test_the_tests_points_are_a_part_of_the_whole(right):
    assert (right.points, right.max_score, right.waits) == (TESTED, TESTED + sum(BY_HAND.values()), True)


def test_gradescope_shows_each_cell_and_that_nothing_is_final(right):
    read = gradescope_read(HOSTS["gradescope"].render(right))
    assert {test["name"]: test["max_score"] for test in read["tests"]}.items() >= BY_HAND.items()
    assert "the points are not final" in read["output"]


def test_coursera_gets_a_share_of_the_whole_and_hears_what_is_missing(right):
    share, feedback = coursera_read(HOSTS["coursera"].render(right))
    assert share == TESTED / (TESTED + sum(BY_HAND.values()))
    assert "essay: a person will grade it, 6 points at most" in feedback


def test_of_what_is_no_notebook_a_person_grades_nothing(course, tmp_path):
    broken = handed_in(course, tmp_path, SUBMISSIONS["broken"])
    assert (broken.waits, broken.by_hand) == (False, ())
    assert feedback_text(broken).startswith("0 of 20 points\n")


def test_a_notebook_without_such_cells_has_all_its_points(course, tmp_path):
    (tmp_path / "toy.ipynb").write_text(SUBMISSIONS["right"], encoding="utf-8")
    outcome = grade_submission(course, "toy", tmp_path, None).outcome
    assert json.loads(HOSTS["coursera"].render(outcome))["fractionalScore"] == 1.0


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("gradescope", "Gradescope shows each as a test without points. Set its autograder points to 10,"),
        ("coursera", "all points of the tests are 50% there"),
        ("docker", "The results file has the points of the tests only"),
    ],
)
def test_who_makes_the_archive_is_told_what_a_person_gives(course, tmp_path, host, told):
    done = typed(tmp_path, "bundle", NAME, "--for", host, "--course", course)
    assert "A person gives 10 of its 20 points: essay, project." in done.stdout
    assert told in done.stdout
