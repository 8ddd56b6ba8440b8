"""Puts every page that the navigation does not name into its last section, so that none is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> None:
    """Complete the navigation; MkDocs calls it before it looks for the pages."""
    docs = Path(config.docs_dir)
    named = set(_pages(config.nav))
    found = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    (last,) = config.nav[-1].values()
    last += [page for page in found if page not in named]


def _pages(nav: Any) -> list[str]:  # noqa: ANN401 - what YAML has: texts, lists and tables of them
    if isinstance(nav, str):
        return [nav]
    return [page for entry in (nav.values() if isinstance(nav, dict) else nav) for page in _pages(entry)]
