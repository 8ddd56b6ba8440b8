"""Archives at work: set up without a network and run as each host runs them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable

import pytest
from emulated import Emulated, Ran
from receivers import coursera_read, gradescope_read
from spoken import BY_HAND, NAME, TESTED
from submissions import SUBMISSIONS, hand_in

from autograder.hosts.contracts import HOSTS
from autograder.hosts.packing import packed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hosts")]

# The wrong one keeps the points for untouched inputs, for `fourfold`, and for what does not call `noise`.
SHARES = {"right": 1.0, "wrong": (1 + 4 + 1) / 10, "broken": 0.0}


def share_of(host: str, text: str) -> float:
    """Give the share of the points, as the host reads it."""
    if host == "gradescope":
        return gradescope_read(text)["score"] / 10
    if host == "coursera":
        return coursera_read(text)[0]
    rows = [json.loads(line) for line in text.splitlines()]
    return sum(row.get("score", 0.0) for row in rows) / 10


@pytest.fixture(scope="module")
def emulate(course, wheels, tmp_path_factory) -> Callable[[str], Emulated]:
    """Give what makes a host that has the toy's archive, once for each."""

    @functools.cache
    def make(name: str) -> Emulated:
        return Emulated(
            HOSTS[name], tmp_path_factory.mktemp(name), packed(course, "toy", HOSTS[name], None, wheels).data
        )

    return make


@pytest.fixture(scope="module", params=HOSTS)
def emulated(request, emulate) -> Emulated:
    return emulate(request.param)


@pytest.fixture(scope="module")
def runs(emulated) -> dict[str, Ran]:
    def run(kind: str) -> Ran:
        hand_in(kind, emulated.submission)
        return emulated.grade()

    return {kind: run(kind) for kind in SHARES}


@pytest.mark.parametrize("kind", SHARES)
def test_the_host_reads_the_mark_of_a_submission_that_is(emulated, runs, kind):
    assert runs[kind].status == 0, runs[kind].printed
    assert share_of(emulated.host.name, runs[kind].results) == pytest.approx(SHARES[kind])


def test_what_is_no_notebook_is_told(runs):
    assert "so it is no notebook" in runs["broken"].printed
    assert "so it is no notebook" in runs["broken"].results


def test_the_instructor_is_told_that_isolation_is_full(runs):
    assert runs["right"].printed.startswith("Isolation: full (")


def test_the_instructor_is_told_loudly_what_a_host_refuses(emulated):
    hand_in("right", emulated.submission)
    ran = emulated.grade("denied")
    assert re.match(r"Isolation: REDUCED, not full\. .*user namespace \(.*not permitted", ran.printed)
    assert share_of(emulated.host.name, ran.results) == 1.0


@pytest.mark.parametrize("name", ["gradescope", "docker"])
def test_an_assignment_with_a_space_and_other_letters_is_graded(course, wheels, tmp_path, name):
    host = HOSTS[name]
    emulated = Emulated(host, tmp_path, packed(course, NAME, host, None, wheels).data)
    (emulated.submission / f"{NAME}.ipynb").write_text(SUBMISSIONS["right"], encoding="utf-8")
    ran = emulated.grade()
    assert ran.status == 0, ran.printed
    assert json.loads(ran.results)["score"] == TESTED
    assert all(f"{cell}: a person will grade it" in ran.printed for cell in BY_HAND)


@pytest.mark.parametrize("emulated", ["docker"], indirect=True)
def test_a_link_to_the_instructors_notebook_is_not_followed(emulated):
    (emulated.submission / "toy.ipynb").symlink_to("/grader/course/source/toy/toy.ipynb")
    ran = emulated.grade()
    assert share_of("docker", ran.results) == 0.0
    assert "toy.ipynb is a link" in ran.printed


@pytest.mark.parametrize("emulated", ["docker"], indirect=True)
def test_a_host_that_does_not_hold_the_level_asked_for_gets_no_mark(emulated):
    hand_in("right", emulated.submission)
    ran = emulated.grade("denied", level="full")
    assert (ran.status, ran.results) == (3, None)
    assert "does not hold the isolation asked for" in ran.printed
    assert "`autograder" not in ran.printed
