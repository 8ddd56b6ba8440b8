"""A student's function in a real candidate tries attacks; at level none the same ones get through."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sandbox")]

SYSCALL = "import ctypes; call = lambda *a: ctypes.CDLL(None, use_errno=True).syscall(*map(ctypes.c_long, a))"
NUMBERS = "from platform import machine; arm = machine() == 'aarch64'"

HONEST = "compute, print, and write a file of its own"
# Each returns True where it got through; the first has to.
ATTACKS: dict[str, list[str]] = {
    HONEST: [
        "import tempfile",
        "import numpy as np",
        "tempfile.NamedTemporaryFile().close()",
        "np.save('numbers.npy', np.linalg.inv(np.eye(3)) @ np.random.randn(3))",
        "print('done', flush=True)",
        "return np.load('numbers.npy').shape == (3,)",
    ],
    "read a file outside": ["return open(CANARY).read() == 'secret'"],
    "list a folder outside": ["return bool(os.listdir(os.path.dirname(CANARY)))"],
    "write a file outside": ["open(CANARY + '.written', 'w').close()", "return True"],
    "read the environment of a process": ["return bool(open(f'/proc/{os.getpid()}/environ', 'rb').read() or True)"],
    "see other processes": ["return any(name.isdigit() for name in os.listdir('/proc'))"],
    "read the password file": ["return bool(open('/etc/passwd').read())"],
    "follow a link out": ["os.symlink(CANARY, 'link')", "return open('link').read() == 'secret'"],
    "read the judge": ["import autograder", "return bool(open(autograder.__file__).read())"],
    "signal its parent": ["os.kill(os.getppid(), 0)", "return True"],
    "signal everybody": ["os.kill(OUTSIDE, 0)", "return True"],
    "open an internet socket": ["import socket", "socket.socket().close()", "return True"],
    "open a local socket": ["import socket", "socket.socketpair()[0].close()", "return True"],
    "fork": ["pid = os.fork()", "if not pid: os._exit(0)", "os.waitpid(pid, 0)", "return True"],
    "start a thread": ["import threading", "threading.Thread(target=int).start()", "return True"],
    "execute a program": ["import subprocess", "return subprocess.run(['/bin/true']).returncode == 0"],
    "leave its session": ["os.setpgid(0, 0)", "return True"],
    "take much memory": ["import mmap", "mmap.mmap(-1, 3 * 2**30).close()", "return True"],
    "make a file in memory": ["os.close(os.memfd_create('x'))", "return True"],
    "lock a shared file": ["import fcntl", "fcntl.flock(open(os.__file__), fcntl.LOCK_SH)", "return True"],
    "use shared memory": [SYSCALL, NUMBERS, "return call(194 if arm else 29, 0, 4096, 0o1600) >= 0"],
    "use a keyring": [SYSCALL, NUMBERS, "return call(219 if arm else 250, 0, -5, 0) >= 0"],
    "trace its parent": [SYSCALL, NUMBERS, "return call(117 if arm else 101, 0x4206, os.getppid(), 0, 0) == 0"],
    "make namespaces": [SYSCALL, NUMBERS, "return call(97 if arm else 272, 0x10000000) == 0"],
    "use io_uring": [SYSCALL, NUMBERS, "return call(425, 1, 0) != -1 or ctypes.get_errno() == 14"],
    "import the reference": ["import reference", "return True"],
    "inherit a descriptor": [
        "import select",
        "poll = select.poll()",
        "[poll.register(n) for n in range(3, 64)]",
        "closed = [n for n, events in poll.poll(0) if events & select.POLLNVAL]",
        "return 61 - len(closed) > 2",
    ],
    "inherit the environment": ["return bool(os.environ.keys() - {'HOME', 'OPENBLAS_NUM_THREADS', 'PATH', 'TMPDIR'})"],
    "give itself more memory": [
        "import resource",
        "resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))",
        "return True",
    ],
}
LEVELS = ("full", "reduced", "none")
# What is stopped at level none as well.
NOT_EVEN_WITHOUT = {
    "import the reference",
    "take much memory",
    "give itself more memory",
    "inherit a descriptor",
    "inherit the environment",
}


@pytest.fixture(scope="module")
def outcomes(contained: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    bodies = repr(json.dumps(ATTACKS))
    script = f"from student import battery\nprint(json.dumps(battery(json.loads({bodies}), {LEVELS})))"
    return {kind: contained(script, kind) for kind in ("caller", "ordinary")}


@pytest.mark.parametrize("attack", sorted(ATTACKS.keys() - {HONEST}))
@pytest.mark.parametrize("level", ["full", "reduced"])
@pytest.mark.parametrize("kind", ["caller", "ordinary"])
def test_an_attack_is_stopped(outcomes: dict[str, dict[str, Any]], kind: str, level: str, attack: str) -> None:
    assert outcomes[kind][level][attack] is not True


@pytest.mark.parametrize("attack", sorted(NOT_EVEN_WITHOUT))
def test_level_none_stops_some_attacks_of_an_ordinary_user(outcomes: dict[str, dict[str, Any]], attack: str) -> None:
    assert outcomes["ordinary"]["none"][attack] is not True


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["caller", "ordinary"])
def test_honest_work_is_done(outcomes: dict[str, dict[str, Any]], kind: str, level: str) -> None:
    assert outcomes[kind][level][HONEST] is True


@pytest.mark.parametrize("attack", sorted(ATTACKS.keys() - NOT_EVEN_WITHOUT - {HONEST}))
def test_the_same_attack_gets_through_without(outcomes: dict[str, dict[str, Any]], attack: str) -> None:
    assert outcomes["caller"]["none"][attack] is True
