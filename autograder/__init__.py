"""An auto-grading harness for NumPy homework in notebooks, on top of nbgrader.

The package root imports nothing, so that ``import autograder.wire`` inside a sandbox loads the wire alone.
"""
