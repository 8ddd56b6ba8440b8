"""Talking to the examiner without being asked."""

from __future__ import annotations

from attacks.loot import does

# Where the agent's own channel, wire module and pipes are, seen from an answer.
AGENT = """
import gc, os, struct, sys

import numpy as np

wire = sys.modules.get("autograder.wire")


def channels():
    return [o for o in gc.get_objects() if type(o).__name__ == "Channel" and hasattr(o, "_writing")]


def send(message, *buffers):
    for channel in channels():
        channel.send(message, buffers)


def frame(message):
    import msgspec

    body = msgspec.msgpack.encode(message)
    return struct.pack("<II", len(body), 0) + body


def raw(data):
    for channel in channels():
        os.set_blocking(channel._writing, True)
        os.write(channel._writing, data)


"""


def _agent(body: str) -> str:
    return AGENT + does(body)


ATTACKS = {
    "forged answers": _agent(
        "for value in (2.0, True, wire.Packer(id, []).pack([2.0])):\n    send(wire.Returned(value, '', []))"
    ),
    "an early end": _agent("send(wire.Finished())\nsend(wire.Finished())"),
    "a second beginning": _agent("send(wire.Ready([], []))"),
    "an early end and the marks of the next cell": _agent(
        "send(wire.Returned(None, '', []))\nsend(wire.Finished())\nsend(wire.Forked())\nsend(wire.Returned(2.0, '', []))"
    ),
    "a forged report on the definitions": AGENT + "def forge():\n    frame = sys._getframe()\n"
    "    while 'message' not in frame.f_locals:\n        frame = frame.f_back\n"
    "    names = frame.f_locals['message'].names\n    defined = sys.modules['autograder.wire'].Defined\n"
    "    send(wire.Ready([defined(name, 'value', '') for name in names], []))\n    return 1\n\n\n"
    "size = forge()\n\n\ndef double(x):\n    return size",
    "a report on names that nobody asked for": AGENT + "def forge():\n"
    "    names = ['np', 'checks', 'reference', 'points', 'isinstance']\n"
    "    defined = sys.modules['autograder.wire'].Defined\n"
    "    send(wire.Ready([defined(name, 'value', '') for name in names], []))\n    return 1\n\n\n"
    "size = forge()\n\n\ndef double(x):\n    return size",
    "endless questions": _agent("while True:\n    send(wire.Ask(0, [], {}))"),
    "a question to nobody": _agent("send(wire.Ask(10**6, [], {}))"),
    "a question to the last": _agent("send(wire.Ask(-1, [], {}))"),
    "a question with a wrong claim": _agent(
        "send(wire.Ask(0, [sys.modules['autograder.wire.values'].Raw(10**9)], {}))"
    ),
    "an endless conversation": "def double(x):\n    while True:\n        quadruple(1.0)",
    "a question that never ends": does("halves(1.0, 10**15)"),
    "a question for all memory": does("import numpy as np\nhalves(np.ones(10**6), 10**4)"),
    "a question of another kind": does("halves('text', [])"),
    "a garbled frame": _agent("raw(struct.pack('<II', 9, 0) + b'not a msg')"),
    "a huge claim": _agent("raw(struct.pack('<II', 2**32 - 1, 2**32 - 1) + b'x' * 4096)"),
    "a large claim and silence": _agent("raw(struct.pack('<II', 2**20, 2**20) + b'x' * 100)\nwhile True:\n    pass"),
    "half a frame and death": _agent("raw(struct.pack('<II', 100, 0) + b'x')\nos._exit(93)"),
    "noise": _agent("while True:\n    raw(os.urandom(4096))"),
    "an array that claims too much": _agent(
        "send(wire.Returned(sys.modules['autograder.wire.values'].Array('<f8', [2**62, 4]), '', []))"
    ),
    "an array of negative size": _agent(
        "send(wire.Returned(sys.modules['autograder.wire.values'].Array('<f8', [-1, -8]), '', []), b'x' * 64)"
    ),
    "an array of objects": _agent(
        "send(wire.Returned(sys.modules['autograder.wire.values'].Array('|O', [1]), '', []), b'x' * 8)"
    ),
    "an array of records": _agent(
        "send(wire.Returned(sys.modules['autograder.wire.values'].Array('f8,(1000,1000)f8', [1]), '', []), b'x' * 8)"
    ),
    "deep nesting": does("for _ in range(10**5):\n    x = [x]\nreturn x"),
    "an answer in itself": does("x = []\nx.append(x)\nreturn x"),
    "deep nesting in bytes": _agent("raw(struct.pack('<II', 10**6, 0) + bytes([0x91]) * 10**6)"),
    "keys of one hash": does("return {n * (2**61 - 1): n for n in range(1, 30000)}"),
    "not a number": does("return x * float('nan')"),
    "infinity": does("return x * float('inf')"),
    "closed pipes": does("os.closerange(3, 256)"),
    "pipes of its own": does(
        "for number in range(3, 64):\n    try:\n        os.dup2(1, number)\n    except OSError:\n        pass"
    ),
    "a packer that lies": _agent(
        "for name in ('Packer', 'Returned'):\n    setattr(sys.modules['autograder.candidate.conversation'], name, lambda *_: None)"
    ),
    "an encoder that lies": _agent(
        "for channel in channels():\n    channel._encoder = type('', (), {'encode': lambda self, message: b'\\xc3'})()"
    ),
    "a wire that says passed": _agent(
        "agent = sys.modules['autograder.candidate.agent']\n"
        "agent.Conversation._call = lambda self, *_: self._channel.send(wire.Returned(True, 'passed', ['score']))"
    ),
}
