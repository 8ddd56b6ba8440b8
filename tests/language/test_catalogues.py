"""Nothing that people read is left untranslated, and no translation has lost its message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.language.catalogues import catalogues, read, renew
from autograder.language.extraction import phrases
from autograder.language.phrasebook import PLACEHOLDER
from autograder.language.speaker import LANGUAGES

ROOT = Path(__file__).parents[2]
FOLDERS = ("autograder", "reference")


@pytest.fixture(scope="module")
def wanted() -> dict[Path, dict[str, list[str]]]:
    """Give every catalogue with the messages in the code, which it takes seconds to gather."""
    return catalogues(ROOT)


@pytest.fixture(params=[f"{folder}/language/{code}.po" for folder in FOLDERS for code in LANGUAGES[1:]])
def path(request, wanted):
    path = ROOT / request.param
    assert path in wanted
    return path


def test_every_catalogue_is_looked_at(wanted):
    assert {path.relative_to(ROOT).parts[0] for path in wanted} == set(FOLDERS)


def test_no_message_is_untranslated(path, wanted):
    known = {message.id for message in read(path) if message.string and not message.fuzzy}
    missing = {message: places[0] for message, places in wanted[path].items() if message not in known}
    assert missing == {}, "run `python -m autograder.language.catalogues`, then translate"


def test_no_translation_is_without_its_message(path, wanted):
    assert {message.id for message in read(path) if message.id} <= set(wanted[path])


def test_a_translation_has_no_place_that_its_message_lacks(path):
    strange = {
        message.id: message.string
        for message in read(path)
        if not set(PLACEHOLDER.findall(message.string)) <= set(PLACEHOLDER.findall(message.id))
    }
    assert strange == {"": strange.get("", "")} or not strange


def test_renewing_keeps_translations_and_drops_what_is_gone(tmp_path):
    path = tmp_path / "zh.po"
    renew(path, {"one thing": ["a.py:1"], "two things": ["a.py:2"]})
    path.write_text(re.sub(r'(msgid "one thing"\nmsgstr ")', r"\1一", path.read_text()))
    renew(path, {"one thing": ["b.py:1"], "three things": ["b.py:2"]})
    assert {m.id: m.string for m in read(path) if m.id} == {"one thing": "一", "three things": ""}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("require(x, f'{name} is {x.shape}, wanted {y[0]}')", ["{name} is {shape}, wanted {2}"]),
        ("WORDS = {'a': 'the sum of {}'}", ["the sum of {0}"]),
        ("def f():\n    'A docstring of words.'", []),
        ("raise ValueError('for programmers only')", []),
        ("raise CheckFailed('for the student')", ["for the student"]),
        ("text.startswith('Not equal to tolerance')", []),
        ("x = 'single'", []),
        ("x = f'with open({y}) as z: pass'", []),
    ],
)
def test_what_counts_as_a_message(code, found):
    assert [message for _, message in phrases(code)] == found
