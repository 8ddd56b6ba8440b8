"""The table of system calls, against the headers of the kernel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.sandbox.syscalls import table
from autograder.sandbox.system import syscall

HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}
# The generic header names a call by its 32-bit sibling.
SIBLINGS = {"fstatat": "newfstatat"}


def numbers(header: Path) -> dict[str, int]:
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    return {SIBLINGS.get(name, name): int(number) for name, number in found}


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_are_the_kernels(machine: str) -> None:
    header = Path(HEADERS[machine])
    if not header.exists():
        pytest.skip(f"no kernel headers at {header}")
    known = numbers(header)
    assert {name: known.get(name) for name in table(machine)} == table(machine)


def test_a_refused_call_raises_with_its_name() -> None:
    with pytest.raises(FileNotFoundError, match="umount2") if _is_root() else pytest.raises(PermissionError):
        syscall("umount2", b"/no/such/folder", 0)


def _is_root() -> bool:
    return Path("/proc/self").stat().st_uid == 0
