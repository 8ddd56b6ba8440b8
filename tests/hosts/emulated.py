"""Gradescope, Coursera and a Docker host, in a contained root: each does with an archive what it says it does."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import contained
import pytest

from autograder.hosts.contracts import Host

_SECONDS = 300
# What the set-up reads, and what it uses up; the rest is the assignment's and what starts the program.
_SET_UP = ("setup.sh", "requirements.txt", "package", "wheels")
_USED_UP = ("package", "wheels")
_environments: dict[str, Path] = {}


@dataclass(frozen=True)
class Ran:
    """What came of a run: the results file, None where there is none, and what the instructor sees."""

    results: str | None
    status: int
    printed: str


class Emulated:
    """A host that has an archive.

    Parameters
    ----------
    host : Host
    root : Path
        The folder that is its root.
    """

    def __init__(self, host: Host, root: Path, archive: bytes) -> None:
        self.host, self._root = host, root
        self._command = self._gradescope(archive) if host.ending == ".zip" else self._docker(archive)

    def grade(self, kind: str = "open", level: str | None = None) -> Ran:
        """Grade what `submission` holds; with another level than the archive's, where it stands in the command."""
        results = self.inside(self.host.results)
        results.unlink(missing_ok=True)
        results.parent.mkdir(parents=True, exist_ok=True)
        command = self._command if level is None else [*self._command[:-1], level]
        done = self._run(command, kind)
        text = results.read_text(encoding="utf-8") if results.is_file() else None
        return Ran(text, done.returncode, done.stdout + done.stderr)

    @property
    def submission(self) -> Path:
        """The folder in which it puts what was handed in, emptied."""
        folder = self.inside(self.host.submission)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def inside(self, path: Path) -> Path:
        return Path(f"{self._root}{path}")

    def _gradescope(self, archive: bytes) -> list[str]:
        """Unpack, set up, and put the program where it is run."""
        source = self.inside(Path("/autograder/source"))
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            opened.extractall(source)  # noqa: S202 - our own archive
        shutil.copy(source / "run_autograder", source.parent)
        (source.parent / "run_autograder").chmod(0o755)
        self._set_up(source, ["bash", "/autograder/source/setup.sh"])
        return ["/autograder/run_autograder"]

    def _docker(self, archive: bytes) -> list[str]:
        """Do what the Dockerfile says; its base image is this machine's Python."""
        command = []
        with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
            lines = opened.extractfile("Dockerfile").read().decode().splitlines()
            for instruction, rest in (line.split(maxsplit=1) for line in lines if not line.startswith("#")):
                match instruction:
                    case "FROM":
                        version = ".".join(map(str, sys.version_info[:2]))
                        assert re.fullmatch(rf"python:{re.escape(version)}-slim", rest)
                    case "COPY":
                        here, there = rest.split()
                        assert here == "."
                        folder = self.inside(Path(there))
                        opened.extractall(folder, filter="data")
                    case "RUN":
                        self._set_up(folder, rest.split())
                    case "ENTRYPOINT":
                        command = json.loads(rest)
        return command

    def _set_up(self, folder: Path, command: list[str]) -> None:
        """Make the environment; where one was made of the same in the same place, take that, for it would be equal."""
        content = _content(folder, self._root)
        if content not in _environments:
            done = self._run(command)
            assert done.returncode == 0, done.stdout + done.stderr
            _environments[content] = folder / "environment"
            return
        for name in _USED_UP:
            shutil.rmtree(folder / name)
        shutil.copytree(_environments[content], folder / "environment", symlinks=True, copy_function=os.link)

    def _run(self, command: list[str], kind: str = "open") -> subprocess.CompletedProcess[str]:
        outer = [sys.executable, contained.__file__, str(self._root), kind, *command]
        done = subprocess.run(outer, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if done.returncode == contained.CANNOT:
            pytest.skip(f"this machine gives no root of its own to tests: {done.stderr}")
        return done


def _content(folder: Path, root: Path) -> str:
    """Give a name of all that an environment follows from: what the set-up reads, and the place where it stands."""
    digest = hashlib.sha256(str(folder.relative_to(root)).encode())
    files = (path for name in _SET_UP for path in (folder / name, *(folder / name).rglob("*")))
    for path in sorted(path for path in files if path.is_file()):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()
