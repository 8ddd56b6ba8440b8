"""All attacks on one door of the grader at once, and what came of it."""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from attacks import ATTACKS
from hostile_course import SECRETS, Attack, honest, submission

BIN = Path(sys.executable).parent
HONEST_EVERY = 12
_CHILD_SUBREAPER = 36


def student_of(name: str) -> str:
    """Give the student who tries an attack."""
    attack = ATTACKS[name]
    return attack.student or name.translate(str.maketrans(" :'.,/", "-_____"))


class Scene:
    """A course, and a folder outside it that nobody may touch.

    Parameters
    ----------
    root, outside : Path
    """

    def __init__(self, root: Path, outside: Path) -> None:
        self.root, self.outside = root, outside
        outside.mkdir()
        (outside / "secret").write_text(SECRETS["file"])
        for path in (outside, outside / "secret"):
            path.chmod(0o777)  # the sandbox shall keep it, not the owner

    def notebook(self, attack: Attack) -> nbformat.NotebookNode:
        """Give an attack's submission."""
        return submission(attack, {"ROOT": self.root, "OUTSIDE": self.outside})

    def hand_in(self, names: list[str]) -> None:
        """Put every attack where nbgrader collects submissions, and an honest one after each dozen."""
        for number, name in enumerate(names):
            self._put(student_of(name), self.notebook(ATTACKS[name]), ATTACKS[name].files)
            if number % HONEST_EVERY == HONEST_EVERY - 1:
                self._put(student_of(name) + " then honest", honest(), {})
        self._put("zz honest", honest(), {})

    def fingerprints(self) -> dict[str, str]:
        """Tell every file that grading has to leave alone."""
        tops = [self.root / name for name in ("source", "reference", "submitted", "release", "course.toml")]
        paths = [
            path for top in [*tops, self.outside] for path in (top, *top.rglob("*")) if "__pycache__" not in path.parts
        ]
        return {str(path): _fingerprint(path) for path in paths if path.exists()}

    def _put(self, student: str, notebook: nbformat.NotebookNode, files: dict[str, str]) -> None:
        folder = self.root / "submitted" / student / "hw"
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        write(notebook, folder / "hw.ipynb")


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook as it is, valid or not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def run(command: list[object], cwd: Path, timeout: float) -> tuple[subprocess.CompletedProcess[str], list[int]]:
    """Run a command of the grader; give what it left running, too."""
    environment = {**os.environ, "CANARY": SECRETS["environment"], "COLUMNS": "100"}
    with _adopting():
        before = _children()
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, timeout=timeout, check=False)
        time.sleep(0.3)
        left = sorted(_children() - before)
    text = {"stdout": done.stdout.decode(errors="replace"), "stderr": done.stderr.decode(errors="replace")}
    return subprocess.CompletedProcess(command, done.returncode, **text), left


def once(folder: Path, name: str, compute: Callable[[], Any]) -> Any:
    """Compute something costly once for all workers of a test run; it has to be good JSON."""
    result = folder / f"{name}.json"
    with _locked(folder / f"{name}.lock"):
        if not result.exists():
            result.write_text(json.dumps(compute()))
    return json.loads(result.read_text())


@contextmanager
def _adopting() -> Iterator[None]:
    """Let orphans become children of this process, so that none can hide; later ones are nobody's here."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 0, 0, 0, 0)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fingerprint(path: Path) -> str:
    about = path.lstat()
    if path.is_dir():
        names = sorted(entry.name for entry in path.iterdir() if entry.name != "__pycache__")
        return f"{about.st_mode} {names}"
    return f"{about.st_mode} {about.st_nlink} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _children() -> set[int]:
    return {
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
        if "defunct" not in _state(pid)
    }


def _state(pid: str) -> str:
    try:
        return "defunct" if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z" else ""
    except OSError:
        return "defunct"
