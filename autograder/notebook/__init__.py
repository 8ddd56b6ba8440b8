"""Reading notebooks, whatever their age and state, and finding an assignment's cells in them again."""

from autograder.notebook.asking import without_prose
from autograder.notebook.blanks import Blank, blanks_of, without_hidden
from autograder.notebook.margins import definitions_of, functions_of
from autograder.notebook.reading import parse_document, read, read_document
from autograder.notebook.records import Cell, CodeCell, Document, Notebook
from autograder.notebook.repairing import Repaired, is_note, repair

__all__ = [
    "Blank",
    "Cell",
    "CodeCell",
    "Document",
    "Notebook",
    "Repaired",
    "blanks_of",
    "definitions_of",
    "functions_of",
    "is_note",
    "parse_document",
    "read",
    "read_document",
    "repair",
    "without_hidden",
    "without_prose",
]
