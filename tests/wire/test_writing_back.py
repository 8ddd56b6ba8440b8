"""What one side's object becomes on the other: its parts are changed in place, or others are put in their places."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from autograder.wire import Common, parts_of, whence, write_back


def put_in_place(one):
    one["w"] = one["w"] - 1


def changed_in_place(one):
    one["w"] -= 1


def moved(one):
    one["rows"].pop(0)


def wrapped(one):
    one["rows"] = [one["rows"], [one["w"]]]


def doubled(one):
    one["rows"][1] = one["rows"][0]


def made_anew(one):
    one.update(rows=[([7],), (one["w"],)], more={1: {2: [3]}}, w=np.zeros(1))


def told(change):
    """Give an object that one side holds parts of, and what the other side has done to its copy."""
    here = {"w": np.ones(2), "rows": [[1], [2], [2]], "pair": ([3], 4)}
    there = copy.deepcopy(here)
    before = parts_of(there)
    change(there)
    return here, copy.deepcopy(there), len(before), whence(before, there)


@pytest.mark.parametrize("change", [put_in_place, changed_in_place, moved, wrapped, doubled, made_anew])
def test_whoever_holds_a_part_sees_what_a_kernel_shows_it(change):
    here, *news = told(change)
    held = parts_of(here)
    kernels = copy.deepcopy(here)
    as_in_a_kernel = parts_of(kernels)
    change(kernels)
    assert write_back(here, *news) is here
    assert repr(here) == repr(kernels)
    assert repr(held) == repr(as_in_a_kernel)


@pytest.mark.parametrize("parts", [[0, 0], [1, 0], [9, -7], [-1, -1], [0], []])
def test_no_claim_makes_an_object_a_part_of_itself(parts):
    here = [[[1]]]
    assert write_back(here, [[[2]]], 2, parts) is here
    assert here == [[[2]]]


def test_an_object_with_itself_in_it_is_followed_no_longer():
    common, one = Common(), [[1]]
    number = common.number_of(one)
    one[0].append(one)
    assert common.changed() == {}
    assert number not in common


def test_what_has_become_very_large_is_followed_no_longer():
    common, one, other = Common(), [1], [1]
    number = common.number_of(one)
    assert number in common
    assert common.become(number, [np.zeros(100_000)]) is one
    assert number not in common
    assert common.number_of(one) is None
    assert common.number_of(other) not in {None, number}
