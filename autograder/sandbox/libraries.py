"""Which files a candidate may read: Python, NumPy, and what its caller names; never this package or the notebooks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import SandboxError

# The judge's own code, where it is installed beside NumPy: a student who can read it can read the answers.
OURS = ("autograder", "reference")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")


def libraries() -> list[Path]:
    """Give the folders from which Python loads modules and shared libraries, outermost first."""
    installed = [Path(prefix) / name for prefix in (sys.base_prefix, sys.prefix) for name in ("lib", "lib64")]
    # Not all of the path: the project itself may be on it.
    sites = [Path(entry) for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    found = {path for path in (*map(Path, _SYSTEM), *installed, *sites) if path.exists()}
    return sorted(found, key=lambda path: (len(path.parts), path))


def ours(folders: Iterable[Path]) -> list[Path]:
    """Give what lies in some folders of libraries and must not be read."""
    depths = ("", "*-packages/", "python3*/*-packages/")
    return [found for folder in folders for depth in depths for name in OURS for found in folder.glob(depth + name)]


def parts(folder: Path, hidden: Iterable[Path]) -> list[Path]:
    """Give the largest files and folders within a folder that hold nothing of what is hidden.

    Of links those that lead nowhere, or where nobody may look, are left out.

    Parameters
    ----------
    folder : Path
    hidden : iterable of Path
    """
    within = [path for path in hidden if path == folder or folder in path.parents]
    if not within:
        return [folder]
    if folder in within:
        return []
    return [part for child in sorted(folder.iterdir()) if _is_there(child) for part in parts(child, within)]


def helpers(named: Iterable[str]) -> list[Path]:
    """Give the files and folders that a caller named, without the notebooks in them.

    An assignment's folder holds its helper modules and, beside them, the notebook with the hidden tests. Hidden files,
    such as the checkpoints of Jupyter, and links to folders or to nowhere are left out as well.

    Parameters
    ----------
    named : iterable of str
        Absolute paths.

    Raises
    ------
    SandboxError
        Where one does not exist, or is not absolute.
    """
    found: list[Path] = []
    for path in map(Path, named):
        if not path.is_absolute() or ".." in path.parts or not path.exists():
            raise SandboxError(
                f"the candidate was to read {path}; wanted is the absolute path, without '..', of a file or folder"
            )
        hidden = [inner for inner in path.rglob("*") if _secret(inner)] if path.is_dir() else []
        found += parts(path, hidden)
    return found


def _secret(path: Path) -> bool:
    if path.suffix == ".ipynb" or path.name.startswith("."):
        return True
    return path.is_symlink() and _is_there(path) and (path.resolve().suffix == ".ipynb" or path.is_dir())


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except OSError:
        return False
    return True
