"""What a worker gets of this course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.api.bundles import bundle_of
from autograder.course import load

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
    bundle_of(load(course), "regularization").unpack(part)
    (whole,) = load(course).papers_of("regularization")
    assert load(part).papers_of("regularization") == (replace(whole, folder=part / "source" / "regularization"),)


@pytest.mark.parametrize(
    ("assignment", "there", "absent"),
    [
        ("initialization", "misconceptions/he.py", "misconceptions/l2_cost.py"),
        ("regularization", "misconceptions/l2_cost.py", "gradient_checking.py"),
        ("gradient_checking", "vectors.py", "initialization.py"),
    ],
)
def test_an_assignment_has_its_own_reference(assignment, there, absent):
    names = {name for name, _ in bundle_of(load(ROOT), assignment).files}
    assert f"reference/{there}" in names
    assert f"reference/{absent}" not in names
