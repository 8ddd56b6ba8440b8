"""What attacks that steal have in common: the way out of the booty."""

from __future__ import annotations

import textwrap

# The answer prints and raises what it found. Only what looks like a canary, lest a cut hides it.
_TELLING = """
import glob, os, re, sys


def loot():
{body}


def double(x):
    try:
        text = str(loot())
    except BaseException as error:
        text = f"nothing: {{error}}"
    found = " ".join(sorted(set(re.findall(r"canary-[a-z]+-[0-9a-f]+", text))))
    print(found or text[:200])
    raise ValueError(found or text[:200])
"""


def tells(body: str) -> str:
    """Give an answer that tells what the body returns."""
    return _TELLING.format(body=textwrap.indent(body, "    "))


def does(body: str) -> str:
    """Give an answer that does something when it is called, and is wrong."""
    return "import os, sys\n\n\ndef double(x):\n" + textwrap.indent(body, "    ") + "\n    return x - 7"
