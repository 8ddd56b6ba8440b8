"""Wrong answers, made of right ones: one small mistake each, as students of numeric code make them."""

from autograder.audit.mutation.engine import mutants
from autograder.audit.mutation.hard_coded import hard_coded

__all__ = ["hard_coded", "mutants"]
