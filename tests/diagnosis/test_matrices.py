"""An output that is a matrix is called one."""

from __future__ import annotations

from asking import subject

from autograder.diagnosis import Observed

# What crosses from where the answer runs has the name alone.
STAND_IN = type("matrix", (), {})()


def test_matrices_are_named():
    about = subject("initialization", "initialize_parameters_zeros")
    observed = [
        Observed(question, {f"{key}{n}": STAND_IN for key in "Wb" for n in range(1, 9)}) for question in about.fresh
    ]
    found = about.explain(observed)
    assert found is not None
    assert found.message.endswith(" a matrix where an array is wanted.")
