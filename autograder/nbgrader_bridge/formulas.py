"""From formulas in TeX to MathML: a browser sets it without a script.

A student writes formulas too. So of what the converter makes only an allow-list is written, of elements and of their
attributes' values, and all text is escaped. What it cannot convert, or makes of anything else, stays on the page as it
is written.
"""

from __future__ import annotations

import contextlib
import functools
import html
import re
import unicodedata
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from autograder.nbgrader_bridge.outputs import plain

MOST_A_FORMULA = 1_000
"""Characters of a formula that is set: each takes up to a tenth of a millisecond."""

MOST_A_PAGE = 20_000
"""Characters of all formulas of a page."""

_DEEPEST = 40
_SPACED = Markup(' lspace="0.167em" rspace="0.167em"')
# How many children an element has; None stands for any number.
_CHILDREN = {
    "mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3,
    **dict.fromkeys(("mi", "mn", "mo", "mspace", "mtext"), 0),
    **dict.fromkeys(("math", "mrow", "msqrt", "mstyle", "mtable", "mtd", "mtr")),
}  # fmt: skip
_YES_OR_NO = re.compile("true|false")
_SIZE = re.compile(r"-?[0-2](\.\d{1,3})?em")
_ATTRIBUTES = {
    **dict.fromkeys(("accent", "displaystyle", "fence", "largeop", "movablelimits", "stretchy"), _YES_OR_NO),
    **dict.fromkeys(("lspace", "maxsize", "minsize", "rspace", "width"), _SIZE),
    "columnalign": re.compile("left|center|right"),
    "form": re.compile("prefix|infix|postfix"),
    "linethickness": re.compile("0"),
    "mathvariant": re.compile("normal"),
    "scriptlevel": re.compile("[0-2]"),
}
# Of a few characters, definitions make a text of any length.
_DEFINITIONS = ("\\def", "\\newcommand", "\\newenvironment", "\\DeclareMathOperator")
_OTHERWISE = (
    (re.compile(r"(\\math(?:bb|bf|cal|frak|it|rm|sf|scr|tt))\s+([A-Za-z])"), r"\1{\2}"),
    (re.compile(r"\{aligned\}"), "{align*}"),
    (re.compile(r"\\sim(?![A-Za-z])"), r"\\thicksim"),
    (re.compile(r"\\tag(?![A-Za-z])"), r"\\qquad\\tag"),
)
_LIMITS = re.compile(r"\\(?:lim|max|min|sup|inf)(?=\s*_)")
_ESCAPED = re.compile(r"\\([_%#&${} ])")
_PLACE = re.compile(r'<span title="formula (\d{1,6})"></span>')


class _LeftAsTexError(Exception):
    """A formula cannot be converted, or not to what may stand on a page."""


class Formulas:
    """The formulas of a page. Where one is to stand there is a place for it, while the page is cleaned."""

    def __init__(self) -> None:
        self._left = MOST_A_PAGE
        self._taken = 0
        self._waiting: dict[int, Markup] = {}

    def place(self, tex: str, *, block: bool) -> str | None:
        """Set a formula, and give the HTML of its place; None where it must stay as it is written."""
        if len(tex) > min(MOST_A_FORMULA, self._left):
            return None
        self._left -= len(tex)
        formula = mathml(tex, block=block)
        if formula is None:
            return None
        self._taken += 1
        self._waiting[self._taken] = formula
        return f'<span title="formula {self._taken}"></span>'

    def placed(self, clean: str) -> str:
        """Put the formulas into their places, each once; a place that somebody else has written stays empty."""
        return _PLACE.sub(lambda place: self._waiting.pop(int(place[1]), ""), clean)


@functools.lru_cache(maxsize=256)  # the instructor's formulas stand on every student's page
def mathml(tex: str, *, block: bool) -> Markup | None:
    """Convert a formula.

    Parameters
    ----------
    tex : str
        Without its dollars.
    block : bool
        Whether it stands in a line of its own.

    Returns
    -------
    Markup or None
        None where it cannot be converted.
    """
    try:
        inner = _inner(_converted(tex, block=block), 0)
    except _LeftAsTexError:
        return None
    if not block:
        return Markup("<math>{}</math>").format(inner)
    return Markup('<span class="scroll" tabindex="0"><math display="block">{}</math></span>').format(inner)


def _converted(tex: str, *, block: bool) -> Element:
    """Ask the converter, which has an exception for each fault, and on some falls over its own feet."""
    from latex2mathml import converter, exceptions  # noqa: PLC0415 - it reads a long table of symbols

    if any(word in tex for word in _DEFINITIONS):
        raise _LeftAsTexError
    own = (one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception))
    falls = (AttributeError, LookupError, RecursionError, StopIteration, TypeError, ValueError)
    faults: tuple[type[Exception], ...] = (*own, *falls)
    try:
        return converter.convert_to_element(_as_it_reads(tex, block=block), display="block" if block else "inline")
    except faults as error:
        raise _LeftAsTexError from error


def _as_it_reads(tex: str, *, block: bool) -> str:
    """Write a formula so that the converter understands it as TeX does."""
    for told, understood in _OTHERWISE:
        tex = told.sub(understood, tex)
    return _LIMITS.sub(r"\g<0>\\limits", tex) if block else tex


def _inner(element: Element, depth: int) -> Markup:
    """Write what is in an element."""
    if depth > _DEEPEST or element.tag not in _CHILDREN or _CHILDREN[element.tag] not in {None, len(element)}:
        raise _LeftAsTexError
    written = escape(_text(element))
    for child in element:
        tag, attributes = _opened(child)
        written += Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, _inner(child, depth + 1))
    return written


def _opened(element: Element) -> tuple[str, Markup]:
    """Give an element's name and attributes; a function's name has a little space round it, as an operator."""
    text = _text(element)
    if element.tag in {"mi", "mo"} and len(text) > 1 and text.isalpha():
        return "mo", _SPACED
    if element.get("linebreak"):
        raise _LeftAsTexError  # browsers break no lines there
    kept = [
        Markup(' {}="{}"').format(key, value)
        for key, value in element.attrib.items()
        if key in _ATTRIBUTES and _ATTRIBUTES[key].fullmatch(value)
    ]
    return element.tag, Markup().join(kept)


def _text(element: Element) -> str:
    """Give an element's text, with the letters of its font, for browsers know only one font of formulas."""
    text = plain(html.unescape(element.text or ""))
    if element.tag == "mtext":
        text = _ESCAPED.sub(r"\1", text)
    elif "&" in text:  # a table that the converter does not know
        raise _LeftAsTexError
    if "\\" in text:
        raise _LeftAsTexError
    font = element.get("mathvariant", "normal")
    return text if font == "normal" else "".join(_lettered(letter, font) for letter in text)


def _lettered(letter: str, font: str) -> str:
    """Give the letter of a mathematical font: Unicode has one for each."""
    name = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    for full in (f"MATHEMATICAL {font} {name}", f"{font} {name}"):
        with contextlib.suppress(KeyError):
            return unicodedata.lookup(full.upper())
    return letter
