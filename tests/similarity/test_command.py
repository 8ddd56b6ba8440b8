"""The command, on submissions that were collected."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from classes import ASSIGNMENT, ROOT, independent, odd
from command import Done, typed

from autograder.nbgrader_bridge.course import open_course

pytestmark = pytest.mark.slow


def notebook(cells: list[str]) -> str:
    made = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made})


def collected(root: Path, handed: dict[str, str]) -> Path:
    """Make a course with what was handed in."""
    for folder in ("source", "reference", "release"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", root)
    for name, text in handed.items():
        folder = root / "submitted" / name / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{ASSIGNMENT}.ipynb").write_text(text, encoding="utf-8")
    with open_course(root, ASSIGNMENT) as opened, opened.gradebook() as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        gradebook.add_notebook(ASSIGNMENT, ASSIGNMENT)
    return root


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    students = independent(20)
    students |= {"ada": odd(students["student007"]), "bo": odd(students["student007"])}
    handed = {name: notebook(cells) for name, cells in students.items()} | {"cy": "no notebook"}
    return collected(tmp_path_factory.mktemp("course"), handed)


def similar(course: Path, *arguments: str) -> Done:
    return typed(course, "similar", *arguments)


def test_the_table_shows_the_evidence_with_its_base_rates_in_80_columns(course):
    done = similar(course, ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    assert "ada, bo" in done.stdout
    assert "  2 of 22 use the name pepper_weight" in done.stdout
    assert "no verdict" in done.stdout
    assert "cy" in done.stderr
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []


def test_the_json_has_every_pair_and_all_that_it_shares(course):
    document = json.loads(similar(course, ASSIGNMENT, "--json", "-").stdout)
    assert [pair["students"] for pair in document["pairs"]] == [["ada", "bo"]]
    assert (document["submissions"], document["unreadable"]) == (22, ["cy"])
    assert {"trait", "having", "bits"} == set(document["pairs"][0]["shared"][0])


def test_one_submission_is_one(tmp_path):
    done = similar(collected(tmp_path / "course", {"ada": notebook(["x = 1"])}), ASSIGNMENT)
    assert done.stdout.startswith(f"1 submission of {ASSIGNMENT}\n")


def test_an_assignment_that_is_not_released_is_told(course):
    done = similar(course, "initialization")
    assert done.returncode == 2
    assert "autograder release initialization" in done.stderr


def test_a_notebook_that_was_handed_in_twice_is_listed_in_a_small_class_with_the_reason(tmp_path):
    students = independent(13)
    handed = {name: notebook(cells) for name, cells in students.items()}
    course = collected(tmp_path, handed | {"zoe": handed["student007"]})
    shown = similar(course, ASSIGNMENT).stdout
    assert "the same answers  student007, zoe\n  2 of 14 have 4 of 4 functions word for word, " in shown
    assert shown.count("the same answers  ") == 1
