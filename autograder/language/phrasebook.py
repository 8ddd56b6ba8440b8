"""Finished English texts, found in a catalogue by their form.

Checks, explanations and tests make their sentences where they know what to say, of parts that are phrases themselves:
``the cost is a tuple of 2, wanted one number. Does the function return its result?`` A text is taken apart as it was
put together: by the message whose fixed words leave least of it unexplained, then each of its parts in turn, then
sentence by sentence. What no message explains stays as it is: names, numbers, the student's own words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What puts phrases together, and single words in them, where no text in the code is the whole.
PIECES = (
    "{0}.",
    "{0}: {1}",
    "{0}; {1}",
    "{0}, {1}",
    "{0} and {1}",
    "{0} is",
    "{0} are",
    "{0} is {1}",
    "{0} are {1}",
    "{0} times what it should be",
    "{0} plus {1}",
    "{0} minus {1}",
    "{0} over {1}",
    "{0} times {1}",
    "{0} times the matrix {1}",
    "{0} to the power {1}",
    "1 / {0}",
    "there is {0}",
    "{0} {1}",
    "above",
    "below",
    "early",
    "late",
    "tuple",
    "list",
    "dict",
    "str",
    "float",
    "int",
    "bool",
    "number",
    "visible",
    "hidden",
)
# Chinese has no spaces but round other writing.
_HAN, _MARK = "[\u4e00-\u9fff]", "[\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b\uff1f]"
_TOO_MANY = re.compile(f"(?<={_HAN}) +(?={_HAN})| +(?={_MARK})|(?<={_MARK}) +")
_TOO_FEW = re.compile(f"(?<={_HAN})(?=[A-Za-z0-9`])|(?<=[A-Za-z0-9`])(?={_HAN})")
_ENDING = ("", ".")
_SENTENCES = re.compile(r"(?<=[.?!]) (?=\S)")
_LETTERS = re.compile(r"[A-Za-z]")
_DEEPEST = 8
# With fewer fixed letters a message only joins what stands in its places.
_TELLING = 6
_LONGEST = 2000
_WORDS = re.compile(r"[A-Za-z]+ [A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Template:
    """A message with placeholders: the fixed words round them, their names, and how it is said."""

    fixed: tuple[str, ...]
    names: tuple[str, ...]
    translation: str
    joint: bool

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

    def filled(self, parts: list[str]) -> str:
        """Give the translation with its places filled."""
        values = dict(zip(self.names, parts, strict=True))
        return PLACEHOLDER.sub(lambda place: values.get(place[1], place[0]), self.translation)


@dataclass(frozen=True, slots=True)
class _Said:
    """A translation; the one that leaves least of the text as it was is the best.

    Parameters
    ----------
    left : int
        Letters that stayed as they were.
    parts : (int, int)
        Into how many parts the text was taken, and how long the first one is: sentences are made from the left.
    strange : bool
        Whether several words in a row stayed.
    text : str
    """

    left: int
    parts: tuple[int, int]
    strange: bool
    text: str


class Phrasebook:
    """Translates finished texts.

    Parameters
    ----------
    messages : mapping of str to str
        English messages and their translations.
    """

    def __init__(self, messages: Mapping[str, str]) -> None:
        # Parts are looked up without the spaces that join them.
        stripped = {message.strip(): text for message, text in messages.items()}
        self._exact = {message: text for message, text in stripped.items() if not PLACEHOLDER.search(message)}
        self._templates = [
            _template(message, text)
            for message, text in stripped.items()
            if PLACEHOLDER.search(message) and (message in PIECES or _LETTERS.search(PLACEHOLDER.sub("", message)))
        ]
        self._say = functools.lru_cache(maxsize=16384)(self._best)

    def translated(self, text: str) -> str:
        """Give the translation of a text, in English what no message explains."""
        if len(text) > _LONGEST:
            return text
        said = _TOO_MANY.sub("", self._say(text, _DEEPEST).text)
        return _TOO_FEW.sub(" ", said)

    def _best(self, text: str, depth: int) -> _Said:
        bare = text.strip()
        if bare in self._exact:
            return _Said(0, (1, 0), strange=False, text=self._exact[bare])
        best = _Said(len(_LETTERS.findall(bare)), (0, 0), bool(_WORDS.search(bare)), text)
        for said in self._ways(bare, depth) if best.left else ():
            if (said.left, said.parts) < (best.left, best.parts):
                best = said
        return best

    def _ways(self, text: str, depth: int) -> Iterator[_Said]:
        """Try the ways to say a text: as it is, as the sentence that a phrase was made, in parts."""
        # A phrase may have been made a sentence.
        for phrase in dict.fromkeys([text, text[:1].lower() + text[1:]]):
            if phrase in self._exact:
                yield _Said(0, (1, 0), strange=False, text=self._exact[phrase])
            elif depth:
                yield from self._of_templates(phrase, depth - 1)
        sentences = _SENTENCES.split(text)
        if depth and len(sentences) > 1:
            yield _joined([self._say(sentence, depth - 1) for sentence in sentences], "".join, len(sentences[0]))

    def _of_templates(self, text: str, depth: int) -> Iterator[_Said]:
        for template in self._templates:
            parts = template.parts(text)
            if parts is None:
                continue
            said = [self._say(part, depth) for part in parts]
            # What only joins phrases must not take a student's sentence apart.
            if not template.joint or not any(part.strange for part in said):
                yield _joined(said, template.filled, 0 if template.fixed == _ENDING else len(parts[0]))


def _joined(parts: list[_Said], join: Callable[[list[str]], str], first: int) -> _Said:
    text = join([part.text for part in parts])
    left, count = sum(part.left for part in parts), sum(part.parts[0] for part in parts)
    return _Said(left, (count + 1, first), any(part.strange for part in parts), text)


def _template(message: str, translation: str) -> _Template:
    pieces = PLACEHOLDER.split(message)
    return _Template(
        tuple(pieces[::2]), tuple(pieces[1::2]), translation, len(_LETTERS.findall("".join(pieces[::2]))) < _TELLING
    )
