"""Autograder as a library: open a course, grade notebooks, get records.

`autograder.api.gradebook` does the same for a whole assignment with nbgrader's gradebook; it is not imported here,
because nbgrader takes seconds to load.
"""

from autograder.api.examining import examine
from autograder.api.notebooks import Grader, score_many, speaker_for

__all__ = ["Grader", "examine", "score_many", "speaker_for"]
