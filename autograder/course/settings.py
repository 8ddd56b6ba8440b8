"""``course.toml``: how notebooks are run, limits for the course and for single assignments, the bars of the audit.

::

    execution = "full"
    strict_stderr = true
    language = "zh"
    smallest_example = false

    [limits]
    seconds_per_call = 5

    [assignments.gradient_checking]
    execution = "definitions"

    [assignments.gradient_checking.limits]
    seconds_per_cell = 30

    [audit]
    least_kill_rate = 1.0
    most_false_fails = 0.0
"""

from __future__ import annotations

import codecs
import dataclasses
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from autograder.course.paper import Execution
from autograder.language import LANGUAGES
from autograder.limits import FULL_LIMITS, Limits

_KNOWN: dict[str, type[int | float]] = {name: type(amount) for name, amount in dataclasses.asdict(Limits()).items()}
SETTINGS = "course.toml"
_SETTINGS = ("limits", "assignments", "audit", "execution", "strict_stderr", "language", "smallest_example")
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
    limits : dict of str to number
        Of the course, where they are not the usual ones.
    assignments : dict of str to dict
        Limits that an assignment changes.
    bars : Bars
    execution : {"definitions", "full"} or None
        Whether candidates run what the tests need, or every cell in order, as nbgrader does. None leaves it to the
        assignment: one with a reference is written for the first, any other was written for nbgrader.
    strict_stderr : bool
        Whether a test cell that writes to the standard error is worth nothing, as in plain nbgrader.
    language : str
        What people read the outcomes in: one of `autograder.language.LANGUAGES`.
    smallest_example : bool
        Whether a wrong answer is shown the smallest example that the examiner finds.
    executions : dict of str to {"definitions", "full"}
        What single assignments say in place of `execution`.
    """

    limits: dict[str, Any] = field(default_factory=dict)
    assignments: dict[str, dict[str, Any]] = field(default_factory=dict)
    bars: Bars = field(default_factory=Bars)
    execution: Execution | None = None
    strict_stderr: bool = False
    language: str = LANGUAGES[0]
    smallest_example: bool = True
    executions: dict[str, Execution] = field(default_factory=dict)

    def execution_of(self, assignment: str) -> Execution | None:
        """Give the execution that is set for an assignment; None where nothing sets one."""
        return self.executions.get(assignment, self.execution)

    def limits_of(self, assignment: str, execution: Execution) -> Limits:
        """Limits in force for an assignment."""
        usual = FULL_LIMITS if execution == "full" else Limits()
        own = {**self.limits, **self.assignments.get(assignment, {})}
        limits = dataclasses.replace(usual, **own)
        if "seconds_per_notebook" in own:
            return limits
        # Whoever gives a part of a notebook more time shall not have to say that of the whole.
        longest = max(limits.seconds_per_call, limits.seconds_per_cell, limits.seconds_to_define)
        return dataclasses.replace(limits, seconds_per_notebook=max(limits.seconds_per_notebook, 2 * longest))


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
        document = tomllib.loads(path.read_bytes().decode())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Settings(), [_unreadable(path, error)]
    faults = [
        f"course.toml: {key!r} is no setting; known are {', '.join(map(repr, _SETTINGS))}."
        for key in document
        if key not in _SETTINGS
    ]
    execution = _one_of(document.get("execution"), "execution", (None, *get_args(Execution)), faults)
    strict_stderr = _one_of(document.get("strict_stderr", False), "strict_stderr", (True, False), faults)
    limits = _limits(document.get("limits", {}), "limits", faults)
    assignments, executions = {}, {}
    for name, table in _table(document.get("assignments", {}), "assignments", faults).items():
        where = f"assignments.{name}"
        section = _table(table, where, faults)
        faults += [
            f"course.toml: {where}.{key} is no setting; known are 'limits' and 'execution'."
            for key in section
            if key not in {"limits", "execution"}
        ]
        own = _one_of(section.get("execution"), f"{where}.execution", (None, *get_args(Execution)), faults)
        if own is not None:
            executions[name] = own
        assignments[name] = _limits(section.get("limits", {}), f"{where}.limits", faults)
    bars = _bars(document.get("audit", {}), faults)
    language = _one_of(document.get("language", LANGUAGES[0]), "language", LANGUAGES, faults)
    example = _one_of(document.get("smallest_example", True), "smallest_example", (True, False), faults)
    return Settings(limits, assignments, bars, execution, strict_stderr, language, example, executions), faults


def _unreadable(path: Path, error: Exception) -> str:
    """Say in words what an editor has done to the file, or its author."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return f"course.toml: line {line} is not in UTF-8; save it in this encoding, or write its words in ASCII."
    if isinstance(error, tomllib.TOMLDecodeError):
        if path.read_bytes().startswith(codecs.BOM_UTF8):
            return (
                "course.toml begins with a byte order mark; save it as UTF-8 without one (in editors: not UTF-8-BOM)."
            )
        if str(error).startswith(("Cannot overwrite a value", "Cannot declare")):
            place = str(error)[str(error).rindex("(") :]
            return f"course.toml: something is set twice {place}; keep one of the two."
    return f"course.toml cannot be read: {error}."


def _one_of(value: Any, where: str, known: tuple[Any, ...], faults: list[str]) -> Any:  # noqa: ANN401
    # By type too: 1 is no True.
    if any(type(value) is type(one) and value == one for one in known):
        return value
    wanted = " or ".join(json.dumps(one) for one in known if one is not None)
    faults.append(f"course.toml: {where} is {value!r}; {wanted} is wanted.")
    return known[0]


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
