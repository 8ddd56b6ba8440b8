"""What a mark follows from besides the files of a course: the grader, and the NumPy and Python that it runs on."""

from __future__ import annotations

import functools
import sys
from importlib.metadata import version


@functools.cache
def versions() -> str:
    """Name what is installed here, such as ``Python 3.11, NumPy 2.3.1, autograder 0.1.0``."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"Python {python}, NumPy {version('numpy')}, autograder {version('autograder')}"
