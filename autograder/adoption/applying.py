"""Writing the configuration that lets a course be graded here; no notebook is touched."""

from __future__ import annotations

from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.adoption.patience import patience_of, with_patience
from autograder.course import CONFIG, SETTINGS, configured
from autograder.errors import UsageError
from autograder.files import write

_EXECUTION = 'execution = "full"\n'
_LINES = "\nfrom autograder.nbgrader_bridge import configure\n\nconfigure(get_config())\n"
_NEW_CONFIG = "c = get_config()\nc.CourseDirectory.course_id = {name!r}\n"


def check_appliable(course: Path) -> None:
    """Check that a course folder can be given a configuration; it is quick, and nothing is written.

    Parameters
    ----------
    course : Path

    Raises
    ------
    UsageError, BridgeError
        See `apply`.
    """
    bridge.require_no_pattern(course)
    if not (course / "source").is_dir():
        raise UsageError(
            f"{course} has no folder source, so nothing can be applied. Put the notebooks at "
            "source/<assignment>/<assignment>.ipynb, as nbgrader wants them."
        )
    _text_of(course / SETTINGS)


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
        Where the folder is no course folder, or its settings are no text.
    BridgeError
        nbgrader could not find the course's files for its name.
    OSError
        A file cannot be written; what stood in it before stays.
    """
    check_appliable(course)
    settings, config = course / SETTINGS, course / CONFIG
    before = _text_of(settings)
    text = before.replace("\r\n", "\n")
    after = _with_settings(text, patience_of(configured(course)))
    written = []
    if after != text:
        write(settings, _ended_as(before.encode(), after))
        written.append(settings)
    # Left as bytes: Python may be in any encoding that it names, and what is added is the same in all of them.
    code = _bytes_of(config) or _NEW_CONFIG.format(name=course.resolve().name).encode()
    if b"autograder.nbgrader_bridge" not in code:
        write(config, code.rstrip(b"\r\n") + _ended_as(code, "\n" + _LINES))
        written.append(config)
    return written


def _with_settings(text: str, patience: int | None) -> str:
    if not any(line.partition("=")[0].strip() == "execution" for line in text.splitlines()):
        text = _EXECUTION + ("\n" if text else "") + text
    return text if patience is None else with_patience(text, patience)


def _text_of(settings: Path) -> str:
    try:
        return _bytes_of(settings).decode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{settings}: line {line} is not in UTF-8; save it in this encoding, then apply again."
        ) from None


def _bytes_of(path: Path) -> bytes:
    """Read a file with the ends of its lines; there may be none."""
    return path.read_bytes() if path.exists() else b""


def _ended_as(before: bytes, lines: str) -> bytes:
    """Give lines the ends that those of a file have."""
    return lines.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode()
