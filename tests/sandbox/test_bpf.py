"""Filters as programs, run by a small machine of the test's own."""

from __future__ import annotations

import errno
import struct

import pytest

from autograder.sandbox.bpf import ALLOW, AUDIT_ARCHITECTURES, KILL, Decision, program, refuse

DENY = refuse(errno.EPERM)
DECISIONS = [Decision(1), Decision(2, DENY), Decision(3, ALLOW, [(0, (5, 6)), (1, (7,))])]


def verdict(number: int, *arguments: int, machine: str = "x86_64", otherwise: int = DENY) -> int:
    """Run a filter on one call, as the kernel would."""
    code = program("x86_64", DECISIONS, otherwise, 450)
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
