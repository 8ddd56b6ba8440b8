"""`autograder --version`: which versions grade, told without loading them."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

ASK = """
import sys
from autograder.cli.main import main
sys.argv = ["autograder", "--version"]
try:
    main()
finally:
    print(sorted({"numpy", "nbgrader"} & set(sys.modules)))
"""


def test_the_versions_are_told_and_nothing_is_loaded_for_it() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    told = ", ".join(f"{name} {version(package)}" for name, package in (("NumPy", "numpy"), ("nbgrader", "nbgrader")))
    assert done.stdout == f"autograder {version('autograder')} ({told})\n[]\n"
