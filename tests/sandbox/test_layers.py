"""Every layer stops by itself what it is there for; without it the same attempt succeeds, in a containment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TOP = """
import ctypes, mmap, signal, socket, subprocess, tempfile
from pathlib import Path
from autograder.limits import Limits
from autograder.sandbox import landlock, namespaces, privileges, resources, seccomp
from autograder.sandbox.root import Root
from autograder.sandbox.system import syscall

def works(attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, MemoryError):
        return False
    return True

def fork():
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)

def many():
    children = []
    try:
        for _ in range(40):
            children.append(os.fork())
            if not children[-1]:
                signal.pause()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

def new_root():
    root = Root(tempfile.mkdtemp())
    root.build()
    root.furnish(os.getuid(), 2**20, [])
    root.enter()

canary = Path(tempfile.mkdtemp(), "canary")
canary.write_text("secret")
listener = socket.create_server(("127.0.0.1", 0))
limits = Limits(memory_mb=512, file_mb=1)
"""

# The layer, and what it stops.
CASES: dict[str, tuple[str, str]] = {
    "Landlock: reading": (
        "privileges.no_new_privileges(); landlock.restrict([], [])",
        "works(canary.read_text)",
    ),
    "Landlock: writing where reading is allowed": (
        "privileges.no_new_privileges(); landlock.restrict([canary.parent], [])",
        "works(canary.write_text, 'secret')",
    ),
    "Landlock: executing": (
        "privileges.no_new_privileges(); landlock.restrict(['/'], ['/'])",
        "works(subprocess.run, ['/bin/true'])",
    ),
    "root: files": ("new_root()", "works(canary.read_text)"),
    "root: processes": ("new_root()", "works(os.listdir, '/proc/1')"),
    "root: read-only": ("new_root()", "works(Path('/usr/lib/probe').mkdir) and not os.rmdir('/usr/lib/probe')"),
    "network namespace": (
        "namespaces.unshare(namespaces.NETWORK)",
        "works(lambda: socket.create_connection(listener.getsockname(), 1).close())",
    ),
    "capabilities": (
        "privileges.no_capabilities()",
        "works(syscall, 'mount', b'none', os.fsencode(canary.parent), b'tmpfs', 0, None)",
    ),
    "memory": ("resources.limit(limits, None)", "works(bytearray, 600 * 2**20)"),
    "file size": ("resources.limit(limits, None)", "works(canary.write_bytes, bytes(2 * 2**20))"),
    "open files": ("resources.limit(limits, None)", "works(lambda: [os.pipe() for _ in range(40)])"),
    "processes of an own user": (
        "user = privileges.own_user(); privileges.become(user); resources.limit(limits, 8)",
        "works(many)",
    ),
    "own user": ("canary.chmod(0o600); privileges.become(privileges.own_user())", "works(canary.read_text)"),
    "descriptors": ("resources.close_all_but([])", "works(os.fstat, listener.fileno())"),
    "seccomp: sockets": ("privileges.no_new_privileges(); seccomp.allow_list()", "works(socket.socketpair)"),
    "seccomp: executing": (
        "privileges.no_new_privileges(); seccomp.allow_list()",
        "works(subprocess.run, ['/bin/true'])",
    ),
    "seccomp: signals": (
        "privileges.no_new_privileges(); seccomp.allow_list()",
        "works(os.kill, os.getppid(), 0)",
    ),
    "seccomp: descriptors that send signals": (
        "import fcntl; privileges.no_new_privileges(); seccomp.allow_list()",
        "works(lambda: __import__('fcntl').fcntl(0, 8, os.getpid()))",
    ),
    "seccomp: limits of others": (
        "import resource; privileges.no_new_privileges(); seccomp.allow_list()",
        "works(lambda: __import__('resource').prlimit(os.getppid(), 4))",
    ),
    "seccomp: forks in a test cell": (
        "privileges.no_new_privileges(); seccomp.allow_list(); seccomp.no_more_processes()",
        "works(fork)",
    ),
}


@pytest.fixture(scope="module")
def outcome(contained: Callable[..., Any]) -> Callable[[str], tuple[bool, bool]]:
    def run(case: str) -> tuple[bool, bool]:
        layer, attempt = CASES[case]
        before, after = (contained(f"{TOP}\n{how}\nprint(json.dumps({attempt}))") for how in ("", layer))
        return before, after

    return run


@pytest.mark.parametrize("case", CASES)
def test_a_layer_alone_stops_what_works_without_it(outcome: Callable[[str], tuple[bool, bool]], case: str) -> None:
    assert outcome(case) == (True, False)


def test_the_allow_list_leaves_forks_to_the_candidate(contained: Callable[..., Any]) -> None:
    script = "privileges.no_new_privileges(); seccomp.allow_list(); print(json.dumps(works(fork)))"
    assert contained(TOP + script) is True


def test_a_process_namespace_hides_all_others(contained: Callable[..., Any]) -> None:
    script = """
namespaces.unshare_as_user(namespaces.PROCESS)
pid = os.fork()
if not pid:
    print(json.dumps([os.getpid(), works(os.kill, 2, 0)]), flush=True)
    os._exit(0)
os.waitpid(pid, 0)
"""
    assert contained(TOP + script) == [1, False]


def test_nothing_in_a_root_can_be_mounted_away(contained: Callable[..., Any]) -> None:
    script = """
proc = os.open("/proc/self", os.O_PATH)
new_root()
namespaces.unshare_as_user(namespaces.MOUNT, proc)
print(json.dumps([works(syscall, "umount2", f.encode(), 2) for f in ("/usr/lib", "/scratch", "/dev/null")]))
"""
    assert contained(TOP + script) == [False, False, False]


def test_a_foreign_architecture_is_killed(contained: Callable[..., Any]) -> None:
    script = """
from autograder.sandbox import bpf
privileges.no_new_privileges()
pid = os.fork()
if not pid:
    other = {"x86_64": "aarch64", "aarch64": "x86_64"}[os.uname().machine]
    seccomp.install(bpf.program(other, [], bpf.ALLOW, 2**30))
    os._exit(0)
print(json.dumps(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
"""
    assert contained(TOP + script) == -31
