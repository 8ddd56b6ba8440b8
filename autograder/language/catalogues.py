"""Keeping the catalogues of translations: ``python -m autograder.language.catalogues`` renews all of them.

A message that is new in the code comes in without a translation, one that is gone goes; the rest stays.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from autograder.language.extraction import course_messages, own_messages
from autograder.language.speaker import LANGUAGES

PACKAGE = Path(__file__).parents[1]


def catalogues(course: Path) -> dict[Path, dict[str, list[str]]]:
    """Give every catalogue that there should be, and the messages that it should hold.

    Parameters
    ----------
    course : Path
        The course folder.
    """
    found = {}
    for language in LANGUAGES[1:]:
        found[PACKAGE / "language" / f"{language}.po"] = own_messages(PACKAGE)
        found[course / "reference" / "language" / f"{language}.po"] = course_messages(course)
    return found


def read(path: Path) -> Catalog:
    """Read a catalogue; one that is not there is empty."""
    if not path.is_file():
        return Catalog(path.stem, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, path.stem)


def renew(path: Path, messages: dict[str, list[str]]) -> None:
    """Bring a catalogue up to date."""
    before = read(path)
    known = {message.id: message.string for message in before}
    after = Catalog(
        path.stem,
        project="autograder",
        version="1",
        msgid_bugs_address="",
        last_translator="",
        language_team=path.stem,
        header_comment="# See autograder/language for what this is, and how to renew it.",
        creation_date=before.creation_date,
        fuzzy=False,
    )
    for message, places in messages.items():
        # Files without lines: else every change of the code would be one of the catalogue.
        files = dict.fromkeys(place.partition(":")[0] for place in places)
        after.add(message, known.get(message, ""), locations=[(file, 0) for file in files])
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        write_po(file, after, width=120, omit_header=False, include_lineno=False, sort_output=True)


if __name__ == "__main__":
    for path, messages in catalogues(Path.cwd()).items():
        renew(path, messages)
