"""What the examiner is told of an object that stays."""

from __future__ import annotations

import functools

import pytest

from autograder.candidate.holding import Held


class Words(dict):
    """Gives its entries as attributes, and for any other what a dictionary says."""

    __getattr__ = dict.__getitem__


def test_an_object_that_is_asked_for_a_name_and_raises_has_none():
    assert Held().hold(Words(n=1)).name == ""


@pytest.mark.parametrize("one", [len, dict, functools.wraps(len)(lambda x: x)])
def test_what_has_a_name_is_told_by_it(one):
    assert Held().hold(one).name == one.__name__
