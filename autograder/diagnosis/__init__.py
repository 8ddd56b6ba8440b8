"""Naming the mistake: a misconception is a wrong implementation that predicts what the answer returns."""

from autograder.diagnosis.catalogue import Misconception, diagnose

__all__ = ["Misconception", "diagnose"]
