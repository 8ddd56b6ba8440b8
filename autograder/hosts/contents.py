"""What an archive holds: the modules, the course files of one assignment, and the versions to be installed."""

from __future__ import annotations

import functools
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, NormalizedName, canonicalize_name, parse_wheel_filename

import autograder
from autograder.api.bundles import modules_for
from autograder.course import Paper, source_files
from autograder.engine import SETTINGS, Followed, follow, settings_of
from autograder.errors import UsageError

COURSE, PACKAGE, WHEELS = "course", "package", "wheels"
# What is started by name there: the archive's program, the fork-server and what it starts.
_STARTED = (
    "autograder.hosts.__main__",
    "autograder.candidate.agent",
    "autograder.sandbox.server",
    "autograder.sandbox.probes",
    "autograder.sandbox.trials",
)


def followed(root: Path, papers: Sequence[Paper]) -> Followed:
    """Find the modules of ours and of the course that grading an assignment needs.

    Parameters
    ----------
    root : Path
        The course folder.
    papers : sequence of Paper
        Of the assignment.

    Raises
    ------
    UsageError
        Where Python cannot read a module.
    """
    packages = {"autograder": Path(autograder.__file__).parent, "reference": root / "reference"}
    return follow([*_STARTED, *modules_for(papers)], packages)


def course_files(root: Path, papers: Sequence[Paper], modules: Followed) -> Iterator[tuple[str, bytes]]:
    """Give the part of the course folder that is about one assignment: path in the archive, content."""
    assignment = papers[0].assignment
    for path in source_files(root, assignment):
        yield f"{COURSE}/{path.relative_to(root).as_posix()}", path.read_bytes()
    for name, path in sorted(modules.files.items()):
        yield f"{COURSE if name.startswith('reference/') else PACKAGE}/{name}", path.read_bytes()
    if (root / SETTINGS).is_file():
        yield f"{COURSE}/{SETTINGS}", settings_of((root / SETTINGS).read_text(encoding="utf-8"), assignment).encode()


def pins(outside: Iterable[str]) -> dict[NormalizedName, str]:
    """Give the distributions that some modules belong to, with all that these need, as they are installed here.

    Parameters
    ----------
    outside : iterable of str
        Top-level names of modules; what is not installed here is not needed there either.

    Returns
    -------
    dict of str to str
        Versions by name.
    """
    owners = _owners()
    waiting = [Requirement(owner) for name in sorted(outside) for owner in owners.get(name, ())]
    found: dict[NormalizedName, str] = {}
    seen: set[tuple[NormalizedName, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset({"", *wanted.extras})
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found[name] = metadata.version(name)
        behind = map(Requirement, metadata.requires(name) or [])
        waiting += [one for one in behind if one.marker is None or _holds(one.marker, extras)]
    return dict(sorted(found.items()))


def _holds(marker: Marker, extras: Iterable[str]) -> bool:
    return any(marker.evaluate({"extra": extra}) for extra in extras)


def wheels(folder: Path, wanted: Mapping[NormalizedName, str]) -> Iterator[tuple[str, bytes]]:
    """Give the wheels of some pinned versions: path in the archive, content.

    Raises
    ------
    UsageError
        Where the folder has none of one of them.
    """
    named = [(path, _pinned(path.name)) for path in sorted(folder.glob("*.whl"))]
    fitting = [(path, name) for path, (name, version) in named if wanted.get(name) == version]
    missing = [f"{name}=={wanted[name]}" for name in sorted(wanted.keys() - {name for _, name in fitting})]
    if missing:
        raise UsageError(
            f"{folder} has no wheels of {', '.join(missing)}. Fetch them for the host's Python, for one with "
            "`pip download --only-binary :all: --python-version 3.12 "
            f"--dest {shlex.quote(str(folder))} {' '.join(missing)}`. "
            "No archive was made."
        )
    for path, _ in fitting:
        yield f"{WHEELS}/{path.name}", path.read_bytes()


def _pinned(wheel: str) -> tuple[NormalizedName, str]:
    """Give the name and the version that a wheel's file bears; nothing for one that pip would pass over, too."""
    try:
        name, version, *_ = parse_wheel_filename(wheel)
    except InvalidWheelFilename:
        return canonicalize_name(""), ""
    return name, str(version)


@functools.cache
def _owners() -> Mapping[str, list[str]]:
    """Give the distributions that hold each top-level module."""
    return metadata.packages_distributions()
