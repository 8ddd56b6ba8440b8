"""A worker may be another machine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from frail_course import make_course

from autograder.api.bundles import bundle_of
from autograder.api.workers import Desk, Refused, Task
from autograder.course import load
from autograder.errors import UsageError


def test_a_worker_with_other_versions_grades_nothing_and_names_both(tmp_path):
    bundle = replace(bundle_of(load(make_course(tmp_path)), "hw"), versions="Python 3.9, NumPy 1.26.4")
    refused = Desk((bundle,), None).grade(Task("student", "hw", bundle.hash, ()))
    assert isinstance(refused, Refused)
    assert isinstance(refused.error, UsageError)
    assert f"NumPy {np.__version__}" in str(refused.error)
    assert "NumPy 1.26.4" in str(refused.error)
