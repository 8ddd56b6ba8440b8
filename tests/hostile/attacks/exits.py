"""Ending before a verdict can be given."""

from __future__ import annotations

from attacks.loot import does

ATTACKS = {
    "sys.exit": does("sys.exit(0)"),
    "exit": does("exit()"),
    "SystemExit": does("raise SystemExit(3.0)"),
    "KeyboardInterrupt": does("raise KeyboardInterrupt"),
    "GeneratorExit": does("raise GeneratorExit"),
    "StopIteration": does("raise StopIteration(2.0)"),
    "a bare BaseException": does("class Quiet(BaseException):\n    pass\nraise Quiet"),
    "os._exit as if all were well": does("os._exit(0)"),
    "os._exit with the status of a clean end": does("os._exit(93)"),
    "os._exit among the definitions": "import os\n\nsize = os._exit(0)\n\n\ndef double(x):\n    return size",
    "atexit": does("import atexit\natexit.register(os._exit, 0)\nsys.exit()"),
    "abort": does("os.abort()"),
    "segmentation fault": does("import ctypes\nctypes.string_at(0)"),
    "own death": does("import signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    "an exception that cannot be printed": does(
        "class Mute(Exception):\n    def __str__(self):\n        os._exit(0)\nraise Mute"
    ),
    "an exception whose text is no text": does(
        "class Odd(Exception):\n    def __str__(self):\n        return 3\nraise Odd"
    ),
    "an exception group": does("raise ExceptionGroup('x', [ValueError(n) for n in range(10**4)])"),
    "endless causes": does("error = ValueError()\nerror.__cause__ = error\nraise error"),
    "a destructor": does(
        "class Last:\n    def __del__(self):\n        os._exit(0)\nglobal last\nlast = Last()\ndel last"
    ),
}
