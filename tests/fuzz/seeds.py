"""Real messages as a corpus to begin with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from targets import chunk

from autograder.wire import (
    Ask,
    Channel,
    Defined,
    Fetched,
    Finished,
    Forked,
    FromExaminer,
    Generators,
    Packer,
    Raised,
    Ready,
    Returned,
)

VALUES: tuple[Any, ...] = (
    None,
    2**70,
    -(2**15000),
    "text",
    b"bytes",
    1 + 2j,
    np.float32(1.5),
    np.arange(6.0).reshape(2, 3),
    np.array([True, False]),
    np.array(["é", "ab"]),
    np.zeros((0, 3), dtype=np.int8),
    [range(2, 9, 3), np.datetime64("2024-02-29"), np.timedelta64(3, "s")],
    {"W1": np.ones((2, 2)), (1, "b"): [1, 2.5, {3, 4}], "cache": (np.zeros(2), None)},
    frozenset({"a", b"b"}),
    np.random.default_rng(3),
    np.random.RandomState(3),
    np.random.Generator(np.random.Philox(3)),
)


_CELL = {
    "cell_type": "code",
    "metadata": {"nbgrader": {"grade_id": "answer"}},
    "source": ["def answer(x):\n", " return x"],
}
NOTEBOOKS: tuple[dict[str, Any], ...] = (
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [_CELL, {"cell_type": "raw", "source": "é", "id": "a"}],
    },
    {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "import math", "outputs": [{}]}]}]},
    {"cells": [{"cell_type": "markdown", "attachments": {"a.png": {"image/png": "AA=="}}, "source": float("nan")}]},
)


def frames(*messages: tuple[msgspec.Struct, list[bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """Give the structure and the buffers of messages as a channel writes them."""
    for message, buffers in messages:
        reading, writing = os.pipe()
        channel: Channel[Any] = Channel(os.dup(reading), writing, FromExaminer)
        channel.send(message, buffers)
        data = os.read(reading, 2**16)
        channel.close()
        os.close(reading)
        size = int.from_bytes(data[:4], "little")
        yield data[8 : 8 + size], data[8 + size :]


def write_corpus(folder: Path, target: str) -> None:
    """Write a whole conversation a value, and for the decoder a single message; for the reader, small notebooks."""
    if target == "reader":
        for number, notebook in enumerate(NOTEBOOKS):
            (folder / f"notebook-{number}").write_text(json.dumps(notebook))
        return
    opening = [(Ready([Defined("answer", "function", ""), Defined("size", "value", "")], ["a notice"]), [])]
    opening.append((Forked(), []))
    closing = [
        (Raised(["ValueError", "Exception"], "message", "line", "printed", "kind", "cause"), []),
        (Finished(), []),
    ]
    for number, value in enumerate(VALUES):
        generators = Generators(trusted=False)
        packer = Packer(lambda _: 0, [], draws=generators.refer)
        record = packer.pack(value)
        drawn = generators.news()
        middle = [
            (Ask(number % 4, [record], {}, drawn), packer.buffers),
            (Returned(record, "", ["argument 1"], drawn=drawn), packer.buffers),
            (Fetched(record, drawn), packer.buffers),
        ]
        conversations = {"talk": [*opening, *middle, *closing]} | ({"one": middle[1:2]} if target == "decoder" else {})
        for name, messages in conversations.items():
            parts = [chunk(*frame) for frame in frames(*messages)]
            (folder / f"{name}-{number}").write_bytes(b"".join(parts))
