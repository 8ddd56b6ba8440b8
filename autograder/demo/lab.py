"""Two desks in JupyterLab, the instructor's and a student's, over the demo course and one exchange.

At the instructor's: the course, the class list, and what the sample class has handed in for one assignment, to be
collected. At the student's: an empty folder, and nothing of the instructor's. Both are nbgrader as it is installed;
what stands here is what an operator would set for each role.
"""

from __future__ import annotations

import dataclasses
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jupyter_server.serverapp import list_running_servers

from autograder import nbgrader_bridge as bridge
from autograder.course import CONFIG
from autograder.demo.round_trip import assignments_of, copy_course, take_part
from autograder.demo.sample_class import Pupil, sample_class
from autograder.errors import BridgeError, UsageError
from autograder.outcomes import Person

STUDENT = Person("robin", "Robin", "Vale", "robin@example.org")
HANDED_IN = "regularization"
# Whoever tries the student's desk is in time.
_TIME_TO_WORK = timedelta(days=14)
_SECONDS_TO_START = 90

_STUDENTS_CONFIG = """
# What a student's JupyterLab needs to know: the course, the exchange, and who sits here.
from pathlib import Path

from autograder.nbgrader_bridge import configure

c = get_config()
configure(c)
c.CourseDirectory.course_id = {course_id!r}
c.CourseDirectory.student_id = {student!r}
c.Exchange.root = str(Path(__file__).resolve().parents[2] / "exchange")
c.Exchange.cache = str(Path(__file__).resolve().parent / ".handed_in")
"""
# News comes from the internet.
_NEWS = "@jupyterlab/apputils-extension:announcements"
_INSTRUCTORS = ("formgrader", "create-assignment", "course-list")
_INSTRUCTORS_SERVER = ("formgrader", "course_list")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody works in JupyterLab.

    Parameters
    ----------
    role : {"instructor", "student"}
    folder : Path
        All that JupyterLab shows; it holds an `nbgrader_config.py`.
    jupyter : Path
        Jupyter's own files of this desk, apart from those of whoever starts it.
    """

    role: str
    folder: Path
    jupyter: Path


@dataclass(frozen=True, slots=True)
class Running:
    """A JupyterLab that answers.

    Parameters
    ----------
    desk : Desk
    url : str
        With its token.
    process : subprocess.Popen
    """

    desk: Desk
    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End it and its kernels, and wait until it has ended."""
        self.process.terminate()
        self.process.wait()


def set_up(
    project_root: Path,
    into: Path,
    pupils: Sequence[Pupil] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Desk, Desk]:
    """Make both desks, or find them where they have been made before.

    Parameters
    ----------
    project_root : Path
        The course that is copied.
    into : Path
        Gets `course`, `exchange`, `students` and `jupyter`.
    pupils : sequence of Pupil, optional
        Who has handed in; the whole sample class when left out.
    progress : callable
        Called with a sentence a step.

    Returns
    -------
    instructor, student : Desk

    Raises
    ------
    UsageError
        `into` holds something else, or the sample class cannot take part in `project_root`.
    BridgeError
        nbgrader refused a step.
    """
    into = into.resolve()
    instructor = Desk("instructor", into / "course", into / "jupyter" / "instructor")
    student = Desk("student", into / "students" / STUDENT.id, into / "jupyter" / "student")
    if not student.jupyter.is_dir():
        if HANDED_IN not in assignments_of(project_root):
            raise UsageError(
                f"{project_root} has no assignment {HANDED_IN}, which is handed in here. Name a clone of the project."
            )
        pupils = tuple(sample_class() if pupils is None else pupils)
        course, _ = copy_course(project_root, into)
        bridge.add_students(course, [STUDENT, *(pupil.student for pupil in pupils)])
        bridge.release(course, HANDED_IN, progress)
        now = datetime.now(UTC).replace(microsecond=0)
        bridge.set_due_date(course, HANDED_IN, now + _TIME_TO_WORK)
        for number, pupil in enumerate(pupils, 1):
            take_part(course, into / "students", pupil, HANDED_IN, when=now - timedelta(days=1))
            progress(f"{HANDED_IN}: {number} of {len(pupils)} students have worked")
        student.folder.mkdir(parents=True, exist_ok=True)
        config = _STUDENTS_CONFIG.format(course_id=bridge.course_id(course), student=STUDENT.id)
        (student.folder / CONFIG).write_text(config, encoding="utf-8")
        _configure(instructor, off=(), off_in_server=())
        _configure(student, _INSTRUCTORS, _INSTRUCTORS_SERVER)
    return instructor, student


def start(desk: Desk) -> Running:
    """Start JupyterLab at a desk, on a free port of this machine alone, and wait until it answers.

    Raises
    ------
    BridgeError
        It ended, or did not answer in time; the text names its log.
    """
    folders = {name: desk.jupyter / name for name in ("config", "data", "runtime", "ipython")}
    environment = {
        **os.environ,
        **{f"JUPYTER_{name.upper()}_DIR": str(folders[name]) for name in ("config", "data", "runtime")},
        "IPYTHONDIR": str(folders["ipython"]),
        "JUPYTER_TOKEN": secrets.token_hex(16),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }
    # As root Jupyter starts only on demand; in a container there may be nobody else.
    options = ["--no-browser", "--ip=127.0.0.1", "--port=0", *(["--allow-root"] if os.getuid() == 0 else [])]
    log = desk.jupyter / "jupyter.log"
    with log.open("wb") as writing:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=desk.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            # Ctrl-C in a terminal is for the one who started it, and who ends it in good order.
            start_new_session=True,
        )
    running = Running(desk, "", process)
    try:
        return dataclasses.replace(running, url=_url(process, folders["runtime"], log))
    except BaseException:  # Ctrl-C too
        running.stop()
        raise


def _url(process: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    until = time.monotonic() + _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < until:
        for server in list_running_servers(str(runtime)):
            if server["pid"] == process.pid:
                return f"{server['url']}lab?token={server['token']}"
        time.sleep(0.1)
    raise BridgeError(f"JupyterLab did not start. Its log, {log}, says why.")


def _configure(desk: Desk, off: Sequence[str], off_in_server: Sequence[str]) -> None:
    """Switch off what a role has no use for."""
    disabled = {_NEWS: True, **{f"@jupyter/nbgrader:{name}": True for name in off}}
    server = {f"nbgrader.server_extensions.{name}": False for name in off_in_server}
    config = desk.jupyter / "config"
    (config / "labconfig").mkdir(parents=True)
    page = json.dumps({"disabledExtensions": disabled}, indent=2)
    (config / "labconfig" / "page_config.json").write_text(page, encoding="utf-8")
    # A terminal that is no login shell finds the commands of the environment that JupyterLab runs in.
    terminal = {"shell_command": [os.environ.get("SHELL", "/bin/sh")]}
    extensions = json.dumps({"ServerApp": {"jpserver_extensions": server, "terminado_settings": terminal}}, indent=2)
    (config / "jupyter_server_config.json").write_text(extensions, encoding="utf-8")
