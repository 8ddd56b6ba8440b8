"""Facts that two rooms hold, for neither may import the other: they are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import course, engine
from autograder.cli.options import Language
from autograder.language import LANGUAGES
from autograder.nbgrader_bridge.course import CONFIG_FILE


def test_the_settings_of_a_course_have_one_name() -> None:
    assert engine.SETTINGS == course.SETTINGS


def test_the_configuration_of_a_course_has_one_name() -> None:
    assert CONFIG_FILE == course.CONFIG


def test_a_command_takes_the_languages_that_there_are() -> None:
    assert tuple(language.value for language in Language) == LANGUAGES


@pytest.mark.parametrize(
    "name", [".hidden", ".folder/data.csv", "__pycache__/hw.pyc", "deep/__pycache__/x", "data.csv"]
)
def test_what_is_hidden_in_a_source_is_hidden_in_a_reference(tmp_path: Path, name: str) -> None:
    source, reference = tmp_path / "source" / "hw" / name, tmp_path / "reference" / name
    for path in (source, reference):
        path.parent.mkdir(parents=True)
        path.write_text("1")
    bundled = dict(engine.pack(tmp_path, "hw", {}, ["reference"]).files)
    assert (f"reference/{name}" in bundled) == (source in set(course.source_files(tmp_path, "hw")))
