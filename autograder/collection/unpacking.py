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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from autograder.collection.listing import LongListError, opened
from autograder.collection.names import common_folders, owner_of
from autograder.collection.records import Left, Parts, Unpacked
from autograder.errors import UsageError

_MB = 2**20
# Of one person; what one hands in takes nothing from the others.
_MOST_FILES = 20_000
_MOST_OF_EACH = 2048 * _MB
# Of a class, which may be one of thousands.
_MOST_FILES_OF_ALL = 1_000_000
_MOST_OF_ALL = 65_536 * _MB
# Of a file.
_MOST_OF_ONE = 512 * _MB
_DEEPEST = 3
# Archives with too many entries, of one person.
_MOST_CROWDED = 5
# How much larger than packed; small files may be anything, for a few MB of zeros do no harm.
_RATIO, _SMALL = 300, 16 * _MB
_LONGEST_PART, _LONGEST = 255, 1000
_CHUNK = _MB
_EMPTY = "there are no files in it"
_ENCRYPTED, _UTF_8 = 0x1, 0x800
# What file managers and Jupyter add; nobody handed it in.
_JUNK = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__"})


@dataclass(slots=True)
class _Share:
    """What one person has of the limits.

    Parameters
    ----------
    owner : str
    most_files, most : int
        How many files and bytes.
    crowded : int
        How many of their archives had too many entries.
    """

    owner: str
    most_files: int
    most: int
    files: int = 0
    size: int = 0
    crowded: int = 0


@dataclass(slots=True)
class _Budget:
    folder: Path
    left: list[Left] = field(default_factory=list)
    files: int = 0
    size: int = 0
    taken: int = 0
    outer: int = 0
    shares: dict[str, _Share] = field(default_factory=dict)

    def divide(self, names: Iterable[Parts]) -> None:
        """Give each person a share, by all the outermost names; a single one may have all."""
        found = list(names)
        self.outer = common_folders(found)
        owners = {owner_of(parts, self.outer) for parts in found}
        limits = (_MOST_FILES, _MOST_OF_EACH) if len(owners) > 1 else (_MOST_FILES_OF_ALL, _MOST_OF_ALL)
        self.shares = {owner: _Share(owner, *limits) for owner in owners}

    def share_of(self, parts: Parts) -> _Share:
        """Give the share of the person whose an outermost name is."""
        owner = owner_of(parts, self.outer)
        return self.shares.setdefault(owner, _Share(owner, _MOST_FILES, _MOST_OF_EACH))

    def refuse(self, name: str, reason: str, share: _Share | None = None, *, limit: bool = False) -> None:
        self.left.append(Left(name, reason, share.owner if share else "", limit))

    def refuse_crowded(self, name: str, entries: str, most: int, share: _Share | None) -> None:
        """Refuse an archive with too many entries, and count it: that takes seconds to find out."""
        self.refuse(name, f"it says that it has {entries} entries; {most:,} are allowed", share, limit=True)
        if share:
            share.crowded += 1

    def admits(self, name: str, share: _Share, files: int = 1) -> bool:
        """Count files that come, if they are not too many, of one or of all."""
        if share.files + files > share.most_files:
            self.refuse(name, f"with it there are more than {share.most_files:,} files", share, limit=True)
            return False
        if self.files + files > _MOST_FILES_OF_ALL:
            self.refuse(name, f"with it there are more than {_MOST_FILES_OF_ALL:,} files in all", share, limit=True)
            return False
        share.files += files
        self.files += files
        return True

    def take(self, name: str, packed: IO[bytes], share: _Share) -> Path | None:
        """Copy a file, however large it says it is, up to the limits."""
        self.taken += 1
        target = self.folder / f"{self.taken:06}"
        size, most = 0, min(_MOST_OF_ONE, share.most - share.size, _MOST_OF_ALL - self.size)
        with target.open("wb") as file:
            while size <= most and (chunk := packed.read(_CHUNK)):
                size += len(chunk)
                if size <= most:
                    file.write(chunk)
        if size > most:
            target.unlink()
            all_of_it = "with the others " if size <= _MOST_OF_ONE else ""
            self.refuse(name, f"it has {all_of_it}more bytes than may be collected", share, limit=True)
            return None
        self.size += size
        share.size += size
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
    found = list(_walked(source))
    budget.divide(parts for parts, _ in found)
    for parts, file in found:
        about, shown, share = file.lstat(), "/".join(parts), budget.share_of(parts)
        if reason := _kind(about.st_mode):
            budget.refuse(shown, reason, share)
        elif about.st_size > _MOST_OF_ONE:
            budget.refuse(shown, "it has more bytes than may be collected", share, limit=True)
        elif not budget.admits(shown, share):
            continue
        elif _is_archive(parts[-1], file):
            yield from _of_archive(file, parts, budget, 2, share)
        else:
            yield Unpacked(parts, file, datetime.fromtimestamp(about.st_mtime).astimezone(), owner=share.owner)


def _walked(source: Path) -> Iterator[tuple[Parts, Path]]:
    """List what lies in a folder, links to folders too, and none of what lies behind those."""
    for path, folders, names in os.walk(source):
        here = Path(path)
        links = {name for name in folders if (here / name).is_symlink()}
        folders[:] = sorted(set(folders) - links - _JUNK)
        for name in sorted(links | set(names) - _JUNK):
            yield (here / name).relative_to(source).parts, here / name


def _of_archive(
    path: Path, outside: Parts, budget: _Budget, depth: int, share: _Share | None = None
) -> Iterator[Unpacked]:
    """Take out the files of an archive: a person's, or the outermost, which has everybody's."""
    shown = "/".join(outside) or path.name
    if share and share.crowded >= _MOST_CROWDED:
        budget.refuse(
            shown, f"it is not opened: {share.crowded} archives before it had too many entries", share, limit=True
        )
        return
    try:
        with opened(path) if share else zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            most = share.most_files if share else _MOST_FILES_OF_ALL
            if len(infos) > most:
                budget.refuse_crowded(shown, f"{len(infos):,}", most, share)
                return
            if share is None:
                budget.divide(_parts(info) for info in infos if not (_passed_over(info) or _unsafe(info)))
            # All at once, whatever becomes of them: reading what an archive says that it has takes time, too.
            elif not budget.admits(shown, share, len(infos)):
                return
            if not any(not _passed_over(info) for info in infos):
                budget.refuse(shown, _EMPTY, share)
            for info in infos:
                yield from _entry(archive, info, outside, budget, depth, share)
    except LongListError:
        budget.refuse_crowded(shown, "far more", _MOST_FILES, share)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        _raise_the_machines(error)
        budget.refuse(shown, f"it is no sound zip archive: {error}", share)


def _entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, outside: Parts, budget: _Budget, depth: int, owner: _Share | None
) -> Iterator[Unpacked]:
    if _passed_over(info):
        return
    inside = _parts(info)
    share = owner or budget.share_of(inside)
    shown = "/".join((*outside, _decoded(info)))
    unsafe = _unsafe(info)
    if reason := unsafe or _bomb(info):
        budget.refuse(shown, reason, share, limit=not unsafe)
        return
    # What is in a person's archive was counted with it.
    admitted = owner is not None or budget.admits(shown, share)
    file = _taken(archive, info, shown, budget, share) if admitted else None
    if file is None:
        return
    parts = (*outside, *inside)
    if not _is_archive(inside[-1], file):
        yield Unpacked(parts, file, _modified(info), nested=depth > 1, owner=share.owner)
    elif depth >= _DEEPEST:
        budget.refuse(shown, f"archives lie {depth + 1} deep in one another; {_DEEPEST} are allowed", share)
    else:
        yield from _of_archive(file, parts, budget, depth + 1, share)
        file.unlink()


def _taken(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, budget: _Budget, share: _Share) -> Path | None:
    """Unpack an entry; None where that cannot be."""
    try:
        with archive.open(info) as packed:
            return budget.take(shown, packed, share)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        _raise_the_machines(error)
        budget.refuse(shown, f"it cannot be unpacked: {error}", share)
    except Exception as error:  # noqa: BLE001 - each way of packing has errors of its own (zlib, lzma)
        budget.refuse(shown, f"it cannot be unpacked: {type(error).__name__}: {error}", share)
    return None


def _parts(info: zipfile.ZipInfo) -> Parts:
    return tuple(part for part in _decoded(info).replace("\\", "/").split("/") if part)


def _passed_over(info: zipfile.ZipInfo) -> bool:
    """Tell whether it is a folder, or what a file manager has added."""
    inside = _parts(info)
    return info.is_dir() or bool(_JUNK.intersection(inside)) or (bool(inside) and inside[-1].startswith("._"))


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


def _unsafe(info: zipfile.ZipInfo) -> str:
    name, inside = _decoded(info), _parts(info)
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
