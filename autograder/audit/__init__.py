"""Grades the graders: wrong answers must lose marks, right ones must not, whatever they look like."""
