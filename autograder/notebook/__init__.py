"""Reading notebooks, whatever their age and state."""

from autograder.notebook.reading import parse, parse_document, read, read_document
from autograder.notebook.records import Cell, CodeCell, Document, Notebook

__all__ = ["Cell", "CodeCell", "Document", "Notebook", "parse", "parse_document", "read", "read_document"]
