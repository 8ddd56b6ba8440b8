"""The toy course, and wheels of what grading it elsewhere installs."""

from __future__ import annotations

from pathlib import Path

import pytest
from rebuilt import rebuild
from spoken import make_spoken
from toy_course import make_course

from autograder.hosts.contracts import HOSTS
from autograder.hosts.packing import packed


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    (root / "source" / "other").mkdir()
    other = (
        (root / "source" / "toy" / "toy.ipynb")
        .read_text(encoding="utf-8")
        .replace("reference import toy", "math import pi")
    )
    (root / "source" / "other" / "other.ipynb").write_text(other, encoding="utf-8")
    (root / "reference" / "other.py").write_text("SECRET = 'the answers of another assignment'\n")
    make_spoken(root)
    (root / "source" / "toy" / ".ipynb_checkpoints").mkdir()
    (root / "source" / "toy" / ".ipynb_checkpoints" / "toy-checkpoint.ipynb").write_text("{}")
    with (root / "course.toml").open("a") as file:
        file.write(
            "[assignments.toy.limits]\nseconds_per_cell = 2\n\n[assignments.other.limits]\nseconds_per_cell = 9\n"
        )
    return root


@pytest.fixture(scope="session")
def wheels(course, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    rebuild(packed(course, "toy", HOSTS["docker"]).pins, folder)
    return folder
