"""The attacks at every door: no mark gained, no secret told, nothing changed, nothing left behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attacks import ATTACKS, CLASSES
from doors import DOORS, chosen
from hostile_course import POINTS
from raid import HONEST_EVERY, student_of

pytestmark = pytest.mark.slow

# A call may last half a second, and six test cells call; the rest is what a busy machine adds.
_SECONDS = 15
_MAX_TEXT = 20_000
# nbgrader takes a name with brackets for a pattern of names: it finds no submission, so there is no mark either.
_NO_PAGE = {"output: markup as a name", "notebook: more cells than are read"}

# One worker of a test run takes all that a door asks: another one would only wait for what came of the attacks.
_GROUPS = {door: pytest.mark.xdist_group(door) for door in DOORS}
_TRIED = [pytest.param(door, attack, marks=_GROUPS[door]) for door in DOORS for attack in chosen(door)]
each = pytest.mark.parametrize(("door", "attack"), _TRIED, indirect=["door"])


def at(*doors: str) -> pytest.MarkDecorator:
    """Try some doors."""
    return pytest.mark.parametrize("door", [pytest.param(door, marks=_GROUPS[door]) for door in doors], indirect=True)


@each
def test_no_mark_is_gained(door, attack):
    assert door["attacks"][attack]["score"] <= ATTACKS[attack].worth


@each
def test_no_secret_is_told(door, attack):
    assert door["attacks"][attack]["leaks"] == []


@each
def test_text_stays_text(door, attack):
    judged = door["attacks"][attack]
    assert (judged["live"], judged["controls"]) == ([], [])
    assert judged["length"] < _MAX_TEXT


@at(*DOORS)
def test_an_honest_submission_gets_full_marks_after_each(door):
    assert len(door["honest"]) >= len(chosen(door["name"])) // HONEST_EVERY
    assert set(door["honest"]) == {POINTS}


@at(*DOORS)
def test_no_file_that_is_not_the_gradebooks_is_changed(door):
    assert door["changed"] == []


@at(*DOORS)
def test_no_process_is_left(door):
    assert door["left"] == []


@at(*DOORS)
def test_the_terminal_shows_no_secret(door):
    assert door["told"] == []


@at("score", "grade")
def test_the_terminal_obeys_nobody(door):
    assert door["controls"] == []


@at("score")
def test_no_attack_takes_long(door):
    slow = {name: judged["seconds"] for name, judged in door["attacks"].items() if judged["seconds"] > _SECONDS}
    assert slow == {}


@at("grade")
def test_every_attack_has_a_page(door):
    assert set(chosen("grade")) - set(door["paged"]) <= _NO_PAGE


@at("grade", "autograde")
def test_a_neighbour_keeps_the_marks(door):
    assert door["neighbour"] == POINTS


@at("grade")
def test_the_table_holds_no_formula(door):
    assert {len(row) for row in door["table"]} == {11}
    assert not [cell for row in door["table"] for cell in row if cell.startswith(("=", "+", "@", "\t"))]


def test_every_class_of_attacks_is_tried():
    assert len(ATTACKS) >= 80
    assert all(len(attacks) >= 8 for attacks in CLASSES.values())


def test_the_documentation_counts_the_attacks():
    text = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([a-z-]+) \| (\d+) \|", text, re.MULTILINE))
    assert told == {kind: str(len(attacks)) for kind, attacks in CLASSES.items()}


def test_no_two_attacks_are_handed_in_by_one_student():
    assert len(set(map(student_of, ATTACKS))) == len(ATTACKS)
