"""How long nbgrader waits for a cell in a course, and the limits here that are the same patience."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from autograder.limits import FULL_LIMITS

# nbgrader's own class, and the one of nbconvert's that it derives from.
_TIMEOUTS = ("Execute.timeout", "ExecutePreprocessor.timeout")
_MOST = 24 * 3600
# All cells together may take as many times as long as by default.
_CELLS = int(FULL_LIMITS.seconds_to_define // FULL_LIMITS.seconds_per_cell)
_LIMITS = "[limits]"


def patience_of(configuration: Mapping[str, object]) -> int | None:
    """Give the seconds that nbgrader is configured to wait for a cell; None where it is not, or without an end.

    Parameters
    ----------
    configuration : mapping of str to object
        See `autograder.course.configured`.
    """
    seconds = next((configuration[name] for name in _TIMEOUTS if name in configuration), None)
    return seconds if type(seconds) is int and 0 < seconds < _MOST else None


def with_patience(settings: str, seconds: int) -> str:
    """Add such limits to the text of a ``course.toml``, unless it has its own.

    Parameters
    ----------
    settings : str
    seconds : int
        For a cell.
    """
    limits = {"seconds_per_call": seconds, "seconds_per_cell": seconds, "seconds_to_define": _CELLS * seconds}
    try:
        own = tomllib.loads(settings).get("limits", {})
    except tomllib.TOMLDecodeError:
        # It will be told what is wrong.
        return settings
    if not isinstance(own, dict) or own.keys() & limits.keys():
        return settings
    lines = settings.splitlines()
    heads = [n for n, line in enumerate(lines) if line.partition("#")[0].strip() == _LIMITS]
    if not heads:
        lines += [*([""] if lines else []), _LIMITS]
        heads = [len(lines) - 1]
    lines[heads[0] + 1 : heads[0] + 1] = [f"{name} = {amount}" for name, amount in limits.items()]
    return "\n".join([*lines, ""])
