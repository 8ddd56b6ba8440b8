"""A course folder that is not there is told as that, by every command."""

from __future__ import annotations

import pytest
import typer.main
from command import invoke

from autograder.cli.main import app
from autograder.errors import UsageError

COMMANDS = sorted(
    name
    for name, command in typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]
    if any("--course" in parameter.opts for parameter in command.params)
)
ARGUMENTS = {
    "score": ["hw.ipynb"],
    "repair": ["hw.ipynb", "--output", "mended.ipynb"],
    "bundle": ["hw", "--for", "docker"],
    "build": [],
    "demo": ["--into", "new"],
    "lab": ["--into", "new"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_course_folder_that_is_not_there_is_told_as_that(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hw.ipynb").write_text('{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []}')
    arguments = [command, *ARGUMENTS.get(command, ["hw"]), "--course", "nowhere"]
    done = invoke(arguments)
    assert isinstance(done.exception, UsageError)
    assert f"There is no folder {tmp_path / 'nowhere'}" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["hw.ipynb"]
