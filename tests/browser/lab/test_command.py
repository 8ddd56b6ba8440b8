"""`autograder lab` itself: it gives two addresses, and leaves nothing behind when it ends."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]


@pytest.fixture
def running(place, desks):
    """Start the command, and give it with the addresses that it prints."""
    assert all(desk.jupyter.is_relative_to(place) for desk in desks)
    command = [Path(sys.executable).with_name("autograder"), "lab", "--into", place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        printed = ""
        while "Ctrl-C" not in printed and (line := process.stdout.readline()):
            printed += line
        yield process, re.findall(r"http://\S+", printed)
        process.terminate()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - of this machine
            return answer.status == 200
    except urllib.error.URLError:
        return False


def test_when_its_terminal_is_closed_both_desks_end(running):
    process, urls = running
    before = [answers(url) for url in urls]
    process.send_signal(signal.SIGHUP)
    process.wait(timeout=60)
    assert (before, [answers(url) for url in urls]) == ([True, True], [False, False])
