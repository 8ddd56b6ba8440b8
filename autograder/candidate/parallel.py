"""Whether an exception says that a thread or another process could not be started."""

from __future__ import annotations

import ast
import errno
import re
import traceback
from pathlib import PurePath

_NO_THREAD = "can't start new thread"
# A limit, a filter of system calls, or a system that has none of it.
_REFUSED = {errno.EAGAIN, errno.EPERM, errno.ENOSYS}
_STARTING = re.compile(r"(?:fork|forkpty|posix_spawnp?|exec[lv]p?e?)")


def no_parallel(error: BaseException, node: ast.AST | None) -> bool:
    """Tell whether an exception comes from starting something that runs beside the answer.

    Parameters
    ----------
    error : BaseException
    node : ast.AST or None
        The part of the student's line that failed.
    """
    if isinstance(error, RuntimeError):
        return _NO_THREAD in str(error)
    if not isinstance(error, OSError):
        return False
    # Where the file of a frame lies, and not what its module is called: that may be an object of the student's.
    files = [PurePath(frame.f_code.co_filename) for frame, _ in traceback.walk_tb(error.__traceback__)]
    if any(file.parts[-2:] == ("multiprocessing", "synchronize.py") for file in files[-1:]):
        # What processes wait for each other with is refused in many ways.
        return True
    starts = any(file.parent.name == "multiprocessing" or file.name == "subprocess.py" for file in files)
    return error.errno in _REFUSED and (starts or _starts(node))


def _starts(node: ast.AST | None) -> bool:
    name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
    return bool(_STARTING.fullmatch(name))
