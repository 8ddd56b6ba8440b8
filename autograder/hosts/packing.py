"""From an assignment of a course to the archive that grades it elsewhere."""

from __future__ import annotations

import json
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from autograder.api import Grader
from autograder.course import Paper, load
from autograder.errors import UsageError
from autograder.hosts.archives import tarred, zipped
from autograder.hosts.contents import COURSE, course_files, followed, pins, wheels
from autograder.hosts.contracts import Host
from autograder.notebook import read_document
from autograder.outcomes import HandGraded
from autograder.results import Verdict
from autograder.sandbox import Level

STRONGEST = "strongest"
_WORD = re.compile("@(host|assignment|level|python)@")


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive.

    Parameters
    ----------
    data : bytes
    files : tuple of str
        The paths in it.
    pins : tuple of str
        What its set-up installs, such as ``numpy==2.4.6``.
    tested : float
        The points that its tests give.
    by_hand : tuple of HandGraded
        The cells whose points a person gives, elsewhere.
    """

    data: bytes
    files: tuple[str, ...]
    pins: tuple[str, ...]
    tested: float
    by_hand: tuple[HandGraded, ...]


def packed(
    root: Path, assignment: str, host: Host, level: Level | None = None, wheel_folder: Path | None = None
) -> Packed:
    """Make the archive of an assignment for a host; the same input gives the same bytes.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    host : Host
    level : {"full", "reduced", "none"} or None
        What must hold there; None is the strongest that does, and never none.
    wheel_folder : Path or None
        Wheels of all that it installs, to be put into the archive; the set-up then needs no network.

    Raises
    ------
    UsageError
        Where there is no such assignment, a wheel is missing, or the packed course does not grade its own solution.
    CourseError
        Where the course has faults.
    """
    papers = load(root).papers_of(assignment)
    modules = followed(root, papers)
    files = dict(course_files(root, papers, modules))
    _try(files, papers)
    versions = pins(modules.outside - sys.stdlib_module_names)
    if wheel_folder is not None:
        files |= wheels(wheel_folder, versions)
    lines = tuple(f"{name}=={version}" for name, version in versions.items())
    files["requirements.txt"] = "".join(f"{line}\n" for line in lines).encode()
    files |= _scripts(host, assignment, level)
    archive = {".zip": zipped, ".tar.gz": tarred}[host.ending]
    return Packed(
        data=archive(files, frozenset(host.scripts) - {"Dockerfile"}),
        files=tuple(sorted(files)),
        pins=lines,
        tested=sum(paper.points for paper in papers),
        by_hand=tuple(HandGraded(name, None, points) for paper in papers for name, points in paper.by_hand.items()),
    )


def _scripts(host: Host, assignment: str, level: Level | None) -> dict[str, bytes]:
    version = ".".join(map(str, sys.version_info[:2]))
    words = {"host": host.name, "assignment": assignment, "level": level or STRONGEST, "python": version}
    scripts = {}
    for name in host.scripts:
        text = (resources.files("autograder.hosts") / "files" / name).read_text(encoding="utf-8")
        # An assignment may have any name: a shell reads one script, and Docker JSON in the other.
        quoted = _in_json if name == "Dockerfile" else shlex.quote
        written = {word: quoted(value) for word, value in words.items()}
        # No word is looked for in what another was replaced by.
        parts = _WORD.split(text)
        parts[1::2] = [written[word] for word in parts[1::2]]
        scripts[name] = "".join(parts).encode()
    return scripts


def _in_json(text: str) -> str:
    """Write what stands between the quotation marks of a JSON text."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _try(files: Mapping[str, bytes], papers: Sequence[Paper]) -> None:
    """Grade the source's own solution with what was packed: what is missing shows here, and not at a student's cost.

    Raises
    ------
    UsageError
    """
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        try:
            failed = list(_without_score(Path(folder, COURSE), papers))
        except Exception as error:  # noqa: BLE001 - whatever the reference raises when it is loaded
            failed = [f"{type(error).__name__}: {error}"]
    if failed:
        raise UsageError(
            f"The archive would not grade the solution of {papers[0].assignment} itself: {failed[0]} Does the "
            "reference read files, or import modules by names that it makes up? No archive was made."
        )


def _without_score(course: Path, papers: Sequence[Paper]) -> Iterator[str]:
    """Say which test cells fail through no fault of an answer's."""
    # The instructor's own code, so nothing has to be kept from it.
    with Grader(course, "none") as grader:
        for paper in papers:
            document = read_document(paper.folder / f"{paper.name}.ipynb")
            result = grader.grade(document, paper.name, paper.name, paper.assignment, explain=False)
            yield from (
                f"{check.grade_id} has no score. {check.message}"
                for check in result.checks
                if check.verdict is Verdict.INTERNAL_ERROR
            )
