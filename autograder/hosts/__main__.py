"""``python -m autograder.hosts HOST ASSIGNMENT LEVEL``: what an archive runs on its host.

It lies beside the course, in an environment of its own. What it prints is for the instructor. Exit status 0 when the
submission was graded, whatever the mark; 3 when it was not, for a reason of ours, and then the host gets no mark.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from autograder.errors import AutograderError
from autograder.exports import feedback_text
from autograder.hosts.contracts import HOSTS
from autograder.hosts.grading import grade_submission
from autograder.hosts.words import for_instructors
from autograder.sandbox import Level

_FAULT_OF_OURS = 3


def main(host_name: str, assignment: str, level: str) -> int:
    """Grade the submission that the host has put into its folder; give the exit status."""
    host = HOSTS[host_name]
    course = Path(sys.prefix).parent / "course"
    try:
        wanted = None if level == "strongest" else cast("Level", level)
        handed = grade_submission(course, assignment, host.submission, wanted)
        ours = handed.outcome.ours
        if host.without_mark or not ours:
            host.results.parent.mkdir(parents=True, exist_ok=True)
            host.results.write_text(host.render(handed.outcome), encoding="utf-8")
    except (AutograderError, OSError, MemoryError) as error:
        why = for_instructors(error)
        sys.stdout.write(f"The submission was not graded, for a reason of ours, and has no mark: {why}\n")
        return _FAULT_OF_OURS
    sys.stdout.write(f"{handed.isolation}\n\n{feedback_text(handed.outcome)}\n")
    return _FAULT_OF_OURS if ours else 0


if __name__ == "__main__":
    # Some hosts add arguments of their own.
    sys.exit(main(*sys.argv[1:4]))
