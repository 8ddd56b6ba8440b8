"""Plain nbgrader, where a kernel does not answer, and where it is to end."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError

# Silent or dead as often as its folder says, then a kernel as any other.
KERNEL = """
import sys, time
from pathlib import Path

left = Path(__file__).with_name("failures")
fault, count = left.read_text().split()
left.write_text(f"{fault} {int(count) - 1}")
if int(count) > 0:
    if fault == "dead":
        sys.exit(1)
    time.sleep(600)
from ipykernel.kernelapp import launch_new_instance

launch_new_instance()
"""
SPEC = {"display_name": "Shy", "language": "python"}

pytestmark = pytest.mark.slow


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a kernel, in the place of the usual one."""
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "shy.py").write_text(KERNEL)
    argv = [sys.executable, str(folder / "shy.py"), "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({**SPEC, "argv": argv}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    bridge.make_plain_course(root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("c.ExecutePreprocessor.startup_timeout = 5\n")
    (root / "source" / "hw").mkdir()
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", [("answer", "a", "x = 1"), ("test", "t", "assert x == 1")])
    bridge.generate_plain(root, "hw")
    shutil.copytree(root / "source" / "hw", root / "submitted" / "ada" / "hw")
    return root


@pytest.mark.parametrize("fault", ["silent", "dead"])
def test_a_kernel_that_did_not_answer_is_started_once_more(kernel, course, fault):
    (kernel / "failures").write_text(f"{fault} 1")
    assert bridge.plain_marks(course, "hw", "ada") == {"hw": {"t": 1.0}}


@pytest.mark.parametrize(
    ("fault", "words"), [("silent", "Kernel didn't respond"), ("dead", "Kernel died before replying")]
)
def test_one_that_never_answers_is_told(kernel, course, fault, words):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.ExecutePreprocessor.startup_timeout = 1\n")
    (kernel / "failures").write_text(f"{fault} 9")
    with pytest.raises(BridgeError, match=words):
        bridge.plain_marks(course, "hw", "ada")


def test_what_a_kernel_logs_of_itself_is_no_business_of_the_terminal(course, capfd):
    assert bridge.plain_marks(course, "hw", "ada") == {"hw": {"t": 1.0}}
    assert "encryption" not in capfd.readouterr().err


class Ended(BaseException):
    """What a command is ended by."""


def end(number: int, _: object) -> None:
    raise Ended(number)


@pytest.fixture
def ending() -> Iterator[None]:
    """Have this process ended by an exception, as a command is."""
    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("ending")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whom_a_signal_reached_before_it_reaches_afterwards(course, number):
    bridge.plain_marks(course, "hw", "ada")
    assert signal.getsignal(number) is end


@pytest.mark.usefixtures("ending")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_while_a_notebook_runs(course, number):
    answer = f"import os, time\nos.kill(os.getppid(), {int(number)})\ntime.sleep(600)\nx = 1"
    cells = [("answer", "a", answer), ("test", "t", "assert x == 1")]
    bridge.write_source(course / "submitted" / "ada" / "hw" / "hw.ipynb", cells)
    with pytest.raises(Ended):
        bridge.plain_marks(course, "hw", "ada")
