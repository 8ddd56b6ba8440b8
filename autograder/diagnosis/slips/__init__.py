"""Slips of the pen: the reference with one small thing done otherwise.

A student's wrong line is often the right line but for a factor, a sign, an axis, a name. So the reference's own text,
with such a slip in it, is a wrong implementation that nobody had to write down, and it predicts the wrong answer
exactly. All slips of a function live in one compiled function that reads from a list which of them to make.
"""

from autograder.diagnosis.slips.search import Slips, by_slips

__all__ = ["Slips", "by_slips"]
