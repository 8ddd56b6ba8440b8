"""Naming the mistake of a wrong answer.

A misconception is a wrong implementation that somebody wrote down, with a message and a hint. Where none predicts what
an answer returns, general explanations are tried: relations to the right values, slips of the pen in the reference, how
the answer behaves when it is asked again or otherwise. Each is a prediction, and counts only where it holds for all
questions, those it was not found on among them. Where nothing predicts the answer, nothing is said.
"""

from autograder.diagnosis.catalogue import Misconception
from autograder.diagnosis.evidence import Observed, Question, Recorder
from autograder.diagnosis.explain import Subject
from autograder.diagnosis.smallest import Small
from autograder.diagnosis.surroundings import alone, seed

__all__ = ["Misconception", "Observed", "Question", "Recorder", "Small", "Subject", "alone", "seed"]
