"""Names in a student's cells, as the text tells: no code of a student's is read as code in the examiner.

That takes no longer than the text is long, whatever is written there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

# No attribute, which stands behind a dot.
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
# Behind a quote it may be none.
_COMMENT = re.compile(r"^([^#'\"\n]*)#.*", re.MULTILINE)
_BINDING = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+\w+|^[ \t]*(?:from|import)\b.*|^[^=(\n]*=(?!=)", re.MULTILINE
)


def mentioned(text: str, names: Collection[str]) -> Iterator[str]:
    """Give those of some names that stand in a text, other than in comments.

    Parameters
    ----------
    text : str
    names : collection of str
    """
    for found in _NAME.finditer(_COMMENT.sub(r"\1", text)):
        # As Python reads it.
        name = found[0] if found[0].isascii() else unicodedata.normalize("NFKC", found[0])
        if name in names:
            yield name


def bound(text: str, names: Collection[str]) -> Iterator[str]:
    """Give those of some names that a text seems to define, assign or import.

    Parameters
    ----------
    text : str
    names : collection of str
    """
    for found in _BINDING.finditer(text):
        yield from mentioned(found[0], names)
