"""Pages that people read: the class for the instructor, and a page for each student.

A page is one HTML file that needs nothing else: no script, no network, no other file. Plots are SVG by matplotlib.
"""

from autograder.reports.pages import class_page, student_page

__all__ = ["class_page", "student_page"]
