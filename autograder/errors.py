"""The exceptions by which autograder says to its callers, and to people, that something cannot be done.

::

    AutograderError                  base of all of them; its text is written for people
    ├── UsageError                   the caller's mistake: a path, a name, an option (exit status 2)
    ├── CourseError                  the course folder has faults; carries all of them at once (exit status 2)
    ├── NotebookError                a file that is no notebook we can read; costs only that file
    ├── BridgeError                  nbgrader refused a step of ours
    │   ├── GradebookError           its database cannot be written now; a fault of ours (exit status 3)
    │   └── PlugInError              the course's own code failed on a submission
    ├── ClusterError                 the cluster that grades was lost; a fault of ours (exit status 3)
    └── CandidateError               the student's process did not give a value
        ├── WireError                it sent bytes that are no message
        ├── CandidateTimeoutError    it did not answer in time
        │   └── NotebookTimeoutError     all that the submission did took too long together
        ├── CandidateMemoryError     it asked for more memory than it may have
        ├── CandidateCrashedError    it ended without an answer
        └── SandboxError             what is ours of it failed: never the student's fault

What a *student's function* does wrong is no exception of this tree but a value: see ``results.Verdict``. Nor is what
stands for something else and is always caught: what a test says of an answer (``checks.CheckFailed`` and ``TooClose``),
what a candidate raised (``examiner.remote.RemoteError``), a signal that ends a command (``cli.stopping.Stopped``).
"""

from __future__ import annotations

from collections.abc import Sequence


def with_article(word: str) -> str:
    """Give the name of a class as a message says it: ``an int``, ``a tuple``, ``a uint8``, ``an ndarray``."""
    return f"{'an' if word.startswith(('a', 'e', 'i', 'o', 'nd')) else 'a'} {word}"


def sentence(text: str) -> str:
    """End a text with a full stop; a question has its mark."""
    return text if text.endswith("?") else f"{text}."


class AutograderError(Exception):
    """Base of all exceptions that are raised on purpose."""


class UsageError(AutograderError):
    """The caller asked for something that cannot be."""


class CourseError(AutograderError):
    """The course folder has faults.

    Parameters
    ----------
    faults : sequence of str
        One sentence a fault: what came, what was wanted, where, and what to do.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        # Its one argument and no text made of it: so it crosses to another process and back unchanged.
        super().__init__(tuple(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(self.faults)


class NotebookError(AutograderError):
    """A file cannot be read as a notebook."""


class BridgeError(AutograderError):
    """A step of nbgrader failed."""


class GradebookError(BridgeError):
    """The gradebook cannot be written now: it is locked, or there is no room; what was entered stays."""


class PlugInError(BridgeError):
    """Code of the course's own, which nbgrader is configured with, failed on a submission."""


class ClusterError(AutograderError):
    """The cluster was lost while it graded, or all its workers; what was graded before is kept."""


class CandidateError(AutograderError):
    """The student's process did not give a value."""


class WireError(CandidateError):
    """Bytes arrived that are no message."""


class CandidateTimeoutError(CandidateError):
    """The student's process did not answer in time."""


class NotebookTimeoutError(CandidateTimeoutError):
    """The submission has used up the time that a whole notebook may take."""


class CandidateMemoryError(CandidateError):
    """The student's process asked for more memory than it may have."""


class CandidateCrashedError(CandidateError):
    """The student's process ended without an answer."""


class SandboxError(CandidateError):
    """The student's process could not be started, kept or heard; never the student's fault."""
