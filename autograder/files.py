"""Files written whole or not at all, so that a reader never sees half of one; and modules read as Python reads them."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from importlib.util import decode_source
from pathlib import Path


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Write a file beside its place; it takes the place when all is written.

    A link stays, and what it leads to is replaced. A device or a pipe is written to as it is.

    Parameters
    ----------
    path : Path
        The file. Where there is one already, the new one can be read by the same people.

    Yields
    ------
    Path
        Where to write.

    Raises
    ------
    OSError
        The file cannot be written; what was there before stays. It names `path`.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        part.touch(exist_ok=False)
        if target.exists():
            shutil.copymode(target, part)
        yield part
        part.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and error.filename == str(part):
            error.filename, error.filename2 = str(path), None
        raise


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OSError
        The file cannot be written; what was there before stays.
    """
    with whole(path) as part:
        part.write_bytes(content)


def python_text(path: Path) -> str:
    """Give the text of a module as Python reads it: in the encoding that it names, or else in UTF-8.

    Parameters
    ----------
    path : Path

    Raises
    ------
    OSError
        The file cannot be read.
    SyntaxError
        It names an encoding that there is not.
    UnicodeDecodeError
        It is not in its encoding.
    """
    try:
        return decode_source(path.read_bytes())
    except LookupError as error:
        # A codec that is not one of texts, such as rot13.
        raise SyntaxError(str(error)) from None


def legible_text(path: Path) -> str:
    """Give what can be read of a module, also where Python cannot: for those who only look for names in it.

    Parameters
    ----------
    path : Path

    Raises
    ------
    OSError
        The file cannot be read.
    """
    try:
        return python_text(path)
    except (SyntaxError, UnicodeDecodeError):
        return path.read_bytes().decode(errors="replace")
