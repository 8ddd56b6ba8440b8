"""``course.toml``: limits for the course and for single assignments, and the bars of the audit.

::

    [limits]
    seconds_per_call = 5

    [assignments.gradient_checking.limits]
    seconds_per_cell = 30

    [audit]
    least_kill_rate = 1.0
    most_false_fails = 0.0
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.limits import Limits

_KNOWN: dict[str, type[int | float]] = {name: type(amount) for name, amount in dataclasses.asdict(Limits()).items()}
# Clocks and the kernel's limits can count no further; infinity and NaN are no limits.
_MOST = 2**31


@dataclass(frozen=True, slots=True)
class Bars:
    """What the hidden tests of an assignment must hold in an audit.

    Parameters
    ----------
    least_kill_rate : float
        Share of the wrong answers that must lose marks, those left out that are equivalent or confirmed.
    most_false_fails : float
        Share of the right answers that may lose marks.
    """

    least_kill_rate: float = 1.0
    most_false_fails: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``course.toml`` says.

    Parameters
    ----------
    limits : Limits
        Of the course.
    assignments : dict of str to dict
        Limits that an assignment changes.
    bars : Bars
    """

    limits: Limits = field(default_factory=Limits)
    assignments: dict[str, dict[str, Any]] = field(default_factory=dict)
    bars: Bars = field(default_factory=Bars)

    def limits_of(self, assignment: str) -> Limits:
        """Limits in force for an assignment."""
        return dataclasses.replace(self.limits, **self.assignments.get(assignment, {}))


def load_settings(path: Path) -> tuple[Settings, list[str]]:
    """Read the settings; a course without the file has the defaults.

    Returns
    -------
    settings : Settings
    faults : list of str
    """
    if not path.exists():
        return Settings(), []
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Settings(), [f"course.toml cannot be read: {error}."]
    faults = [
        f"course.toml: {key!r} is no setting; known are 'limits', 'assignments' and 'audit'."
        for key in document
        if key not in {"limits", "assignments", "audit"}
    ]
    limits = _limits(document.get("limits", {}), "limits", faults)
    assignments = {}
    for name, table in _table(document.get("assignments", {}), "assignments", faults).items():
        where = f"assignments.{name}"
        section = _table(table, where, faults)
        faults += [
            f"course.toml: {where}.{key} is no setting; known is 'limits'." for key in section if key != "limits"
        ]
        assignments[name] = _limits(section.get("limits", {}), f"{where}.limits", faults)
    return Settings(Limits(**limits), assignments, _bars(document.get("audit", {}), faults)), faults


def _limits(value: object, where: str, faults: list[str]) -> dict[str, Any]:
    sound: dict[str, Any] = {}
    for name, amount in _table(value, where, faults).items():
        wanted = _KNOWN.get(name)
        if wanted is None:
            faults.append(f"course.toml: {where}.{name} is no limit; known are {', '.join(_KNOWN)}.")
        elif isinstance(amount, bool) or not isinstance(amount, (int, wanted)) or not 0 < amount < _MOST:
            kind = "a whole number" if wanted is int else "a number"
            faults.append(f"course.toml: {where}.{name} is {amount!r}; {kind} above 0 and below {_MOST:,} is wanted.")
        else:
            sound[name] = wanted(amount)
    return sound


def _bars(value: object, faults: list[str]) -> Bars:
    known = [bar.name for bar in dataclasses.fields(Bars)]
    sound: dict[str, float] = {}
    for name, share in _table(value, "audit", faults).items():
        if name not in known:
            faults.append(f"course.toml: audit.{name} is no bar; known are {', '.join(known)}.")
        elif isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 <= share <= 1:
            faults.append(f"course.toml: audit.{name} is {share!r}; a share from 0 to 1 is wanted.")
        else:
            sound[name] = float(share)
    return Bars(**sound)


def _table(value: object, where: str, faults: list[str]) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    faults.append(f"course.toml: {where} is {value!r}; a table is wanted.")
    return {}
