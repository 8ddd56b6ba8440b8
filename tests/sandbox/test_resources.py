"""What a process takes over to a candidate: its limits, and no descriptor but those that it is to have."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys

import pytest

from autograder.sandbox.resources import shared_processes

LIMITED = """
import json, resource
from autograder.limits import Limits
from autograder.sandbox.resources import limit
{before}
limit(Limits(memory_mb=512, file_mb=3, processes=2, seconds_to_define=10, seconds_per_cell=5), {processes})
print(json.dumps({{name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in {names}}}))
"""
WANTED = {"AS": 512 * 2**20, "FSIZE": 3 * 2**20, "CPU": 100 * 4 * 15, "NOFILE": 64, "CORE": 0, "NPROC": 400}


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def limits_of(processes: int | None, before: str = "") -> dict[str, list[int]]:
    found: dict[str, list[int]] = json.loads(
        python(LIMITED.format(before=before, processes=processes, names=list(WANTED)))
    )
    return found


def test_each_limit_is_in_force_and_can_not_be_raised_again() -> None:
    assert limits_of(400) == {name: [amount, amount] for name, amount in WANTED.items()}


def test_how_many_processes_there_may_be_is_left_as_it_is_where_nobody_says() -> None:
    assert limits_of(None)["NPROC"] == list(resource.getrlimit(resource.RLIMIT_NPROC))


def test_a_limit_that_is_narrower_already_stays() -> None:
    assert limits_of(400, "resource.setrlimit(resource.RLIMIT_NOFILE, (20, 30))")["NOFILE"] == [30, 30]


@pytest.mark.parametrize("keep", [[], [5], [4, 7], [9, 3]])
def test_no_descriptor_stays_open_but_those_to_keep(keep: list[int]) -> None:
    opened = "import os\nfrom autograder.sandbox.resources import close_all_but\n"
    opened += "for number in range(3, 12):\n    os.dup2(0, number)\n"
    told = f"close_all_but({keep})\nprint([n for n in range(3, 4000) if os.path.exists(f'/proc/self/fd/{{n}}')])"
    assert json.loads(python(opened + told)) == sorted(keep)


def test_who_shares_a_user_may_run_more_than_run_already() -> None:
    assert shared_processes(os.getuid()) > 256
    assert shared_processes(2**31 - 5) == 256
