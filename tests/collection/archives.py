"""Making archives, harmless and other."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

NOON = datetime(2026, 1, 5, 12, 0)  # noqa: DTZ001 - archives have no time zones


def entry(name: str, when: datetime = NOON, mode: int = 0o100644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, when.timetuple()[:6])
    info.external_attr = mode << 16
    info.create_system = 3
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def archive(path: Path, contents: Mapping[str | zipfile.ZipInfo, bytes]) -> Path:
    """Write a zip archive; keys are names, or entries made by `entry`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in contents.items():
            file.writestr(entry(name) if isinstance(name, str) else name, data)
    return path


def encrypted(path: Path, name: str) -> Path:
    """Mark an entry as encrypted."""
    return _overwrite(path, name, (6, 8), (1).to_bytes(2, "little"))


def smaller(path: Path, name: str, size: int) -> Path:
    """Let an archive say that an entry has fewer bytes than it has."""
    return _overwrite(path, name, (22, 24), size.to_bytes(4, "little"))


def _overwrite(path: Path, name: str, offsets: tuple[int, int], new: bytes) -> Path:
    """Change what an archive says of an entry, in both places where it says so."""
    data = bytearray(path.read_bytes())
    for mark, header, offset in ((b"PK\x03\x04", 30, offsets[0]), (b"PK\x01\x02", 46, offsets[1])):
        start = data.find(mark)
        while start >= 0:
            if data[start + header :].startswith(name.encode()):
                data[start + offset : start + offset + len(new)] = new
            start = data.find(mark, start + 4)
    path.write_bytes(bytes(data))
    return path
