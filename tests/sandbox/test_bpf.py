"""Filters as programs, run by a small machine of the test's own."""

from __future__ import annotations

import errno
import platform
import struct

import pytest

from autograder.sandbox import seccomp
from autograder.sandbox.bpf import ALLOW, AUDIT_ARCHITECTURES, KILL, Decision, program, refuse
from autograder.sandbox.syscalls import number, supported, table

DENY = refuse(errno.EPERM)
DECISIONS = [Decision(1), Decision(2, DENY), Decision(3, ALLOW, [(0, (5, 6)), (1, (7,))])]


def verdict(number: int, *arguments: int, machine: str = "x86_64", otherwise: int = DENY) -> int:
    return run(program("x86_64", DECISIONS, otherwise, 450), machine, number, *arguments)


def run(code: bytes, machine: str, number: int, *arguments: int) -> int:
    """Run a filter on one call, as the kernel would."""
    words = (*arguments, *(0,) * (6 - len(arguments)))
    data = struct.pack("=IIQ6Q", number, AUDIT_ARCHITECTURES[machine], 0, *words)
    place, register = 0, 0
    while True:
        kind, if_true, if_false, operand = struct.unpack_from("=HBBI", code, 8 * place)
        place += 1
        if kind == 0x20:
            (register,) = struct.unpack_from("=I", data, operand)
        elif kind in {0x15, 0x25}:
            holds = register == operand if kind == 0x15 else register > operand
            place += if_true if holds else if_false
        else:
            return int(operand)


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ((1,), ALLOW),
        ((2,), DENY),
        ((4,), DENY),
        ((3, 5, 7), ALLOW),
        ((3, 6, 7), ALLOW),
        ((3, 5, 8), DENY),
        ((3, 4, 7), DENY),
        ((451,), refuse(errno.ENOSYS)),
        ((1 | 0x40000000,), refuse(errno.ENOSYS)),
    ],
)
def test_a_call_has_its_verdict(call: tuple[int, ...], wanted: int) -> None:
    assert verdict(*call) == wanted


def test_what_no_decision_is_about_has_the_other_verdict() -> None:
    assert verdict(4, otherwise=ALLOW) == ALLOW


def test_another_architecture_is_killed() -> None:
    assert verdict(1, machine="aarch64") == KILL


# Of the calls that a candidate may make in some ways only: each with arguments, and what becomes of it.
IN_SOME_WAYS = {
    "a fork": ("clone", (0x01200011,), ALLOW),
    "a bare fork": ("clone", (17,), ALLOW),
    "a thread": ("clone", (0x003D0F00,), DENY),
    "a user namespace": ("clone", (0x10000011,), DENY),
    "a duplicate that exec closes": ("fcntl", (3, 1030), ALLOW),
    "flags of a descriptor": ("fcntl", (3, 4), ALLOW),
    "a lock": ("fcntl", (3, 6), DENY),
    "signals by the kernel": ("fcntl", (3, 8), DENY),
    "the size of a pipe": ("fcntl", (3, 1031), DENY),
    "is it a terminal": ("ioctl", (0, 0x5401), ALLOW),
    "bytes waiting": ("ioctl", (0, 0x541B), ALLOW),
    "keys for the terminal": ("ioctl", (0, 0x5412), DENY),
    "limits of its own": ("prlimit64", (0,), ALLOW),
    "limits of another": ("prlimit64", (1,), DENY),
    "one more filter": ("seccomp", (1, 0), ALLOW),
    "a filter that listens": ("seccomp", (1, 8), DENY),
    "another kind of filter": ("seccomp", (0, 0), DENY),
    "a call whose flags lie behind a pointer": ("clone3", (), refuse(errno.ENOSYS)),
}
ON_THIS_MACHINE = pytest.mark.skipif(not supported(), reason="the numbers of this machine's calls are not known")


@ON_THIS_MACHINE
@pytest.mark.parametrize(("name", "arguments", "wanted"), IN_SOME_WAYS.values(), ids=IN_SOME_WAYS)
def test_what_a_candidate_may_do_in_some_ways_it_may_in_no_others(
    name: str, arguments: tuple[int, ...], wanted: int
) -> None:
    known = number(name)
    assert known is not None
    assert run(seccomp._allow_list(), platform.machine(), known, *arguments) == wanted


@ON_THIS_MACHINE
def test_all_other_calls_that_are_known_are_refused() -> None:
    free = {*seccomp._ALLOWED, *seccomp._CONDITIONS}
    ours = {name: n for name, n in table(platform.machine()).items() if name not in free}
    assert {"execve", "kill", "mount", "ptrace", "socket", "unshare"} <= ours.keys()
    code = seccomp._allow_list()
    assert ALLOW not in {run(code, platform.machine(), n) for n in ours.values()}


@ON_THIS_MACHINE
@pytest.mark.parametrize(
    ("name", "wanted"),
    [("fork", DENY), ("vfork", DENY), ("clone", DENY), ("clone3", refuse(errno.ENOSYS)), ("read", ALLOW)],
)
def test_the_child_of_a_test_cell_starts_no_process(name: str, wanted: int) -> None:
    known = number(name)
    if known is not None:
        assert run(seccomp._no_more_processes(), platform.machine(), known, 17) == wanted
