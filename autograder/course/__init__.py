"""The course folder: assignments, their functions and points, and how much a submission may use."""

from autograder.course.course import Course, find_root, language_of, load
from autograder.course.files import source_files
from autograder.course.paper import Function, Paper, TestCell, paper_of
from autograder.course.settings import Bars

__all__ = [
    "Bars",
    "Course",
    "Function",
    "Paper",
    "TestCell",
    "find_root",
    "language_of",
    "load",
    "paper_of",
    "source_files",
]
