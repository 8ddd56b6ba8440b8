"""Writing the configuration that lets a course be graded here; no notebook is touched."""

from __future__ import annotations

from pathlib import Path

from autograder.adoption.patience import patience_of, with_patience
from autograder.course import CONFIG, SETTINGS, configured
from autograder.errors import UsageError
from autograder.files import write

_EXECUTION = 'execution = "full"\n'
_LINES = "\nfrom autograder.nbgrader_bridge import configure\n\nconfigure(get_config())\n"
_NEW_CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "{name}"\n'


def apply(course: Path) -> list[Path]:
    """Write the configuration of a course folder, and leave alone what stands there already.

    Parameters
    ----------
    course : Path
        A folder with ``source/``.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    UsageError
        Where the folder is no course folder.
    OSError
        A file cannot be written; what stood in it before stays.
    """
    if not (course / "source").is_dir():
        raise UsageError(
            f"{course} has no folder source, so nothing can be applied. Put the notebooks at "
            "source/<assignment>/<assignment>.ipynb, as nbgrader wants them."
        )
    settings, config = course / SETTINGS, course / CONFIG
    before = _read(settings)
    after = _with_settings(before.replace("\r\n", "\n"), patience_of(configured(course)))
    written = []
    if after != before.replace("\r\n", "\n"):
        write(settings, _ended_as(before, after).encode())
        written.append(settings)
    before = _read(config) or _NEW_CONFIG.format(name=course.name)
    if "autograder.nbgrader_bridge" not in before:
        write(config, (before.rstrip("\r\n") + _ended_as(before, "\n" + _LINES)).encode())
        written.append(config)
    return written


def _with_settings(text: str, patience: int | None) -> str:
    if not any(line.partition("=")[0].strip() == "execution" for line in text.splitlines()):
        text = _EXECUTION + ("\n" if text else "") + text
    return text if patience is None else with_patience(text, patience)


def _read(path: Path) -> str:
    """Read a file with the ends of its lines; there may be none."""
    return path.read_bytes().decode() if path.exists() else ""


def _ended_as(text: str, lines: str) -> str:
    """Give lines the ends that those of a text have."""
    return lines.replace("\n", "\r\n") if "\r\n" in text else lines
