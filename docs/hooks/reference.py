"""Writes the reference of the command line into its page, from the commands themselves."""

from __future__ import annotations

import re

import click
import typer.main
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from typer.cli import get_docs_for_click

from autograder.cli.main import app

MARK = "<!-- the commands -->"


def commands() -> str:
    """Give the reference of all commands in Markdown, as Typer writes it."""
    command = typer.main.get_command(app)
    for one in command.commands.values():  # type: ignore[attr-defined]
        # Else the table of all commands has what fits 45 letters.
        one.short_help = (one.help or "").partition("\n\n")[0]
    context = click.Context(command, info_name="autograder")
    text: str = get_docs_for_click(obj=command, ctx=context, name="autograder")
    # Typer's text has a first heading of its own, and so has the page.
    return re.sub(r"\A# .*\n", "", text)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs
    """Put the commands into the page that has the mark; MkDocs calls it for every page."""
    return markdown.replace(MARK, commands())
