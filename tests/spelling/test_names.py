"""Names of files as people read and write them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.spelling import of_name, shown

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


@pytest.mark.parametrize("name", ["hw.ipynb", "caf\xe9/\u4f5c\u4e1a.ipynb", r"caf\xe9"])
def test_a_path_is_shown_as_it_is(name: str) -> None:
    assert shown(Path(name)) == name


def test_a_byte_that_is_no_utf_8_is_shown_as_its_number() -> None:
    assert shown(Path(os.fsdecode(b"caf\xe9/\xc3\xa9"))) == "caf\\xe9/\xe9"
