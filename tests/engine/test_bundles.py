"""What a worker gets of the course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder.course import load
from autograder.engine import pack

ROOT = Path(__file__).parents[2]
SETTINGS = """
execution = "full"

[limits]
memory_mb = 600

[assignments.regularization.limits]
seconds_per_cell = 7

[assignments.initialization.limits]
seconds_per_cell = 9
"""


def test_settings_of_another_assignment_are_no_fault_of_the_part(tmp_path):
    course, part = tmp_path / "course", tmp_path / "part"
    course.mkdir()
    (course / "source").symlink_to(ROOT / "source")
    (course / "course.toml").write_text(SETTINGS)
    pack(course, "regularization").unpack(part)
    (whole,) = load(course).papers_of("regularization")
    assert load(part).papers_of("regularization") == (replace(whole, folder=part / "source" / "regularization"),)
