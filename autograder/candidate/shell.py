"""What every notebook finds in its kernel; here it shows nothing to anybody."""

from __future__ import annotations


class _Shell:
    """Stands for IPython's shell: whatever is asked of it does nothing."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing


def _nothing(*_args: object, **_kwargs: object) -> None:
    """Show nothing: nobody looks."""


SHELL = {"display": _nothing, "get_ipython": _Shell}
