"""The catalogue of known mistakes: one module an assignment, each with its ``CATALOGUE``."""
