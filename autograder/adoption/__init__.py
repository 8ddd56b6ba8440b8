"""Taking over a course that was written for plain nbgrader: what its notebooks earn there, and here."""

from autograder.adoption.applying import apply, check_appliable
from autograder.adoption.folders import Found, find_notebooks
from autograder.adoption.records import Adopted, AdoptedCell, Marks, Unadoptable
from autograder.adoption.starting import start_course
from autograder.adoption.trial import adopt

__all__ = [
    "Adopted",
    "AdoptedCell",
    "Found",
    "Marks",
    "Unadoptable",
    "adopt",
    "apply",
    "check_appliable",
    "find_notebooks",
    "start_course",
]
