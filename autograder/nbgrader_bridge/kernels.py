"""The kernel that nbgrader starts to write the tests of ``AUTOTEST`` comments: it gives no way to configure it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel
from nbgrader.preprocessors import instantiatetests

# A kernel of IPython's writes what it logs to our terminal: a warning about its sockets, each time.
QUIET = "--IPKernelApp.log_level=ERROR"
_PATH = "PYTHONPATH"
_IPYTHON = {"python", "python3"}


@contextlib.contextmanager
def kernels_in(root: Path) -> Iterator[None]:
    """Have the kernels that nbgrader starts import the ``reference`` of a course, be quiet, and end.

    It changes what is the process's own, its environment among it: not for threads.

    Parameters
    ----------
    root : Path
        The course folder. What lies in it is imported before what is installed.
    """
    started: list[tuple[KernelManager, BlockingKernelClient]] = []

    def start(*, kernel_name: str, **options: Any) -> tuple[KernelManager, BlockingKernelClient]:  # noqa: ANN401
        if kernel_name in _IPYTHON:
            options["extra_arguments"] = [QUIET]
        started.append(start_new_kernel(kernel_name=kernel_name, **options))
        return started[-1]

    path = os.environ.get(_PATH)
    os.environ[_PATH] = os.pathsep.join(filter(None, (str(root), path)))
    instantiatetests.start_new_kernel = start
    try:
        yield
    finally:
        instantiatetests.start_new_kernel = start_new_kernel
        if path is None:
            del os.environ[_PATH]
        else:
            os.environ[_PATH] = path
        # Each of them, though another cannot be ended.
        with contextlib.ExitStack() as ending:
            for manager, client in started:
                ending.callback(_end, manager, client)


def _end(manager: KernelManager, client: BlockingKernelClient) -> None:
    """End a kernel and what it was spoken to with; nbgrader leaves both where a cell raises."""
    client.stop_channels()
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)
