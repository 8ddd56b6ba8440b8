"""What an exception says, whatever its class makes of that: a student's may do anything when it is asked."""

from __future__ import annotations

_MAX_MESSAGE = 2000


def message_of(error: BaseException) -> str:
    """Give an exception's own text; nothing where its class fails to give one."""
    try:
        return sound(str(error))
    except BaseException:  # noqa: BLE001 - also a SystemExit ends no more than the text
        return ""


def told(error: BaseException) -> str:
    """Give an exception's class and its own text, if it has one."""
    return sound(f"{type(error).__name__}: {message_of(error)}".removesuffix(": "))


def sound(text: str) -> str:
    """Give a text that can be encoded, and is not too long, whatever is in it."""
    return text[:_MAX_MESSAGE].encode("utf-8", "replace").decode()
