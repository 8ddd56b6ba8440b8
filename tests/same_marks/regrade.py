"""Grading the same notebooks again and again, by one process and by two, in any order.

A program too: it grades every so many notebooks of the corpus, and exits with 1 where results differ. Run it from the
course folder::

    .venv/bin/python tests/same_marks/regrade.py [--every 1] [--times 20]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import corpus

from autograder.api.notebooks import score_many
from autograder.results import NotebookResult, Unreadable

ROOT = Path(__file__).parents[2]


def regraded(paths: Sequence[Path], times: int) -> dict[str, list[str]]:
    """Grade notebooks so many times, one half by one process and the other by two, in an order that is shuffled.

    Returns
    -------
    dict of str to list of str
        By notebook, all of each result but how long it took.
    """
    found: dict[str, list[str]] = {path.name: [] for path in paths}
    for jobs, share in ((1, times // 2), (2, times - times // 2)):
        shuffled = random.Random(jobs).sample([*paths] * share, len(paths) * share)  # noqa: S311 - no secret
        for index, result, _ in score_many(ROOT, shuffled, jobs=jobs):
            found[shuffled[index].name].append(_record(result))
    return found


def _record(result: NotebookResult | Unreadable) -> str:
    return repr(replace(result, seconds=0.0) if isinstance(result, NotebookResult) else result)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every so manyth notebook")
    parser.add_argument("--times", type=int, default=20, help="how often each is graded")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = regraded(corpus.write(Path(folder))[:: asked.every], asked.times)
    unlike = sorted(name for name, records in found.items() if len(set(records)) > 1)
    sys.stdout.write(f"{len(found)} notebooks, {asked.times} times: {len(unlike)} with results that differ {unlike}\n")
    return 1 if unlike else 0


if __name__ == "__main__":
    sys.exit(main())
