"""Where student code runs.

Theory of operation
-------------------
Three kinds of processes take part::

    examiner ── socket ──► fork-server ── fork ──► candidate ── fork ──► one child a test cell
        └──────────────────── two pipes ───────────────┴──────────────────────┘

The *examiner* holds hidden tests and references. It never forks: what it knows would be copied. It executes the
*fork-server* afresh, with an empty environment and one socket, and keeps it for many submissions: Python and NumPy are
loaded there once. No student code ever runs in it.

For each submission the fork-server forks a *candidate*, which first gives up what it does not need (`confinement`), then
runs the agent that the sandbox was given by name, and talks to the examiner over two pipes of its own. It runs the
student's definitions, then forks a child for every test cell.

Who may end whom: the examiner holds the deadlines and asks the fork-server to end a candidate, which kills its whole
process group and removes its scratch folder. When the examiner dies, the fork-server reads the end of its socket, kills
its candidates and ends too.

What holds today is level *none*: the candidate has its own process group, resource limits, an empty environment, no
descriptors but its pipes, and a scratch folder of its own, but it runs as the same user and can read what that user can.
"""

from autograder.sandbox.confinement import LAYERS, LEVEL
from autograder.sandbox.sandbox import Process, Sandbox

__all__ = ["LAYERS", "LEVEL", "Process", "Sandbox"]
