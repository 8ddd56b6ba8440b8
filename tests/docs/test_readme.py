"""What the documents tell people to type is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from autograder.cli.main import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(ROOT.glob("*.md"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


GROUP = typer.main.get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = GROUP.commands
OPTIONS = sorted(
    {
        (name, option)
        for name, command in COMMANDS.items()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_is_in_the_makefile(document: Path) -> None:
    named = re.findall(r"^\s*make ([a-z-]+)|`make ([a-z-]+)`", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert {target for pair in named for target in pair if target} <= TARGETS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_autograder_command_exists(document: Path) -> None:
    named = re.findall(r"[`/]autograder ([a-z]+)", document.read_text(encoding="utf-8"))
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_shows_every_command(command: str) -> None:
    assert f"autograder {command}" in README


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_the_readme_names_every_option(command: str, option: str) -> None:
    assert option in README, f"document {option} of `autograder {command}`"


def test_the_readme_opens_with_the_two_commands() -> None:
    assert README.index("`make demo`") < README.index("`make test`") < README.index("autograder score")


def test_what_the_readme_shows_of_a_terminal_fits_80_columns() -> None:
    blocks = [block for block in README.split("```")[1::2] if block.startswith("\n")]
    assert blocks
    assert [line for block in blocks for line in block.splitlines() if len(line) > 80] == []


def test_every_folder_of_the_readme_exists() -> None:
    folders = re.findall(r"^\| `([a-z]+)/` \|", README, re.MULTILINE)
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
