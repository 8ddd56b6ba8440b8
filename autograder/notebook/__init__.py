"""Reading notebooks, whatever their age and state."""

from autograder.notebook.reading import CodeCell, Notebook, parse, read

__all__ = ["CodeCell", "Notebook", "parse", "read"]
