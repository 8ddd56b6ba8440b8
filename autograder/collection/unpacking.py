"""Taking the files out of an archive or a folder; each one that is dangerous is left, and named.

Files are put into a folder of ours under numbers: a name in an archive never becomes a path here. Zip archives in
archives are opened as well, for students hand those in.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from autograder.errors import UsageError

_MB = 2**20
_MOST_FILES = 20_000
_MOST_OF_ONE = 512 * _MB
_MOST_OF_ALL = 8192 * _MB
_DEEPEST = 3
# How much larger than packed; small files may be anything, for a few MB of zeros do no harm.
_RATIO, _SMALL = 300, 16 * _MB
_LONGEST_PART, _LONGEST = 255, 1000
_CHUNK = _MB
_EMPTY = "there are no files in it"
_ENCRYPTED, _UTF_8 = 0x1, 0x800
# What file managers and Jupyter add; nobody handed it in.
_JUNK = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__"})

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not collected.

    Parameters
    ----------
    name : str
        In the archive.
    reason : str
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file out of an archive.

    Parameters
    ----------
    parts : tuple of str
        Its name there, from the outermost folder on; a zip archive within counts as a folder.
    file : Path
        Where it is now.
    modified : datetime or None
        The archive's word.
    nested : bool
        Whether it came out of an archive in the archive.
    """

    parts: Parts
    file: Path
    modified: datetime | None = None
    nested: bool = False

    @property
    def name(self) -> str:
        """Its name in the archive."""
        return "/".join(self.parts)


@dataclass(slots=True)
class _Budget:
    folder: Path
    left: list[Left] = field(default_factory=list)
    files: int = 0
    size: int = 0

    def refuse(self, name: str, reason: str) -> None:
        self.left.append(Left(name, reason))

    def take(self, name: str, packed: IO[bytes], most: int) -> Path | None:
        """Copy a file, however large it says it is, up to the limits."""
        self.files += 1
        target = self.folder / f"{self.files:06}"
        size = 0
        with target.open("wb") as file:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > most or self.size + size > _MOST_OF_ALL:
                    break
                file.write(chunk)
        if size > most or self.size + size > _MOST_OF_ALL:
            target.unlink()
            all_of_it = "with the others " if size <= most else ""
            self.refuse(name, f"it has {all_of_it}more bytes than may be collected")
            return None
        self.size += size
        return target


def unpack(source: Path, folder: Path) -> tuple[list[Unpacked], list[Left]]:
    """Take out all files.

    Parameters
    ----------
    source : Path
        A zip archive, or a folder.
    folder : Path
        Empty; the files are put there.

    Returns
    -------
    files : list of Unpacked
    left : list of Left
        Links, devices, encrypted and damaged entries, names that climb out of the archive, bombs, archives with
        nothing in them.

    Raises
    ------
    UsageError
        Where the source is neither.
    OSError
        Where the machine cannot read or store it.
    """
    budget = _Budget(folder)
    if source.is_dir():
        files = list(_of_folder(source, budget))
        if not files and not budget.left:
            budget.refuse(source.name, _EMPTY)
    elif source.is_file() and zipfile.is_zipfile(source):
        files = list(_of_archive(source, (), budget, 1))
    else:
        raise UsageError(f"{source} is neither a zip archive nor a folder. Give the download of the learning platform.")
    return files, budget.left


def _of_folder(source: Path, budget: _Budget) -> Iterator[Unpacked]:
    for path, folders, names in os.walk(source):
        here = Path(path).relative_to(source).parts
        for name in [name for name in folders if (Path(path) / name).is_symlink()]:
            budget.refuse("/".join((*here, name)), "it is a link")
        folders[:] = sorted(name for name in folders if name not in _JUNK and not (Path(path) / name).is_symlink())
        for name in sorted(set(names) - _JUNK):
            parts, file = (*here, name), Path(path) / name
            about = file.lstat()
            shown = "/".join(parts)
            if reason := _kind(about.st_mode) or _too_many(budget):
                budget.refuse(shown, reason)
            elif about.st_size > _MOST_OF_ONE:
                budget.refuse(shown, "it has more bytes than may be collected")
            elif _is_archive(name, file):
                yield from _of_archive(file, parts, budget, 2)
            else:
                budget.files += 1
                yield Unpacked(parts, file, datetime.fromtimestamp(about.st_mtime).astimezone())


def _of_archive(path: Path, outside: Parts, budget: _Budget, depth: int) -> Iterator[Unpacked]:
    shown = "/".join(outside) or path.name
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_FILES:
                budget.refuse(shown, f"it says that it has {len(infos):,} entries; {_MOST_FILES:,} are allowed")
                return
            before = budget.files, len(budget.left)
            for info in infos:
                yield from _entry(archive, info, outside, budget, depth)
            if (budget.files, len(budget.left)) == before:
                budget.refuse(shown, _EMPTY)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        _raise_the_machines(error)
        budget.refuse(shown, f"it is no sound zip archive: {error}")


def _entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, outside: Parts, budget: _Budget, depth: int
) -> Iterator[Unpacked]:
    name = _decoded(info)
    inside = tuple(part for part in name.replace("\\", "/").split("/") if part)
    if info.is_dir() or _JUNK.intersection(inside) or (inside[-1:] and inside[-1].startswith("._")):
        return
    shown = "/".join((*outside, name))
    if reason := _unsafe(info, name, inside) or _bomb(info) or _too_many(budget):
        budget.refuse(shown, reason)
        return
    try:
        with archive.open(info) as packed:
            file = budget.take(shown, packed, _MOST_OF_ONE)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        _raise_the_machines(error)
        budget.refuse(shown, f"it cannot be unpacked: {error}")
        return
    except Exception as error:  # noqa: BLE001 - each way of packing has errors of its own (zlib, lzma)
        budget.refuse(shown, f"it cannot be unpacked: {type(error).__name__}: {error}")
        return
    if file is None:
        return
    parts = (*outside, *inside)
    if not _is_archive(inside[-1], file):
        yield Unpacked(parts, file, _modified(info), nested=depth > 1)
    elif depth >= _DEEPEST:
        budget.refuse(shown, f"archives lie {depth + 1} deep in one another; {_DEEPEST} are allowed")
    else:
        yield from _of_archive(file, parts, budget, depth + 1)
        file.unlink()


def _raise_the_machines(error: Exception) -> None:
    """Raise what no archive is to blame for, a full disk for one: a damaged one asks at most for what cannot be."""
    if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}:
        raise error


def _decoded(info: zipfile.ZipInfo) -> str:
    """Read a name; what has no mark of its encoding is UTF-8 more often than what the standard says."""
    if info.flag_bits & _UTF_8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _unsafe(info: zipfile.ZipInfo, name: str, inside: Parts) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if name.startswith(("/", "\\")) or ".." in inside or (len(name) > 1 and name[1] == ":"):
        return "its name leads out of the archive"
    if not inside or "." in inside or any(ord(character) < ord(" ") for character in name):
        return "its name is none that a file can have"
    if max(len(part.encode("utf-8", "replace")) for part in inside) > _LONGEST_PART or len(name) > _LONGEST:
        return "its name is too long"
    # Only archives made on Unix say what kind of file it is.
    return _kind(info.external_attr >> 16)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "it is a link"
    return "it is a device or a pipe, no file" if stat.S_IFMT(mode) not in {0, stat.S_IFREG} else ""


def _bomb(info: zipfile.ZipInfo) -> str:
    if info.file_size > _MOST_OF_ONE:
        return f"it says that it has {info.file_size:,} bytes; {_MOST_OF_ONE:,} are allowed"
    if info.file_size > _SMALL and info.file_size > _RATIO * max(info.compress_size, 1):
        return f"it would grow from {info.compress_size:,} to {info.file_size:,} bytes"
    return ""


def _too_many(budget: _Budget) -> str:
    return f"there are more than {_MOST_FILES:,} files" if budget.files >= _MOST_FILES else ""


def _is_archive(name: str, file: Path) -> bool:
    return name.casefold().endswith(".zip") and zipfile.is_zipfile(file)


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time).astimezone()
    except ValueError:
        return None


def copy(source: Path, target: Path) -> None:
    """Copy a file's bytes, and nothing else of it."""
    shutil.copyfile(source, target, follow_symlinks=False)
