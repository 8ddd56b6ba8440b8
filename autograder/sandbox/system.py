"""System calls that Python has no function for."""

from __future__ import annotations

import ctypes
import os

from autograder.sandbox.syscalls import number

_libc = ctypes.CDLL(None, use_errno=True)


def syscall(name: str, *arguments: int | bytes | ctypes.Structure | None) -> int:
    """Make a system call.

    Parameters
    ----------
    name : str
        One of the table in `syscalls`.
    arguments : int, bytes, structure or None
        Text and structures go by their address, None as the null pointer.

    Returns
    -------
    int

    Raises
    ------
    OSError
        With the kernel's reason, where it refuses or has no such call.
    """
    wanted = number(name)
    result = int(_libc.syscall(ctypes.c_long(-1 if wanted is None else wanted), *map(_argument, arguments)))
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def _argument(value: int | bytes | ctypes.Structure | None) -> object:
    # A bare int would go as 32 bits.
    if isinstance(value, ctypes.Structure):
        return ctypes.byref(value)
    return ctypes.c_long(value) if isinstance(value, int) else ctypes.c_char_p(value)
