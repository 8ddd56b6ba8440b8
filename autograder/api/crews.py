"""Who grades: this process, processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from autograder.api.workers import set_up
from autograder.engine import Bundle, InProcessExecutor, local_processes, processes
from autograder.errors import UsageError
from autograder.sandbox import Level

_AHEAD_A_PROCESS = 3
_AHEAD_OF_A_CLUSTER = 256


@dataclass(frozen=True, slots=True)
class Crew:
    """The workers of a run.

    Parameters
    ----------
    jobs : int or None
        Processes of this machine; None chooses by the number of submissions and processors.
    cluster : str or None
        Address of a Dask scheduler, whose workers are to grade instead.
    """

    jobs: int | None = None
    cluster: str | None = None

    def open(
        self, submissions: int, bundles: Sequence[Bundle], isolation: Level | None
    ) -> AbstractContextManager[Executor]:
        """Start it: whatever the workers need in common goes to each of them once.

        Raises
        ------
        UsageError
            The cluster does not answer, or Dask is not installed.
        """
        setup = partial(set_up, tuple(bundles), isolation)
        if self.cluster is not None:
            try:
                from autograder.engine.cluster import cluster  # noqa: PLC0415 - Dask is an extra
            except ImportError:
                raise UsageError("--cluster needs Dask: pip install 'autograder[cluster]'.") from None
            return cluster(self.cluster, setup)
        jobs = processes(submissions, self.jobs)
        if jobs == 1:
            setup()
            return InProcessExecutor()
        return local_processes(jobs, setup)

    def ahead(self, submissions: int) -> int:
        """Tell how many tasks to have in flight."""
        return _AHEAD_OF_A_CLUSTER if self.cluster is not None else _AHEAD_A_PROCESS * processes(submissions, self.jobs)
