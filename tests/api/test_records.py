"""What grading found is kept, whole, until it is found anew."""

from __future__ import annotations

import pytest
from sample import CY, result

from autograder.api.records import FOLDER, keep, kept, read
from autograder.results import Unreadable


def test_what_was_kept_is_read_again(tmp_path):
    rows = {("ann", "hw"): CY.results[0], ("zoë", "hw"): Unreadable("hw.ipynb", "The file is empty.")}
    keep(tmp_path, "hw", rows)
    assert kept(tmp_path, "hw") == rows


def test_a_new_result_replaces_the_old_one(tmp_path):
    keep(tmp_path, "hw", {("ann", "hw"): CY.results[0]})
    keep(tmp_path, "hw", {("ann", "hw"): result()})
    assert kept(tmp_path, "hw") == {("ann", "hw"): result()}


def test_assignments_are_kept_apart(tmp_path):
    keep(tmp_path, "hw", {("ann", "hw"): result()})
    assert kept(tmp_path, "hw2") == {}


def test_a_file_that_cannot_be_read_costs_only_itself(tmp_path):
    keep(tmp_path, "hw", {("ann", "hw"): result(), ("ben", "hw"): result()})
    (tmp_path / FOLDER / "hw" / "ann" / "hw.json").write_text('{"result": {"score"')
    assert list(kept(tmp_path, "hw")) == [("ben", "hw")]


@pytest.mark.parametrize("text", ['{"result": {"score"', "{}"], ids=["cut", "of nothing"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, text):
    keep(tmp_path, "hw", {("ann", "hw"): result(), ("ben", "hw"): result()})
    path = tmp_path / FOLDER / "hw" / "ann" / "hw.json"
    path.write_text(text)
    assert read(tmp_path, "hw").damaged == (path,)


def test_of_files_that_can_be_read_none_is_named(tmp_path):
    keep(tmp_path, "hw", {("ann", "hw"): result()})
    assert read(tmp_path, "hw").damaged == ()
