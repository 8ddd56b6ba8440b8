"""Markdown on the pages that nbgrader makes, the feedback and the formgrader.

nbgrader's templates show a student's Markdown with all the HTML in it, scripts too, and the formgrader does so where
the instructor is logged in (nbconvert's ``sanitize_html`` has no part in these templates).
"""

# nbconvert has no types.
# mypy: allow-untyped-calls, no-warn-return-any
from __future__ import annotations

import re
from typing import Any

import bleach  # type: ignore[import-untyped]
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

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
_UNDESCRIBED = re.compile(r"<img\b(?![^>]*\balt=)")
_ATTRIBUTES = {"*": ["class", "id", "title", "align"], "img": ["src", "alt", "width", "height"]}


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
        HTML of an allow-list of tags; all others stand there as text.
    """
    cell: dict[str, Any] = context.get("cell", {})
    renderer = IPythonRenderer(escape=False, attachments=cell.get("attachments", {}))
    html = MarkdownWithMath(renderer=renderer).render(source)
    # Attached images are data; a browser runs nothing that an image's address holds, but what a link's does.
    attributes = {**_ATTRIBUTES, "a": _link}
    return bleach.clean(html, tags=_TAGS, attributes=attributes, protocols={"http", "https", "mailto", "data"})


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


def still_markdown(source: str, attachments: dict[str, Any], headings: Headings) -> Markup:
    """Render Markdown for a page that loads nothing: of pictures, only those that are in the notebook itself.

    Parameters
    ----------
    source : str
    attachments : dict
        The cell's attached pictures.
    headings : Headings
        Of the page.

    Returns
    -------
    Markup
        HTML of an allow-list of tags; all others stand there as text.
    """
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(source)
    attributes = {"*": ["title", "align"], "a": _link, "img": _picture}
    clean = bleach.clean(html, tags=_TAGS, attributes=attributes, protocols={"http", "https", "mailto", "data"})
    described = _UNDESCRIBED.sub('<img alt=""', headings.placed(clean))
    return Markup(described)  # noqa: S704 - bleach has cleaned it


def _picture(_tag: str, name: str, value: str) -> bool:
    return name in {"alt", "width", "height"} or (name == "src" and value.startswith("data:image/"))


def _link(_tag: str, name: str, value: str) -> bool:
    return name in {"class", "id", "title"} or (name == "href" and not value.strip().lower().startswith("data:"))
