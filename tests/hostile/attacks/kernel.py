"""Other processes, and the kernel as a way to them."""

from __future__ import annotations

from attacks.loot import does, tells

_CALL = (
    "import ctypes, platform\ncall = lambda *a: ctypes.CDLL(None).syscall(*map(ctypes.c_long, a))\n"
    "arm = platform.machine() == 'aarch64'\n"
)

ATTACKS = {
    "kill the parent": does("os.kill(os.getppid(), 9)"),
    "kill everybody": does("os.kill(-1, 9)"),
    "kill the own group": does("os.killpg(0, 9)"),
    "kill the first processes": does(
        "for pid in range(1, 400):\n    try:\n        os.kill(pid, 9)\n    except OSError:\n        pass"
    ),
    "stop the parent": does("os.kill(os.getppid(), 19)"),
    "trace the parent": does(_CALL + "assert call(117 if arm else 101, 16, os.getppid(), 0, 0) == 0"),
    "internet": does("import socket\nsocket.create_connection(('127.0.0.1', 22), 1).send(b'x')"),
    "local socket": does("import socket\nsocket.socket(socket.AF_UNIX).bind(chr(0) + 'hostile')"),
    "netlink": does("import socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)"),
    "listen": does("import socket\nserver = socket.socket()\nserver.bind(('0.0.0.0', 0))\nserver.listen()"),
    "io_uring": does(_CALL + "assert call(425, 8, 0) >= 0"),
    "keyring": does(_CALL + "assert call(219 if arm else 250, 0, -3, 1) >= 0"),
    "shared memory": does(_CALL + "assert call(194 if arm else 29, 4711, 4096, 0o1666) >= 0"),
    "lock on a shared file": does("import fcntl\nfcntl.flock(open(os.__file__), fcntl.LOCK_EX)\nwhile True:\n    pass"),
    "mount": does("import ctypes\nassert ctypes.CDLL(None).mount(b'x', b'/', b'tmpfs', 0, None) == 0"),
    "new namespaces": does("import ctypes\nassert ctypes.CDLL(None).unshare(0x10020000) == 0"),
    "become root": does("os.setuid(0)\nos.system('id')"),
    "run a program": tells(
        "import subprocess\nreturn subprocess.run(['cat', '@OUTSIDE@/secret'], capture_output=True).stdout"
    ),
    "run a program from memory": does(
        "descriptor = os.memfd_create('x')\nos.write(descriptor, open('/bin/true', 'rb').read())\n"
        "os.execv(f'/proc/self/fd/{descriptor}', ['x'])"
    ),
    "replace itself by a program": does("os.execv('/bin/sh', ['sh', '-c', 'cat @OUTSIDE@/secret'])"),
    "system": tells("return os.popen('cat @OUTSIDE@/secret; env').read()"),
}
