"""The course folder: assignments, their functions and points, and how much a submission may use."""

from autograder.course.course import Course, find_root, load
from autograder.course.paper import Function, Paper, TestCell

__all__ = ["Course", "Function", "Paper", "TestCell", "find_root", "load"]
