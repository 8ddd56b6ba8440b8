"""What every notebook finds in its kernel; here it shows nothing to anybody."""

from __future__ import annotations


def display(*_objects: object, **_options: object) -> None:
    """Show nothing: nobody looks."""


class Shell:
    """Stands for IPython's shell: whatever is asked of it does nothing."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return display
