"""Small cases for students to look at: one module an assignment, each with its table ``SMALL``."""
