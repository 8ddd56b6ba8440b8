"""The course folder: assignments, their functions and points, and how much a submission may use."""

from autograder.course.configuration import CONFIG, configured
from autograder.course.course import Course, find_root, language_of, load
from autograder.course.files import python_files, source_files, source_notebooks
from autograder.course.markers import broken_solutions, delimiter_faults
from autograder.course.paper import Function, Paper, SourceCell, TestCell, notebook_faults, paper_of
from autograder.course.places import check_new
from autograder.course.references import TABLES, reference_faults
from autograder.course.settings import SETTINGS, Bars, load_settings

__all__ = [
    "CONFIG",
    "SETTINGS",
    "TABLES",
    "Bars",
    "Course",
    "Function",
    "Paper",
    "SourceCell",
    "TestCell",
    "broken_solutions",
    "check_new",
    "configured",
    "delimiter_faults",
    "find_root",
    "language_of",
    "load",
    "load_settings",
    "notebook_faults",
    "paper_of",
    "python_files",
    "reference_faults",
    "source_files",
    "source_notebooks",
]
