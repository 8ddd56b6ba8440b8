"""Finished English texts, found in a catalogue by their form.

Checks, explanations and tests make their sentences where they know what to say, of parts that are phrases themselves:
``the cost is a tuple of 2, wanted one number. Does the function return its result?`` A text is taken apart as it was
put together: by the message whose fixed words leave least of it unexplained, then each of its parts in turn, then
sentence by sentence. What no message explains stays as it is: names, numbers, Python's and the student's own words.
Words of nobody we know stay whole, and only where a message quotes: what has some words of a message by chance, and
others beside them, is no text of this form.
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
    "a {0}",
    "an {0}",
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
_MOST_WORDS = 12
_WORDS = re.compile(r"[A-Za-z0-9][\"')\]]* [\"'(\[]*[A-Za-z]")
_ARTICLE = re.compile("^(?:a|an|the) ")
# Before a phrase, these words are no name.
_NO_NAMES = frozenset({"a", "an", "the", "is", "are"})
# What comes before words of others: the colon of an error, brackets, quotes.
_QUOTING = re.compile(r"(?:: |[(`'])$")
# What is put after a phrase brings the mark that joins them, what is put before it a space.
_JOINING = (" ", ",", ";")


@dataclass(frozen=True, slots=True)
class _Template:
    """A message with placeholders: the fixed words round them, the longest of these, their names, how it is said."""

    fixed: tuple[str, ...]
    longest: str
    names: tuple[str, ...]
    translation: str
    joint: bool

    def fits(self, text: str) -> list[list[str]]:
        """Give what stands in the places of a text of this form.

        The first place where each of the fixed words fits: none costs more than one look at the text, whatever a
        student has written into it. A space fits in many places, and all of a few words' are given.
        """
        first, *between, last = self.fixed
        place, end = len(first), len(text) - len(last)
        if place > end or not text.startswith(first) or not text.endswith(last):
            return []
        found = []
        for words in between:
            at = text.find(words, place, end)
            if at < 0:
                return []
            found.append(text[place:at])
            place = at + len(words)
        found.append(text[place:end])
        return [found, *(_resplit(found, between.index(" ")) if " " in between and not self.joint else ())]

    def holds(self, said: list[_Said]) -> bool:
        """Tell whether these may stand in its places: no words of others, save where it quotes them."""
        if not "".join(self.fixed).strip():
            # Any two words are of this form; before a phrase, a name.
            *_, last = said
            return last.telling and not any(part.strange or part.text in _NO_NAMES for part in said)
        if self.joint:
            return not any(part.strange for part in said)
        places = zip(self.fixed, said, strict=False)
        return all(_QUOTING.search(before) for before, part in places if part.strange and not part.parts)

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
    parts : int
        Into how many parts the text was taken; none where it stayed as it was.
    first : int
        How long the first one is: sentences are made from the left.
    strange : bool
        Whether several words in a row stayed.
    telling : bool
        Whether it is a message, and more than a single word or what joins phrases.
    text : str
    """

    left: int
    parts: int
    first: int
    strange: bool
    telling: bool
    text: str


def _exactly(message: str, translation: str) -> _Said:
    # Any sentence may have one of our words in it.
    return _Said(0, 1, 0, strange=False, telling=" " in message, text=translation)


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
            for message, text in [*stripped.items(), *filter(None, map(_placed, messages, messages.values()))]
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
            return _exactly(bare, self._exact[bare])
        strange = bool(_WORDS.search(_ARTICLE.sub("", bare)))
        # A full stop belongs to no name.
        best = _Said(len(_LETTERS.findall(bare)) + bare.endswith("."), 0, 0, strange=strange, telling=False, text=text)
        for said in self._ways(bare, depth) if best.left else ():
            if (said.left, said.parts, said.first) < (best.left, best.parts, best.first):
                best = said
        return best

    def _ways(self, text: str, depth: int) -> Iterator[_Said]:
        """Try the ways to say a text: as it is, as the sentence that a phrase was made, in parts."""
        # A phrase may have been made a sentence.
        for phrase in dict.fromkeys([text, text[:1].lower() + text[1:]]):
            if phrase in self._exact:
                yield _exactly(phrase, self._exact[phrase])
            elif depth:
                yield from self._of_templates(phrase, depth - 1)
        sentences = _SENTENCES.split(text)
        if depth and len(sentences) > 1:
            yield _joined([self._say(sentence, depth - 1) for sentence in sentences], "".join, len(sentences[0]))

    def _of_templates(self, text: str, depth: int) -> Iterator[_Said]:
        # Of most messages the longest words are not there: looked for first, they save the rest.
        for template in [template for template in self._templates if template.longest in text]:
            for parts in template.fits(text):
                said = [self._say(part, depth) for part in parts]
                if template.holds(said):
                    first = 0 if template.fixed == _ENDING else len(parts[0])
                    yield _joined(said, template.filled, first, telling=not template.joint)


def _joined(parts: list[_Said], join: Callable[[list[str]], str], first: int, *, telling: bool = False) -> _Said:
    return _Said(
        left=sum(part.left for part in parts),
        parts=sum(part.parts for part in parts) + 1,
        first=first,
        strange=any(part.strange for part in parts),
        telling=telling,
        text=join([part.text for part in parts]),
    )


def _resplit(parts: list[str], at: int) -> Iterator[list[str]]:
    """Move the space between a part and the next one to each later place."""
    words = f"{parts[at]} {parts[at + 1]}".split(" ")
    if len(words) <= _MOST_WORDS:
        for count in range(2, len(words)):
            yield [*parts[:at], " ".join(words[:count]), " ".join(words[count:]), *parts[at + 2 :]]


def _template(message: str, translation: str) -> _Template:
    pieces = PLACEHOLDER.split(message)
    fixed, names = tuple(pieces[::2]), tuple(pieces[1::2])
    return _Template(fixed, max(fixed, key=len), names, translation, len(_LETTERS.findall("".join(fixed))) < _TELLING)


def _placed(message: str, translation: str) -> tuple[str, str] | None:
    """Give a message that is put before or after a phrase with a place for that phrase."""
    if message.endswith(" "):
        return f"{message}{{phrase}}", f"{translation}{{phrase}}"
    return (f"{{phrase}}{message}", f"{{phrase}}{translation}") if message.startswith(_JOINING) else None
