"""Which system calls a candidate may make: an allow-list, and a second, shorter filter for the child of a test cell."""

from __future__ import annotations

import ctypes
import errno
import functools
import platform

from autograder.sandbox.bpf import ALLOW, Decision, program, refuse
from autograder.sandbox.syscalls import YOUNGEST, number
from autograder.sandbox.system import syscall

# What Python and NumPy use to compute, to read their own files, and to write into the scratch folder. Not in it, on
# purpose: sockets, exec, ptrace, other processes' memory, signals to others, keyrings, memfd, io_uring, bpf, shared
# memory and message queues, inotify, file locks, mounts, new namespaces, new sessions and process groups (so that
# killing the group kills all), and threads.
_ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev close close_range fstat stat lstat newfstatat statx lseek
    mmap mprotect munmap brk mremap madvise msync membarrier
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack restart_syscall
    pause alarm getitimer setitimer nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times
    access faccessat faccessat2 open openat creat getdents64 getcwd chdir fchdir readlink readlinkat umask utimensat
    rename renameat renameat2 mkdir mkdirat rmdir unlink unlinkat symlink symlinkat chmod fchmod fchmodat
    truncate ftruncate fallocate fsync fdatasync copy_file_range sendfile fadvise64 statfs fstatfs
    pipe pipe2 select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2
    dup dup2 dup3 futex set_robust_list set_tid_address rseq sched_yield sched_getaffinity getcpu getrandom
    getpid getppid gettid getpgrp getpgid getsid getuid getgid geteuid getegid getresuid getresgid getgroups
    uname sysinfo getrusage getrlimit exit exit_group wait4 waitid fork
""".split()  # noqa: SIM905 - a list of two hundred lines would be read by nobody

_F_DUPFD_CLOEXEC = 1030
_FORKING = 0x01200011  # SIGCHLD, and the two flags with which the GNU C library keeps the child's thread id
_SIGCHLD = 17
_CONDITIONS: dict[str, list[tuple[int, tuple[int, ...]]]] = {
    # Duplicate, and flags of descriptors: neither locks nor F_SETOWN, by which the kernel would send signals for us.
    "fcntl": [(1, (0, 1, 2, 3, 4, _F_DUPFD_CLOEXEC))],
    # Is it a terminal, its size; close on exec, non-blocking, bytes waiting.
    "ioctl": [(1, (0x5401, 0x5413, 0x5450, 0x5451, 0x5421, 0x541B))],
    # A plain fork; no thread, no namespace.
    "clone": [(0, (_FORKING, _SIGCHLD))],
    # Its own limits only.
    "prlimit64": [(0, (0,))],
    # One more filter, which can only take away; no listener.
    "seccomp": [(0, (1,)), (1, (0,))],
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def allow_list() -> None:
    """Allow this process, and all that it will start, the calls of the list and no others.

    Raises
    ------
    OSError
        Where the kernel refuses; it wants `no_new_privileges` first.
    """
    install(_allow_list())


def no_more_processes() -> None:
    """Take away the calls that start a process, for good.

    Raises
    ------
    OSError
        Where the kernel refuses.
    """
    install(_no_more_processes())


@functools.cache
def _allow_list() -> bytes:
    plain = [Decision(n) for name in _ALLOWED if (n := number(name)) is not None]
    conditional = [
        Decision(n, ALLOW, conditions) for name, conditions in _CONDITIONS.items() if (n := number(name)) is not None
    ]
    return _program([*plain, *conditional, *_clone3()], refuse(errno.EPERM))


@functools.cache
def _no_more_processes() -> bytes:
    names = ("clone", "fork", "vfork")
    denied = [Decision(n, refuse(errno.EPERM)) for name in names if (n := number(name)) is not None]
    return _program([*denied, *_clone3()], ALLOW)


def _clone3() -> list[Decision]:
    """Refuse clone3, whose flags lie behind a pointer, as unknown: the C library then uses clone."""
    known = number("clone3")
    return [] if known is None else [Decision(known, refuse(errno.ENOSYS))]


def _program(decisions: list[Decision], otherwise: int) -> bytes:
    return program(platform.machine(), decisions, otherwise, YOUNGEST)


def compile_filters() -> None:
    """Compile both filters now, so that every process that is forked later has them.

    Raises
    ------
    OSError
        Where the architecture is not in the table of system calls.
    """
    _allow_list()
    _no_more_processes()


def install(instructions: bytes) -> None:
    """Put a filter on this process and all that it will start, for good.

    Parameters
    ----------
    instructions : bytes
        From `bpf.program`.

    Raises
    ------
    OSError
        Where the kernel refuses; it wants `no_new_privileges` first.
    """
    set_mode_filter = 1
    syscall("seccomp", set_mode_filter, 0, _Program(len(instructions) // 8, instructions))
