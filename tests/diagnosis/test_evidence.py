"""What an answer returned is read, whatever it is."""

from __future__ import annotations

import pytest

from autograder.diagnosis.evidence import any_outputs, read

HUGE = 1 << 16_000
KEYS = {"number": HUGE, "pair": (HUGE, 2), "text": "W1" * 100, "float": 0.5}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_every_key_of_a_dictionary_gets_a_short_label(key):
    (label,) = any_outputs({key: 1.0})
    assert 0 < len(label) <= 40


def test_a_value_with_a_key_that_cannot_be_said_is_read():
    found, raw = read(lambda value: {"A3": value[0]}, {HUGE: 2.0, "W1": 1.0})
    assert [*found.values()] == [*raw.values()] == [2.0, 1.0]
