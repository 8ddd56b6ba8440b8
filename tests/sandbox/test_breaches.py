"""What becomes of a candidate that takes too much, and what the sandbox says of its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# The function's lines, what it answers, and the candidate's end: killed at work by us, or by itself before.
BREACHES: dict[str, tuple[list[str], str | bool, int]] = {
    "memory": (["return len(bytes(2 * 2**30))"], "MemoryError: ", -9),
    "size of a file": (
        ["open('big', 'wb').write(bytes(5 * 2**20))"],
        "OSError: [Errno 27] File too large",
        -9,
    ),
    "all files": (
        ["for n in range(9): open(f'{n}', 'wb').write(bytes(3 * 2**20))"],
        "OSError: [Errno 28] No space left on device",
        -9,
    ),
    "number of files": (
        ["for n in range(2000): open(f'{n}', 'wb').close()"],
        "OSError: [Errno 28] No space left on device: '1023'",
        -9,
    ),
    "open files": (
        ["try:", "    while True: os.dup(0)", "except OSError as error: return error.errno == 24"],
        True,
        -9,
    ),
    "output": (["print('x' * 10**7)", "return True"], True, -9),
    "exit": (["os._exit(0)"], "lost", 1),
    "crash": (["import ctypes", "ctypes.string_at(0)"], "lost", 1),
    "abort": (["os.abort()"], "lost", 1),
}
BOMB = """
import os
def explode():
    pids = []
    try:
        while len(pids) < 100:
            pids.append(os.fork())
            while not pids[-1]:
                pass
    except OSError:
        pass
    return len(pids)
PIDS = explode()
def attack():
    return PIDS
"""


@pytest.fixture(scope="module")
def ends(contained: Callable[..., Any]) -> dict[str, list[Any]]:
    script = f"""
from student import ask, attacks, opened
bodies = { ({name: lines for name, (lines, _, _) in BREACHES.items()})!r}
with opened("full") as sandbox:
    ends = {{name: ask(sandbox, source) for name, source in attacks(bodies).items()}}
    ends["bomb"] = ask(sandbox, {BOMB!r})
    ends["after all"] = ask(sandbox, "def attack(): return True")
print(json.dumps(ends))
"""
    result: dict[str, list[Any]] = contained(script)
    return result


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_answered(ends: dict[str, list[Any]], breach: str) -> None:
    _, answer, status = BREACHES[breach]
    assert (ends[breach][0], ends[breach][1]) == (answer, status)


def test_a_fork_bomb_in_the_definitions_stays_small(ends: dict[str, list[Any]]) -> None:
    # It has taken all that there is, so the child of the test cell cannot be forked.
    assert ends["bomb"] == ["lost", 1]


def test_the_next_candidate_is_none_the_worse(ends: dict[str, list[Any]]) -> None:
    assert ends["after all"][0] is True
