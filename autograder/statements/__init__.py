"""From the text of notebook cells to the top-level statements that some names depend on.

The examiner reads the instructor's cells with it, the candidate the student's; standard library only, so that it may
stand in both.
"""

from autograder.statements.cells import without_magics
from autograder.statements.needs import needed
from autograder.statements.parts import parts_of
from autograder.statements.source import BUILTINS, Source, Statement, free_names, statements_of
from autograder.statements.templates import is_left, is_template
from autograder.statements.titles import given_cell, graded_cell, is_given, is_instructors, own_cell, source_cell

__all__ = [
    "BUILTINS",
    "Source",
    "Statement",
    "free_names",
    "given_cell",
    "graded_cell",
    "is_given",
    "is_instructors",
    "is_left",
    "is_template",
    "needed",
    "own_cell",
    "parts_of",
    "source_cell",
    "statements_of",
    "without_magics",
]
