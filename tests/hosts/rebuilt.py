"""Wheels of what is installed here, so that a set-up can be run without a network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

# Written by who installed it, or lying elsewhere than where the modules do.
_NOT_OF_THE_WHEEL = ("INSTALLER", "REQUESTED", "direct_url.json", "RECORD")


def rebuild(pins: Iterable[str], folder: Path) -> None:
    """Write a wheel for each pin."""
    for pin in pins:
        name, version = pin.split("==")
        found = metadata.distribution(name)
        (tag, *_) = [line.split()[1] for line in (found.read_text("WHEEL") or "").splitlines() if line[:4] == "Tag:"]
        target = folder / f"{name.replace('-', '_')}-{version}-{tag}.whl"
        with zipfile.ZipFile(target, "w") as wheel:
            record = ""
            for path in found.files or ():
                # A library's own tests would be half of what a set-up copies and compiles.
                if path.parts[0] == ".." or {"__pycache__", "tests"} & set(path.parts):
                    continue
                if path.name == "RECORD":
                    record = str(path)
                elif path.name not in _NOT_OF_THE_WHEEL:
                    wheel.write(path.locate(), str(path))
            wheel.writestr(record, "".join(f"{name},,\n" for name in [*wheel.namelist(), record]))
