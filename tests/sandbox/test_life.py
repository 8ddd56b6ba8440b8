"""Who may end whom, and that nothing lives on."""

from __future__ import annotations

import array
import fcntl
import os
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import SandboxError
from autograder.limits import FULL_LIMITS, Limits
from autograder.sandbox import Sandbox

AGENT = "autograder.candidate.agent:serve"
SECONDS = 10


def gone(pid: int) -> bool:
    """Wait until a process is no more, or only waits to be reaped."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def sandbox() -> Any:
    with Sandbox(AGENT, Limits()) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def shared() -> Any:
    """Give one to those who leave it as they found it."""
    with Sandbox(AGENT, Limits()) as sandbox:
        yield sandbox


def close(process: Any) -> None:
    os.close(process.reading)
    os.close(process.writing)


@pytest.mark.parametrize("kind", ["user", "mnt", "pid", "net", "ipc", "uts"])
def test_a_candidate_has_namespaces_of_its_own(shared: Sandbox, kind: str) -> None:
    one, other = shared.begin(), shared.begin()
    spaces = {Path(f"/proc/{pid}/ns/{kind}").readlink() for pid in (one.pid, other.pid, os.getpid())}
    assert len(spaces) == 3
    for process in (one, other):
        shared.end(process)
        close(process)


def test_the_kernel_shows_what_a_candidate_has_given_up(shared: Sandbox) -> None:
    process = shared.begin()
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    shared.end(process)
    close(process)
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {0}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert "0" not in status["Uid"].split() + status["Gid"].split()
    assert status["NSpid"].split()[-1] == "1"


@pytest.mark.parametrize("limits", [Limits(), FULL_LIMITS], ids=["answers", "whole notebooks"])
def test_a_candidate_may_use_up_its_limits_for_many_cells(shared: Sandbox, limits: Limits) -> None:
    process = shared.begin(limits)
    lines = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
    shared.end(process)
    close(process)
    (seconds,) = (int(line.split()[3]) for line in lines if line.startswith("Max cpu time"))
    assert seconds >= 50 * (1 + limits.processes) * (limits.seconds_to_define + limits.seconds_per_cell)


def test_an_ended_candidate_is_gone_at_once(shared: Sandbox) -> None:
    process = shared.begin()
    assert shared.end(process) == -signal.SIGKILL
    assert not Path(f"/proc/{process.pid}").exists()
    close(process)


@pytest.mark.parametrize("level", ["full", "reduced"])
def test_strays_of_the_definitions_are_killed(contained: Callable[..., Any], level: str) -> None:
    source = (
        "import os\ndef stray():\n    pid = os.fork()\n    while not pid: pass\n    return pid\n"
        "PID = stray()\ndef attack(): return PID"
    )
    script = f"""
from student import ask, opened
from pathlib import Path
import time
def alive():
    stats = [f.read_text().split() for f in Path("/proc").glob("[0-9]*/stat")]
    return sum(1 for stat in stats if stat[4] in groups and stat[2] not in "ZX")
with opened({level!r}) as sandbox:
    groups = []
    begin = sandbox.begin
    def spy(*a, **k):
        process = begin(*a, **k)
        groups.append(str(process.pid))
        return process
    sandbox.begin = spy
    answer, _ = ask(sandbox, {source!r})
    until = time.monotonic() + 10
    while alive() and time.monotonic() < until:
        time.sleep(0.02)
    print(json.dumps([answer > 0, alive()]))
"""
    assert contained(script) == [True, 0]


def test_a_set_of_words_has_the_same_order_under_every_fork_server(contained: Callable[..., Any]) -> None:
    words = [f"W{number}" for number in range(1, 20)]
    script = f"""
from student import ask, opened
answers = []
for _ in range(2):
    with opened() as sandbox:
        answers.append(ask(sandbox, "def attack(): return list(set({words}))")[0])
print(json.dumps(answers))
"""
    one, other = contained(script)
    assert sorted(one) == sorted(words)
    assert one == other


def test_the_death_of_the_fork_server_ends_its_candidates(sandbox: Sandbox) -> None:
    process = sandbox.begin()
    assert sandbox._server is not None
    sandbox._server.kill()
    assert gone(process.pid)
    assert sandbox._folder is not None
    folder = Path(sandbox._folder.name)
    with pytest.raises(SandboxError, match="new one was started"):
        sandbox.end(process)
    assert not folder.exists()
    again = sandbox.begin()
    sandbox.end(again)
    close(process)
    close(again)


def test_a_fork_server_that_is_stuck_is_replaced(sandbox: Sandbox) -> None:
    assert sandbox._server is not None
    assert sandbox._orders is not None
    stuck = sandbox._server.pid
    os.kill(stuck, signal.SIGSTOP)
    sandbox._orders.settimeout(0.1)
    with pytest.raises(SandboxError, match=r"did not answer .* new one was started"):
        sandbox.begin()
    assert gone(stuck)
    again = sandbox.begin()
    sandbox.end(again)
    close(again)


def descriptors() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


def interrupted(sandbox: Sandbox, begin: Callable[[], Any]) -> None:
    """Interrupt an order once it is on its way to a fork-server, which rests until then."""
    assert sandbox._server is not None
    assert sandbox._orders is not None
    server, orders, here = sandbox._server.pid, sandbox._orders, threading.get_ident()

    def interrupt() -> None:
        unread = array.array("i", [0])
        while not unread[0]:
            fcntl.ioctl(orders, termios.TIOCOUTQ, unread)
        signal.pthread_kill(here, signal.SIGUSR1)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, stop)
    os.kill(server, signal.SIGSTOP)
    try:
        watch = threading.Thread(target=interrupt)
        watch.start()
        with pytest.raises(KeyboardInterrupt):
            begin()
        watch.join()
    finally:
        signal.signal(signal.SIGUSR1, before)
        os.kill(server, signal.SIGCONT)


def test_an_interrupted_order_leaves_no_descriptor_open(sandbox: Sandbox) -> None:
    before = descriptors()
    interrupted(sandbox, sandbox.begin)
    assert descriptors() <= before


def test_the_candidate_of_an_interrupted_order_is_ended(sandbox: Sandbox) -> None:
    assert sandbox._server is not None
    server = sandbox._server.pid
    interrupted(sandbox, sandbox.begin)
    assert gone(server)


def test_the_reply_to_an_interrupted_order_is_not_the_next_ones(sandbox: Sandbox) -> None:
    interrupted(sandbox, sandbox.probe)
    process = sandbox.begin()
    assert sandbox.end(process) == -signal.SIGKILL
    close(process)


def test_a_candidate_from_before_an_interrupted_order_is_gone(sandbox: Sandbox) -> None:
    process = sandbox.begin()
    interrupted(sandbox, sandbox.probe)
    with pytest.raises(SandboxError, match="interrupted"):
        sandbox.end(process)
    assert gone(process.pid)
    close(process)


def test_a_fork_server_that_is_stuck_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.sandbox.sandbox._SECONDS_TO_END", 0.1)
    with Sandbox(AGENT, Limits()) as sandbox:
        assert sandbox._server is not None
        stuck = sandbox._server.pid
        os.kill(stuck, signal.SIGSTOP)
    assert gone(stuck)


def test_a_fork_server_that_cannot_be_started_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/there/is/no/python")
    before = descriptors()
    with pytest.raises(SandboxError, match="could not be started") as failure:
        Sandbox(AGENT, Limits()).start()
    # The error still holds all that it came through.
    assert failure.tb is not None
    assert descriptors() == before


def test_the_death_of_the_examiner_ends_all() -> None:
    script = (
        "import time\nfrom autograder.limits import FULL_LIMITS, Limits\nfrom autograder.sandbox import Sandbox\n"
        f"with Sandbox({AGENT!r}, Limits()) as sandbox:\n"
        "    print(sandbox.begin().pid, sandbox._server.pid, flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as examiner:
        assert examiner.stdout is not None
        candidate, server = map(int, examiner.stdout.readline().split())
        examiner.kill()
    assert gone(candidate)
    assert gone(server)


@pytest.mark.parametrize("level", ["full", "none"])
def test_the_death_of_the_examiner_leaves_no_folder(level: str) -> None:
    script = (
        "import time\nfrom autograder.limits import Limits\nfrom autograder.sandbox import Sandbox\n"
        f"with Sandbox({AGENT!r}, Limits(), {level!r}) as sandbox:\n"
        "    sandbox.begin()\n    print(sandbox._server.pid, sandbox._folder.name, flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as examiner:
        assert examiner.stdout is not None
        server, folder = examiner.stdout.readline().split()
        assert Path(folder).is_dir()
        examiner.kill()
    assert gone(int(server))
    assert not Path(folder).exists()


def test_a_candidate_that_cannot_be_restricted_says_why_also_before_its_number_is_told(tmp_path: Path) -> None:
    # Whoever forks rests, so that the second process has failed before the first tells of it.
    script = f"""
import os, time
from autograder.errors import SandboxError
from autograder.limits import Limits
from autograder.sandbox.confinement import prepare
from autograder.sandbox.spawn import Wishes, spawn
confinement = prepare("full", {str(tmp_path)!r})
os.register_at_fork(after_in_parent=lambda: time.sleep(1))
try:
    spawn(confinement, Wishes(Limits(memory_mb=2**50), (), ""), os.pipe(), print)
except SandboxError as error:
    print(error)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nothing is left")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    reason, left = done.stdout.splitlines()
    assert "OverflowError" in reason
    assert left == "nothing is left"
