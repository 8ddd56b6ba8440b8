"""The command line: the only place that prints and exits."""

from __future__ import annotations

import sys

from autograder.cli.statuses import Status
from autograder.cli.stopping import take_interrupts


def run() -> None:
    """Run the command line; what it needs is loaded only where Ctrl-C has an answer already."""
    take_interrupts()
    try:
        from autograder.cli.main import main  # noqa: PLC0415

        main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(Status.INTERRUPTED)
