"""Students' cells on the pages that nbgrader makes, the feedback and the formgrader.

nbgrader's templates show a student's Markdown with all the HTML in it, scripts too, and the formgrader does so where
the instructor is logged in (nbconvert's ``sanitize_html`` has no part in these templates).

What sets Markdown and colours code takes for some texts a time that grows with the square of their length: minutes for
a cell of 100 kB. So a long cell stands on the page as it was written.
"""

# nbconvert has no types.
# mypy: allow-untyped-calls, no-warn-return-any
from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import bleach  # type: ignore[import-untyped]
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.nbgrader_bridge.formulas import Formulas
from autograder.nbgrader_bridge.outputs import plain

MOST_A_CELL = {"markdown": 6_000, "code": 10_000}
"""Characters of a cell that is set or coloured: the worst that we know takes a quarter of a second."""

MOST_A_PAGE = 200_000
"""Characters of all such cells of a notebook."""

# fmt: off
_TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl",
    "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre",
    "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "u", "ul",
})
# fmt: on
_HEADING = re.compile(r"<(?P<end>/?)h(?P<level>[1-6])(?P<rest>[^>]*)>")
_DEEPEST = 6
_TABLE = re.compile(r"<(?P<end>/?)table\b(?P<rest>[^>]*)>")
_UNDESCRIBED = re.compile(r"<img\b(?![^>]*\balt=)")
_PYTHON, _PLAIN_HTML = PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)
_ATTACHED = "attachment:"
_PICTURE = re.compile(r"image/[a-z0-9.+-]{1,40}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
# No address of a picture's data has a hyphen.
_PLACE = re.compile(r'(?<=;base64,)place-\d{1,6}(?=")')
_CHOSEN_FIRST = ("image/svg+xml", "image/png", "image/jpeg")
_ATTRIBUTES = {"*": ["class", "id", "title", "align"], "img": ["src", "alt", "width", "height"]}


class Allowance:
    """What may still be set and coloured of a notebook."""

    def __init__(self) -> None:
        self._left = MOST_A_PAGE

    def takes(self, kind: str, source: str) -> bool:
        """Tell whether a cell may be, and count it."""
        if len(source) > min(MOST_A_CELL[kind], self._left):
            return False
        self._left -= len(source)
        return True


class _Renderer(IPythonRenderer):
    """Shows code in one colour, whose language a student would choose a lexer by, and each attached picture once.

    So a page is no longer than its notebook; and the data of pictures is put in when the page is cleaned, which takes a
    second for two megabytes.
    """

    def __init__(self, attachments: dict[str, Any], *, exclude_anchor_links: bool = False) -> None:
        super().__init__(escape=False, attachments=attachments, exclude_anchor_links=exclude_anchor_links)
        self._shown: set[str] = set()
        self._waiting: dict[str, str] = {}

    def with_pictures(self, html: str) -> str:
        """Put the data of pictures in its places."""
        return _PLACE.sub(lambda place: self._waiting.pop(place[0], ""), html)

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002 - mistune's
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show a picture; of one that is not attached, as where a cell was copied, or stands there, its text or name.

        nbconvert's ends the whole page at such a one.
        """
        if not url.startswith(_ATTACHED):
            return super().image(text, url, title)
        # mistune writes a name as addresses have it.
        names = (url.removeprefix(_ATTACHED), unquote(url.removeprefix(_ATTACHED)))
        address = next(filter(None, map(self._address, names)), "")
        return super().image(text, address, title) if address else text or escape(names[-1])

    def _address(self, name: str) -> str:
        """Give the address of an attached picture, with a place for its data; empty where there is none to show."""
        forms = self.attachments.get(name) if isinstance(self.attachments, dict) else None
        if not isinstance(forms, dict) or name in self._shown:
            return ""
        kind = next((kind for kind in (*_CHOSEN_FIRST, *forms) if kind in forms), "")
        lines: Any = forms.get(kind, "")
        parts = lines if isinstance(lines, list) else [lines]
        data = "".join("".join(part for part in parts if isinstance(part, str)).split())
        if not _PICTURE.fullmatch(kind) or not _BASE64.fullmatch(data):
            return ""
        self._shown.add(name)
        place = f"place-{len(self._shown)}"
        self._waiting[place] = data
        return f"data:{kind};base64,{place}"


class _FormulaRenderer(_Renderer):
    """Leaves a place for each formula that can be set, and the others as they are written."""

    def __init__(self, formulas: Formulas, attachments: dict[str, Any]) -> None:
        super().__init__(attachments, exclude_anchor_links=True)
        self._formulas = formulas

    def block_math(self, body: str) -> str:
        return self._formulas.place(body, block=True) or super().block_math(body)

    def inline_math(self, body: str) -> str:
        return self._formulas.place(body, block=False) or super().inline_math(body)

    def latex_environment(self, name: str, body: str) -> str:
        whole = body if name in {"equation", "equation*"} else f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._formulas.place(whole, block=True) or super().latex_environment(name, body)


@pass_context
def harmless_markdown(context: Context, source: str) -> str:
    """Render Markdown without anything that a browser would run; nbconvert calls it as ``markdown2html``.

    Parameters
    ----------
    context : Context
        The template's; its cell holds the attached images.
    source : str

    Returns
    -------
    str
        HTML of an allow-list of tags; all others stand there as text. What cannot be rendered, as it was written.
    """
    if not _allowance(context).takes("markdown", source):
        return as_written(source)
    cell: dict[str, Any] = context.get("cell", {})
    try:
        return _harmless(source, cell.get("attachments", {}))
    except Exception:  # noqa: BLE001 - what nbconvert's parts raise for a text that they do not take
        return as_written(source)


def _harmless(source: str, attachments: dict[str, Any]) -> str:
    renderer = _Renderer(attachments)
    html = MarkdownWithMath(renderer=renderer).render(source)
    # Attached images are data; a browser runs nothing that an image's address holds, but what a link's does.
    attributes = {**_ATTRIBUTES, "a": _link}
    clean = bleach.clean(html, tags=_TAGS, attributes=attributes, protocols={"http", "https", "mailto", "data"})
    return renderer.with_pictures(clean)


@pass_context
def harmless_code(context: Context, source: str, language: str = "", metadata: object = None) -> str:  # noqa: ARG001 - nbconvert's
    """Colour code as Python, whatever a notebook says of itself; nbconvert calls it as ``highlight_code``.

    Parameters
    ----------
    context : Context
        The template's.
    source : str
    language, metadata
        Not heeded.

    Returns
    -------
    str
        HTML.
    """
    if not _allowance(context).takes("code", source):
        return as_written(source)
    html: str = Highlight2HTML(pygments_lexer="python")(_without_blanks(source))
    return html


def highlighted(code: str) -> Markup:
    """Colour Python; the caller has asked whether it may be."""
    return Markup(highlight(_without_blanks(plain(code)), _PYTHON, _PLAIN_HTML))  # noqa: S704 - Pygments escapes


def as_written(source: str) -> Markup:
    """Show a text as it is."""
    return Markup("<pre>{}</pre>").format(plain(source))


def _without_blanks(code: str) -> str:
    # Of empty lines that hold blanks, Pygments looks at all that follow, again in each of them.
    return "\n".join(line.rstrip() for line in code.split("\n"))


def _allowance(context: Context) -> Allowance:
    """Give what is left for the notebook that a template shows; nbconvert's resources are one notebook's."""
    resources: Any = context.get("resources")
    return Allowance() if resources is None else resources.setdefault("autograder_allowance", Allowance())


class Headings:
    """Puts the headings of a notebook below those of the page, with no level left out.

    Parameters
    ----------
    above : int
        The level of the page's heading over all of them.
    """

    def __init__(self, above: int) -> None:
        self._above = above
        self._last = above

    def placed(self, html: str) -> str:
        """Give HTML with its headings at the levels where they may stand, from the cell before on."""
        return _HEADING.sub(self._heading, html)

    def _heading(self, tag: re.Match[str]) -> str:
        if tag["end"]:
            return f"</h{self._last}>"
        self._last = min(int(tag["level"]) + self._above, self._last + 1, _DEEPEST)
        return f"<h{self._last}{tag['rest']}>"


def still_markdown(source: str, attachments: dict[str, Any], headings: Headings, formulas: Formulas) -> Markup:
    """Render Markdown for a page that loads and runs nothing: of pictures, only those that are in the notebook itself.

    Parameters
    ----------
    source : str
    attachments : dict
        The cell's attached pictures.
    headings : Headings
        Of the page.
    formulas : Formulas
        Of the page.

    Returns
    -------
    Markup
        HTML of an allow-list of tags, and formulas in MathML; all other tags stand there as text. What cannot be
        rendered, as it was written.
    """
    try:
        return _still(source, attachments, headings, formulas)
    except Exception:  # noqa: BLE001 - what nbconvert's parts raise for a text that they do not take
        return as_written(source)


def _still(source: str, attachments: dict[str, Any], headings: Headings, formulas: Formulas) -> Markup:
    renderer = _FormulaRenderer(formulas, attachments)
    html = MarkdownWithMath(renderer=renderer).render(source)
    attributes = {"*": ["title", "align"], "a": _link, "img": _picture}
    clean = bleach.clean(html, tags=_TAGS, attributes=attributes, protocols={"http", "https", "mailto", "data"})
    described = _UNDESCRIBED.sub('<img alt=""', headings.placed(clean))
    scrolling = _TABLE.sub(_scrolling, described)
    return Markup(renderer.with_pictures(formulas.placed(scrolling)))  # noqa: S704 - bleach has cleaned all but what Formulas has made


def _scrolling(tag: re.Match[str]) -> str:
    """Put what scrolls round a table; the page itself is never wider than a telephone."""
    return f"{tag[0]}</div>" if tag["end"] else f'<div class="scroll" tabindex="0">{tag[0]}'


def _picture(_tag: str, name: str, value: str) -> bool:
    return name in {"alt", "width", "height"} or (name == "src" and value.startswith("data:image/"))


def _link(_tag: str, name: str, value: str) -> bool:
    return name in {"class", "id", "title"} or (name == "href" and not value.strip().lower().startswith("data:"))
