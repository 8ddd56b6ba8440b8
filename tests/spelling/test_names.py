"""Names of files as people read and write them."""

from __future__ import annotations

import pytest

from autograder.spelling import of_name

CHOSEN = {
    "the very name": ("hw", ["HW", "hw"], ["hw"]),
    "in other capitals": ("hw", ["other", "HW"], ["HW"]),
    "a letter and its accent apart": ("caf\xe9", ["cafe\u0301"], ["cafe\u0301"]),
    "several, none of them the very one": ("hw", ["HW", "Hw"], ["HW", "Hw"]),
    "none": ("hw", ["hw1"], []),
}


@pytest.mark.parametrize(("name", "there", "chosen"), CHOSEN.values(), ids=CHOSEN)
def test_the_very_name_is_chosen_before_one_that_reads_the_same(name: str, there: list[str], chosen: list[str]) -> None:
    assert of_name(name, there, str) == chosen
