"""Archives whose bytes follow from their content alone: no dates, no owners, files in order."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

_OLDEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_COMPRESSION = 6


def zipped(files: Mapping[str, bytes], programs: frozenset[str]) -> bytes:
    """Give a zip archive.

    Parameters
    ----------
    files : mapping of str to bytes
        By path.
    programs : frozenset of str
        The paths of those that may be executed.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            about = zipfile.ZipInfo(name, _OLDEST)
            about.create_system = _UNIX
            # Wheels are compressed already.
            about.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            about.external_attr = (0o100000 | _mode(name, programs)) << 16
            archive.writestr(about, files[name])
    return data.getvalue()


def tarred(files: Mapping[str, bytes], programs: frozenset[str]) -> bytes:
    """Give a tar archive compressed by gzip; the parameters are those of `zipped`."""
    data = io.BytesIO()
    packed = gzip.GzipFile("", "wb", _COMPRESSION, data, mtime=0)
    with packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for name in sorted(files):
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(files[name]), _mode(name, programs)
            archive.addfile(about, io.BytesIO(files[name]))
    return data.getvalue()


def _mode(name: str, programs: frozenset[str]) -> int:
    return 0o755 if name in programs else 0o644
