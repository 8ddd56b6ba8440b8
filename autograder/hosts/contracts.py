"""The hosts: where each puts a submission, where it looks for what came of it, and how that is written."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.exports import coursera, gradescope
from autograder.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Host:
    """One kind of machine that grades a submission.

    Parameters
    ----------
    name : str
    submission : Path
        The folder in which it puts what was handed in.
    results : Path
        The file in which it looks for what came of it.
    render : callable
        Writes an `Outcome` as it reads it.
    scripts : tuple of str
        Those of our `files` that it starts from.
    ending : {".zip", ".tar.gz"}
        Of the archive that it takes.
    without_mark : bool
        Whether it can be told that there is no mark; else nothing is written, and the run counts as failed.
    """

    name: str
    submission: Path
    results: Path
    render: Callable[[Outcome], str]
    scripts: tuple[str, ...]
    ending: str
    without_mark: bool


def _as_gradescope(outcome: Outcome) -> str:
    return json.dumps(gradescope(outcome), ensure_ascii=False, allow_nan=False)


def _as_coursera(outcome: Outcome) -> str:
    return json.dumps(coursera(outcome), ensure_ascii=False, allow_nan=False)


def _as_lines(outcome: Outcome) -> str:
    """Write what ``autograder score --json`` writes: one JSON object a notebook, a line each."""
    rows = [dataclasses.asdict(row) for row in outcome.results]
    rows += [dataclasses.asdict(file) for file in outcome.unreadable]
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


HOSTS = {
    host.name: host
    for host in (
        Host(
            "gradescope",
            Path("/autograder/submission"),
            Path("/autograder/results/results.json"),
            _as_gradescope,
            ("setup.sh", "run_autograder"),
            ".zip",
            without_mark=True,
        ),
        Host(
            "coursera",
            Path("/shared/submission"),
            Path("/shared/feedback.json"),
            _as_coursera,
            ("setup.sh", "Dockerfile"),
            ".tar.gz",
            without_mark=False,
        ),
        Host(
            "docker",
            Path("/submission"),
            Path("/results/results.json"),
            _as_lines,
            ("setup.sh", "Dockerfile"),
            ".tar.gz",
            without_mark=True,
        ),
    )
}
