"""Texts that a student may have had a say in, as they may be shown."""

from __future__ import annotations

import html
import re

_CODE = re.compile("`([^`]+)`")


def one_line(text: str, length: int) -> str:
    """Give a text that a student may have had a say in as one line of characters that only show.

    Parameters
    ----------
    text : str
    length : int
        In characters; the rest is cut off.

    Returns
    -------
    str
        Without control characters, ANSI sequences among them, line ends and marks that turn the direction of writing.
    """
    shown = "".join(character if character.isprintable() else " " for character in text[: 4 * length])
    return " ".join(shown.split())[:length]


def harmless(value: object) -> object:
    """Give a value as it may stand in a spreadsheet: no control characters, and an apostrophe before a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        value = "".join(c if c.isprintable() or c in "\t\r\n" else " " for c in value)
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value
    return value


def in_html(text: str) -> str:
    """Give a message as HTML: all of it escaped, and what stands in backticks as code.

    Parameters
    ----------
    text : str
        A student may have had a say in it. A backtick without another stays as it is.
    """
    # Escaping makes no backtick and takes none away.
    return _CODE.sub(r"<code>\1</code>", html.escape(text))
