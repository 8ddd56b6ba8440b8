"""Grading many submissions over any ``concurrent.futures.Executor``."""

from autograder.engine.bundles import SETTINGS, Bundle, pack, settings_of
from autograder.engine.following import Followed, follow, imported
from autograder.engine.journal import Entry, Journal, Record
from autograder.engine.local import (
    WORTH_A_POOL,
    InProcessExecutor,
    Setup,
    end_workers,
    ended_early,
    local_processes,
    processes,
)
from autograder.engine.log import RunLog
from autograder.engine.run import KILLER, Opening, Outcome, run_all
from autograder.engine.tally import Progress, Tally
from autograder.engine.versions import versions

__all__ = [
    "KILLER",
    "SETTINGS",
    "WORTH_A_POOL",
    "Bundle",
    "Entry",
    "Followed",
    "InProcessExecutor",
    "Journal",
    "Opening",
    "Outcome",
    "Progress",
    "Record",
    "RunLog",
    "Setup",
    "Tally",
    "end_workers",
    "ended_early",
    "follow",
    "imported",
    "local_processes",
    "pack",
    "processes",
    "run_all",
    "settings_of",
    "versions",
]
