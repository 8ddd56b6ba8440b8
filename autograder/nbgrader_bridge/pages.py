"""Markdown on the pages that nbgrader makes, the feedback and the formgrader.

nbgrader's templates show a student's Markdown with all the HTML in it, scripts too, and the formgrader does so where
the instructor is logged in (nbconvert's ``sanitize_html`` has no part in these templates).
"""

# nbconvert has no types.
# mypy: allow-untyped-calls, no-warn-return-any
from __future__ import annotations

from typing import Any

import bleach  # type: ignore[import-untyped]
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

# fmt: off
_TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl",
    "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre",
    "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "u", "ul",
})
# fmt: on
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


def _link(_tag: str, name: str, value: str) -> bool:
    return name in {"class", "id", "title"} or (name == "href" and not value.strip().lower().startswith("data:"))
