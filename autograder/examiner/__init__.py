"""The trusted process: runs hidden tests against proxies of a candidate's functions, and scores."""

from autograder.examiner.examiner import Examiner

__all__ = ["Examiner"]
