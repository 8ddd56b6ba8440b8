"""The trusted process: runs hidden tests against proxies of a candidate's functions, and scores."""

from autograder.examiner.examiner import Examiner
from autograder.examiner.guard import guarded
from autograder.examiner.reference import Reference
from autograder.examiner.rehearsal import Rehearsal
from autograder.examiner.solved import is_unsolved
from autograder.examiner.subjects import unusable

__all__ = ["Examiner", "Reference", "Rehearsal", "guarded", "is_unsolved", "unusable"]
