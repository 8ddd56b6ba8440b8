"""Print the processor time, in milliseconds, of a fork of what candidates are forked from, and of its exit.

No isolation, no student, nothing said: a child that does one step of NumPy's and ends. `bulk.py bound` runs it, in a
process of its own, for in one that holds more a fork costs more.
"""

from __future__ import annotations

import gc
import os
import resource

import numpy as np

import autograder.candidate.agent  # noqa: F401 - what a candidate has in its memory

FORKS = 300


def main() -> None:
    gc.collect()
    gc.freeze()
    before = processor_seconds()
    for _ in range(FORKS):
        child = os.fork()
        if not child:
            np.linalg.norm(np.ones((3, 2)) @ np.ones((2, 3)))
            os._exit(0)
        os.waitpid(child, 0)
    print(1000 * (processor_seconds() - before) / FORKS)


def processor_seconds() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    main()
