"""Finished English texts, found in a catalogue by their form.

Checks, explanations and tests make their sentences where they know what to say, of parts that are phrases themselves:
``the cost is a tuple of 2, wanted one number. Does the function return its result?`` A text is taken apart as it was
put together: by the message whose fixed words leave least of it unexplained, then each of its parts in turn, then
sentence by sentence. What no message explains stays as it is: names, numbers, the student's own words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What puts phrases together.
JOINTS = ("{0}; {1}", "{0}, {1}", "{0} and {1}", "{0} is", "{0} are")
_SENTENCES = re.compile(r"(?<=[.?!:]) (?=\S)")
_LETTERS = re.compile(r"[A-Za-z]")
_DEEPEST = 4
_LONGEST = 2000
_WORDS = re.compile(r"[A-Za-z]+ [A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Template:
    """A message with placeholders: the fixed words round them, their names, and how it is said."""

    fixed: tuple[str, ...]
    names: tuple[str, ...]
    translation: str

    def parts(self, text: str) -> list[str] | None:
        """Give what stands in the places of a text of this form.

        The first place where each of the fixed words fits: no way to fit them is missed, and none costs more than
        one look at the text, whatever a student has written into it.
        """
        first, *between, last = self.fixed
        place, end = len(first), len(text) - len(last)
        if place > end or not text.startswith(first) or not text.endswith(last):
            return None
        found = []
        for words in between:
            at = text.find(words, place, end)
            if at < 0:
                return None
            found.append(text[place:at])
            place = at + len(words)
        return [*found, text[place:end]]


@dataclass(frozen=True, slots=True)
class _Said:
    """A translation, and how many letters of the text it left as they were though they look like words."""

    text: str
    left: int


class Phrasebook:
    """Translates finished texts.

    Parameters
    ----------
    messages : mapping of str to str
        English messages and their translations.
    """

    def __init__(self, messages: Mapping[str, str]) -> None:
        self._exact = {message: text for message, text in messages.items() if not PLACEHOLDER.search(message)}
        self._templates = [
            _template(message, text)
            for message, text in messages.items()
            if message in JOINTS or (PLACEHOLDER.search(message) and _LETTERS.search(PLACEHOLDER.sub("", message)))
        ]
        self._say = functools.lru_cache(maxsize=4096)(self._best)

    def translated(self, text: str) -> str:
        """Give the translation of a text, in English what no message explains."""
        return self._say(text, _DEEPEST).text if len(text) <= _LONGEST else text

    def _best(self, text: str, depth: int) -> _Said:
        bare = text.strip()
        best = _Said(text, len(bare) if _WORDS.search(bare) else 0)
        for said in self._ways(bare, depth):
            if said.left < best.left:
                best = said
            if not best.left:
                break
        return best

    def _ways(self, text: str, depth: int) -> Iterator[_Said]:
        """Try the ways to say a text: as it is, as the sentence that a phrase was made, in parts."""
        phrases = dict.fromkeys([text, text[:1].lower() + text[1:]])
        for phrase in phrases:
            if phrase in self._exact:
                yield _Said(self._exact[phrase], 0)
            if phrase.removesuffix(".") in self._exact:
                yield _Said(f"{self._exact[phrase.removesuffix('.')]}。", 0)
        if not depth:
            return
        for phrase in phrases:
            yield from self._of_templates(phrase, depth - 1)
        if text.endswith("."):
            for phrase in phrases:
                for said in self._of_templates(phrase.removesuffix("."), depth - 1):
                    yield _Said(f"{said.text}。", said.left)
        sentences = _SENTENCES.split(text)
        if len(sentences) > 1:
            parts = [self._say(sentence, depth - 1) for sentence in sentences]
            yield _Said("".join(part.text for part in parts), sum(part.left for part in parts))

    def _of_templates(self, text: str, depth: int) -> Iterator[_Said]:
        for template in self._templates:
            parts = template.parts(text)
            if parts is not None:
                said = [self._say(part, depth) for part in parts]
                values = dict(zip(template.names, (part.text for part in said), strict=True))
                yield _Said(template.translation.format_map(values), sum(part.left for part in said))


def _template(message: str, translation: str) -> _Template:
    pieces = PLACEHOLDER.split(message)
    return _Template(tuple(pieces[::2]), tuple(pieces[1::2]), translation)
