"""The sample class: students who answer the assignments right, wrong, late, not at all, or with malice.

`class.toml` says who they are, `answers/` has what they write, `run_demo` takes them through nbgrader's
round trip, and `lab` seats an instructor and a student in JupyterLab.
"""

from __future__ import annotations

from autograder.demo.round_trip import DemoOutcome, run_demo
from autograder.demo.sample_class import Pupil, sample_class

__all__ = ["DemoOutcome", "Pupil", "run_demo", "sample_class"]
