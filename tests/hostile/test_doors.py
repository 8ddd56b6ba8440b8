"""Every attack at every door: no mark gained, no secret told, nothing changed, nothing left behind."""

from __future__ import annotations

import pytest
from attacks import ATTACKS
from hostile_course import POINTS

pytestmark = pytest.mark.slow

# Two seconds of a test cell for each of six, and what a busy machine adds.
_SECONDS = 15
_MAX_ROW = 20_000


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_mark_is_gained(door, attack):
    assert door["attacks"][attack]["score"] <= ATTACKS[attack].worth


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_secret_is_told(door, attack):
    assert door["attacks"][attack]["leaks"] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_stays_text(door, attack):
    judged = door["attacks"][attack]
    assert (judged["live"], judged["controls"]) == ([], [])


def test_an_honest_submission_gets_full_marks_after_each(door):
    assert len(door["honest"]) >= len(ATTACKS) // 12
    assert set(door["honest"]) == {POINTS}


def test_no_file_outside_is_changed(door):
    assert door["changed"] == []


def test_no_process_is_left(door):
    assert door["left"] == []


def test_the_terminal_shows_no_secret_and_obeys_nobody(door):
    assert (door["told"], door["controls"]) == ([], [])


def test_no_attack_takes_long(door):
    slow = {name: judged["seconds"] for name, judged in door["attacks"].items() if judged["seconds"] > _SECONDS}
    assert slow == {}
