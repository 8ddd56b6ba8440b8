"""Seccomp filters as programs of the kernel's classic packet filter.

A program sees the number of the system call, the architecture, and six arguments as bit patterns: it cannot follow a
pointer. It is a list of decisions, each of a few instructions that end in a verdict, so no jump is ever far.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ALLOW = 0x7FFF0000
KILL = 0x80000000

AUDIT_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_LOAD, _EQUAL, _GREATER, _RETURN = 0x20, 0x15, 0x25, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16


def refuse(code: int) -> int:
    """Give the verdict that makes a system call fail with an error number."""
    return 0x00050000 | code


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one system call.

    Parameters
    ----------
    number : int
    verdict : int
        `ALLOW`, or a refusal, where all conditions hold; else it is refused with EPERM.
    conditions : sequence of (int, sequence of int)
        An argument's position, and the values it may have. Only its low 32 bits are read: use it for arguments that the
        kernel itself takes as 32 bits.
    """

    number: int
    verdict: int = ALLOW
    conditions: Sequence[tuple[int, Sequence[int]]] = ()


def program(machine: str, decisions: Iterable[Decision], otherwise: int, youngest: int) -> bytes:
    """Compile a filter.

    Parameters
    ----------
    machine : {"x86_64", "aarch64"}
        Calls of another architecture, which would have other numbers, kill the process.
    decisions : iterable of Decision
    otherwise : int
        The verdict on all other calls.
    youngest : int
        Calls with a greater number fail with ENOSYS, as on an older kernel: a C library then tries an older call.
        Among them are x86_64's calls of the x32 kind.

    Returns
    -------
    bytes
        Instructions of 8 bytes.
    """
    code = [
        _instruction(_LOAD, _ARCHITECTURE_AT),
        _instruction(_EQUAL, AUDIT_ARCHITECTURES[machine], 1, 0),
        _instruction(_RETURN, KILL),
        _instruction(_LOAD, _NUMBER_AT),
        _instruction(_GREATER, youngest, 0, 1),
        _instruction(_RETURN, refuse(errno.ENOSYS)),
    ]
    for decision in decisions:
        block = [part for condition in decision.conditions for part in _one_of(*condition)]
        block.append(_instruction(_RETURN, decision.verdict))
        code += [_instruction(_EQUAL, decision.number, 0, len(block)), *block]
    return b"".join([*code, _instruction(_RETURN, otherwise)])


def _one_of(position: int, values: Sequence[int]) -> list[bytes]:
    """Go on where an argument has one of the values, else refuse."""
    tests = [_instruction(_EQUAL, value, len(values) - n, 0) for n, value in enumerate(values)]
    load = _instruction(_LOAD, _ARGUMENTS_AT + 8 * position)
    return [load, *tests, _instruction(_RETURN, refuse(errno.EPERM))]


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
