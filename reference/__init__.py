"""The course's right answers: one module an assignment, and the catalogue of known mistakes.

Everything here is the instructor's. The text of each graded function goes into the source notebook as it
stands (``autograder build``): its docstring is what students read, and its annotations need nothing but
``np``.
"""
