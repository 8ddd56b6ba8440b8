"""The course folder: assignments, their functions and points, and how much a submission may use."""

from autograder.course.configuration import CONFIG, configured
from autograder.course.course import Course, find_root, language_of, load
from autograder.course.files import source_files
from autograder.course.markers import delimiter_faults
from autograder.course.paper import Function, Paper, TestCell, paper_of
from autograder.course.settings import Bars

__all__ = [
    "CONFIG",
    "Bars",
    "Course",
    "Function",
    "Paper",
    "TestCell",
    "configured",
    "delimiter_faults",
    "find_root",
    "language_of",
    "load",
    "paper_of",
    "source_files",
]
