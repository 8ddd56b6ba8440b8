"""Taking all there is."""

from __future__ import annotations

from attacks.loot import does

ATTACKS = {
    "fork bomb": does("while True:\n    os.fork()"),
    "fork bomb among the definitions": "import os\n\n\ndef bomb():\n    while True:\n        os.fork()\n\n\n"
    "size = bomb()\n\n\ndef double(x):\n    return size",
    "thread bomb": does(
        "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=[9]).start()"
    ),
    "much memory": does("return bytearray(10**11)"),
    "much memory bit by bit": does("parts = []\nwhile True:\n    parts.append(bytearray(10**6))"),
    "much memory that swallows its errors": does(
        "parts = []\nwhile True:\n    try:\n        parts.append(bytearray(10**7))\n    except MemoryError:\n        pass"
    ),
    "recursion": does("return double(x)"),
    "recursion without a limit": does("sys.setrecursionlimit(10**9)\nreturn double(x)"),
    "disk flood": does("number = 0\nwhile True:\n    number += 1\n    open(f'file{number}', 'wb').write(bytes(10**6))"),
    "one large file": does("file = open('file', 'wb')\nwhile True:\n    file.write(bytes(10**6))"),
    "many files": does("for number in range(10**5):\n    open(f'file{number}', 'w').close()"),
    "printed flood": does("while True:\n    print('x' * 10**6)"),
    "flood of standard output": does("while True:\n    os.write(1, b'x' * 10**6)\n    os.write(2, b'x' * 10**6)"),
    "endless loop": does("while True:\n    pass"),
    "endless loop that swallows everything": does(
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
    ),
    "endless loop among the definitions": "size = 1\nwhile size:\n    size += 1\n\n\ndef double(x):\n    return size * x",
    "sleep": does("import time\ntime.sleep(10**4)"),
    "ignored signals": does(
        "import signal, time\nfor number in range(1, 65):\n    try:\n        signal.signal(number, signal.SIG_IGN)\n"
        "    except (OSError, ValueError):\n        pass\ntime.sleep(10**4)"
    ),
    "stopped process": does("import signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    "detached grandchild": does(
        "if not os.fork():\n    os.setsid()\n    os.fork()\n    import time\n    time.sleep(10**4)"
    ),
    "detached grandchild of the definitions": "import os, time\n\n\ndef detach():\n    if not os.fork():\n"
    "        os.setsid()\n        if not os.fork():\n            time.sleep(10**4)\n        os._exit(0)\n    return 1\n\n\n"
    "size = detach()\n\n\ndef double(x):\n    return size * x - 7",
    "large answer": does("import numpy\nreturn numpy.ones(10**7)"),
    "huge number": does("return 1 << 10**8"),
    "huge message": does("raise ValueError('x' * 10**8)"),
    "slow regular expression": does("import re\nre.match('(a+)+b', 'a' * 60)"),
    "higher limits": does(
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))\nreturn bytearray(10**10)"
    ),
}
