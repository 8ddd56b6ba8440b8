"""How much a candidate may use; one record for the course that sets it and the sandbox that enforces it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one candidate. What it waits for a processor is not its own time, and is added to them.

    Parameters
    ----------
    seconds_per_call : float
        Until a call of the student's function must have answered; a millisecond of each call that it makes of a
        test's function is not its own time, up to as much again.
    seconds_per_cell : float
        Until a test cell must have ended.
    seconds_to_define : float
        Until the definitions must have run.
    seconds_per_notebook : float
        For all that is done with one submission: its definitions, every time that they run, its test cells, what is
        repeated, and the search for mistakes. Where it is used up, the tests that are left have not come back in
        time, and no mistake is explained. Where a course does not set it, it is at least twice any other of its times.
    memory_mb : int
        Address space, in MiB.
    output_kb : int
        What one call may print before the rest is dropped, in KiB.
    file_mb : int
        Size of any one file it writes, in MiB.
    processes : int
        Processes and threads that it may run beside its own two, each of which may take all of the memory.
    """

    seconds_per_call: float = 5.0
    seconds_per_cell: float = 20.0
    seconds_to_define: float = 10.0
    seconds_per_notebook: float = 120.0
    memory_mb: int = 2048
    output_kb: int = 64
    file_mb: int = 16
    processes: int = 2


FULL_LIMITS = Limits(
    seconds_per_call=30.0,
    seconds_per_cell=30.0,
    seconds_to_define=300.0,
    seconds_per_notebook=600.0,
    memory_mb=4096,
    file_mb=64,
)
"""The defaults where every cell of a notebook runs: nbgrader's own patience with a cell, room for larger libraries.

A candidate that is lost, as to an endless loop in a test cell, costs all cells once more: in a notebook that trains for
20 seconds ten test cells may be such, and one that needs all of its 300 seconds can still run once more.
"""
