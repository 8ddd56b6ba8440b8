"""What the documents tell people to type is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from autograder.cli.main import app
from autograder.cli.statuses import Status

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(ROOT.glob("*.md"))
# This one is about the folder of another course.
PAGES = sorted({*(ROOT / "docs").rglob("*.md")} - {ROOT / "docs" / "own-assignment.md"})
# Here every survivor is a mistake, and none is confirmed.
TO_BE_MADE = "reference/confirmed/<assignment>.toml"
# A paragraph, or a row of a table.
PASSAGES = re.split(r"\n\n|\n(?=\|)", README)
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


@pytest.mark.parametrize("document", DOCUMENTS + PAGES, ids=lambda path: path.name)
def test_every_path_of_the_project_leads_somewhere(document: Path) -> None:
    paths = re.findall(
        r"`((?:autograder|docs|reference|source|tests)/[^` ]*)[` ]", document.read_text(encoding="utf-8")
    )
    assert [
        path for path in paths if path != TO_BE_MADE and not any(ROOT.glob(path.replace("<assignment>", "*")))
    ] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_shows_every_command(command: str) -> None:
    assert f"autograder {command}" in README


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_the_readme_names_every_option_at_its_command(command: str, option: str) -> None:
    at_its_command = [passage for passage in PASSAGES if re.search(rf"`(autograder )?{command}[ `]", passage)]
    named = [passage for passage in at_its_command if re.search(rf"[` ]{option}[` ]", passage)]
    assert named, f"document {option} of `autograder {command}`"


def test_the_table_of_shared_options_names_those_commands_that_have_them() -> None:
    rows = re.findall(r"^\| `(--[a-z]+) [A-Z]+` \| ([^|]+) \|", README, re.MULTILINE)
    table = {(command, option) for option, commands in rows for command in re.findall(r"`([a-z]+)`", commands)}
    assert table
    assert sorted(table - set(OPTIONS)) == []


@pytest.mark.parametrize("document", ["README.md", "docs/reference/commands.md"])
def test_every_exit_status_is_told(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    (told,) = [passage for passage in text.split("\n\n") if passage.startswith("The exit status")]
    assert re.findall(r"(?:^|; |is )(\d+)\s", told) == ["0", *(str(int(status)) for status in Status)]


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
