"""Ctrl-C while modules are loaded, which takes seconds on a slow machine, is answered as at any other moment."""

from __future__ import annotations

import importlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminals import all_of, on_terminal

from autograder.cli.stopping import take_interrupts

pytestmark = pytest.mark.usefixtures("put_back")

SECONDS = 30
INTERRUPTS_ITSELF = """
import os, signal
os.kill(os.getpid(), signal.SIGINT)
for _ in range(1000):
    pass
"""
# An import that is waited for, while the interrupt comes again and again.
LOADS_LONG = """
import signal, sys
from pathlib import Path
from autograder.cli.stopping import take_interrupts

folder, number = Path(sys.argv[1]), int(sys.argv[2])
(folder / "loads_long.py").write_text(
    f"import signal, time; signal.raise_signal({number}); time.sleep(0.2); signal.raise_signal({number})"
)
sys.path.insert(0, str(folder))
take_interrupts()
try:
    import loads_long
    signal.pause()
except KeyboardInterrupt:
    print("ended")
"""
# What is imported is interrupted, and what comes after it has another meaning.
TWO_STEPS = """
import sys, time
from pathlib import Path
from autograder.cli.stopping import Stopped, stopping, take_interrupts

(Path(sys.argv[1]) / "loads.py").write_text("import signal; signal.raise_signal(signal.SIGINT)")
sys.path.insert(0, sys.argv[1])
take_interrupts()
try:
    with stopping("Nothing was made."):
        import loads
    with stopping("Half was made."):
        time.sleep(30)
except Stopped as stopped:
    print(stopped)
time.sleep(0.2)  # it does not come a second time
"""
START = """
import os, signal, sys, threading
from autograder.cli import run
sys.argv = ["autograder", "doctor"]
threading.Timer({after}, os.kill, (os.getpid(), signal.SIGINT)).start()
run()
"""


def imported_then_asleep(module: str) -> None:
    importlib.import_module(module)
    time.sleep(SECONDS)


def breaks_off(number: int) -> bool:
    try:
        signal.raise_signal(number)
    except KeyboardInterrupt:
        return True
    return False


class InterruptsItsEnd:
    """Is interrupted as it goes away, where Python lets no exception go on."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


class FailsAtItsEnd:
    def __del__(self) -> None:
        raise ValueError


def gone_then_asleep() -> None:
    InterruptsItsEnd()
    time.sleep(SECONDS)


def test_an_import_is_not_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "interrupts_itself.py").write_text(INTERRUPTS_ITSELF + "loaded = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    take_interrupts()
    with pytest.raises(KeyboardInterrupt):
        imported_then_asleep("interrupts_itself")
    assert sys.modules.pop("interrupts_itself").loaded


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_other_work_is_broken_off_at_once(number: int) -> None:
    take_interrupts()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)


@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGHUP])
def test_while_it_ends_it_is_not_broken_off_by_another_request_to_end(first: int, second: int) -> None:
    take_interrupts()
    assert [breaks_off(first), breaks_off(second)] == [True, False]


def test_while_it_ends_ctrl_c_still_breaks_it_off() -> None:
    take_interrupts()
    assert [breaks_off(signal.SIGTERM), breaks_off(signal.SIGINT)] == [True, True]


def test_a_request_to_end_that_comes_during_an_import_is_not_lost(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "ends_itself.py").write_text(INTERRUPTS_ITSELF.replace("SIGINT", "SIGTERM"))
    monkeypatch.syspath_prepend(tmp_path)
    take_interrupts()
    with pytest.raises(KeyboardInterrupt):
        imported_then_asleep("ends_itself")
    del sys.modules["ends_itself"]


def test_the_end_of_a_terminal_that_is_to_be_outlived_is_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    take_interrupts()
    signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_it_is_not_lost_where_an_object_goes_away(capsys: pytest.CaptureFixture[str]) -> None:
    take_interrupts()
    with pytest.raises(KeyboardInterrupt):
        gone_then_asleep()
    assert capsys.readouterr().err == ""


def test_what_else_python_ignores_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    take_interrupts()
    FailsAtItsEnd()
    assert "ValueError" in capsys.readouterr().err


@pytest.mark.parametrize("after", [0.01, 0.1])
def test_a_command_that_is_only_starting_says_that_it_stopped(after: float) -> None:
    command = [sys.executable, "-c", START.format(after=after)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")


def test_what_had_to_wait_for_an_import_is_answered_before_the_next_step(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TWO_STEPS, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.stdout, done.stderr) == ("Stopped. Nothing was made.\n", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_on_a_terminal_an_interrupt_that_has_to_wait_is_answered_once_meanwhile(tmp_path: Path, number: int) -> None:
    with on_terminal([sys.executable, "-c", LOADS_LONG, tmp_path, int(number)]) as (_, terminal):
        # The line of a spinner that may stand there is wiped first.
        assert all_of(terminal).replace("\r\n", "\n") == "\r\x1b[2Kstopping ...\nended\n"


def test_where_no_terminal_is_an_interrupt_that_has_to_wait_is_not_answered_meanwhile(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADS_LONG, tmp_path, str(int(signal.SIGINT))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.stdout, done.stderr) == ("ended\n", "")
