"""``python tests/fuzz/fuzz.py TARGET --seconds N [--runs N] [--keep FOLDER]``: a bounded run of one target.

The first input that does worse than a candidate may is written to the kept folder, and the exit status is not 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

# Instrumented while they are imported: which branches an input reaches is what guides the next one.
with atheris.instrument_imports(include=["autograder"]):
    from seeds import write_corpus
    from targets import MAX_INPUT, TARGETS

_SECONDS_OF_ONE = 10
_MEGABYTES = 1024


def main() -> None:
    """Fuzz until the time is over, or so many inputs were tried."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--keep", type=Path, default=Path.cwd())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as corpus:
        write_corpus(Path(corpus), options.target)
        flags = {
            "max_total_time": options.seconds,
            "runs": options.runs,
            "max_len": MAX_INPUT,
            "timeout": _SECONDS_OF_ONE,
            "rss_limit_mb": _MEGABYTES,
            "artifact_prefix": f"{options.keep}/",
            "seed": 1,
        }
        atheris.Setup(
            [sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), corpus], TARGETS[options.target]
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
