"""Grading many submissions over any ``concurrent.futures.Executor``."""

from autograder.engine.local import InProcessExecutor, local_processes
from autograder.engine.run import Outcome, run_all

__all__ = ["InProcessExecutor", "Outcome", "local_processes", "run_all"]
