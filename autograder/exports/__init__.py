"""Marks in the formats that learning platforms take: pure renderers from outcomes to text.

A name or a message is never a formula, a shifted column or markup for whoever opens the file; marks that wait for a
person are left out of what a platform would enter for good.
"""

from autograder.exports.canvas import canvas
from autograder.exports.coursera import coursera
from autograder.exports.gradescope import gradescope
from autograder.exports.moodle import moodle
from autograder.exports.told import feedback_text

__all__ = ["canvas", "coursera", "feedback_text", "gradescope", "moodle"]
