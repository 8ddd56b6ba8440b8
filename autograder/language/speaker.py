"""Saying things in a language."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.language.phrasebook import PLACEHOLDER, Phrasebook
from autograder.results import CheckResult, Diagnosis, FunctionResult, NotebookResult, Unreadable, Verdict

LANGUAGES = ("en", "zh")
_OWN = Path(__file__).parent
_OF_THE_COURSE = Path("reference", "language")
_NAMED, _LENGTH = 3, 60


class Speaker:
    """Says things in one language; what its catalogues lack stays English.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.
    messages : mapping of str to str
        English messages, with ``{placeholders}``, and their translations.
    faults : tuple of str
        For the instructor, a line each: what is wrong with a catalogue, and left out.
    """

    def __init__(self, language: str, messages: Mapping[str, str], faults: tuple[str, ...] = ()) -> None:
        self.language = language
        self.faults = faults
        self._messages = messages
        self._phrases = Phrasebook(messages)

    def __call__(self, message: str, **values: object) -> str:
        """Say a message of our own.

        Parameters
        ----------
        message : str
            In English; it stands in the catalogue as it is.
        **values : object
            What its placeholders stand for.
        """
        return self._messages.get(message, message).format(**values)

    def text(self, text: str) -> str:
        """Say a finished English text: the message of a check, a diagnosis, a hint."""
        return self._phrases.translated(text) if self._messages else text

    def verdict(self, verdict: Verdict) -> str:
        """Say a verdict; in JSON it stays as it is."""
        return self(verdict_word(verdict))

    def standing(self, function: FunctionResult) -> str:
        """Say what became of a function: its verdict, or that a person must decide."""
        return self("waits for a person") if function.waits else self.verdict(function.verdict)

    def result(self, row: NotebookResult | Unreadable) -> NotebookResult | Unreadable:
        """Say all that a result has for people to read; verdicts and names stay."""
        if isinstance(row, Unreadable):
            return dataclasses.replace(row, error=self.text(row.error))
        functions = tuple(self._function(function) for function in row.functions)
        return dataclasses.replace(row, functions=functions, notices=tuple(map(self.text, row.notices)))

    def _function(self, function: FunctionResult) -> FunctionResult:
        diagnosis = function.diagnosis and self._diagnosis(function.diagnosis)
        return dataclasses.replace(function, checks=tuple(map(self.check, function.checks)), diagnosis=diagnosis)

    def check(self, check: CheckResult) -> CheckResult:
        """Say the message of a check."""
        return dataclasses.replace(check, message=self.text(check.message))

    def _diagnosis(self, diagnosis: Diagnosis) -> Diagnosis:
        return dataclasses.replace(diagnosis, message=self.text(diagnosis.message), hint=self.text(diagnosis.hint))


def verdict_word(verdict: Verdict) -> str:
    """Give the message that stands for a verdict."""
    return verdict.replace("_", " ")


@functools.lru_cache(maxsize=8)
def speaker(language: str, course: Path | None = None) -> Speaker:
    """Give who says things in a language.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.
    course : Path or None
        The course folder; its own catalogue lies in ``reference/language``.

    Raises
    ------
    KeyError
        Where there is no such language.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == LANGUAGES[0]:
        return Speaker(language, {})
    messages = dict(_messages(_OWN / f"{language}.po"))
    if course is None:
        return Speaker(language, messages)
    own, faults = _checked(course, _OF_THE_COURSE / f"{language}.po")
    return Speaker(language, messages | own, faults)


def _checked(course: Path, place: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Read an instructor's catalogue, and say what of it cannot be used: a slip in it must not stop grading."""
    from babel.messages.pofile import PoFileError  # noqa: PLC0415 - English does without

    try:
        messages = _messages(course / place)
    except (PoFileError, ValueError, LookupError, OSError) as error:
        reason = f"{place.as_posix()} is no catalogue of translations ({error})."
        return {}, (f"{reason} It is left out: its messages are read in English. Mend it or take it away.",)
    unsound = [message for message, text in messages.items() if not _is_sound(message, text)]
    sound = {message: text for message, text in messages.items() if message not in unsound}
    return sound, (_left_out(place, unsound),) if unsound else ()


def _is_sound(message: str, translation: str) -> bool:
    """Tell whether a translation can be filled: no place that its message lacks, and no brace that is none."""
    if not set(PLACEHOLDER.findall(translation)) <= set(PLACEHOLDER.findall(message)):
        return False
    loose, loose_too = (set("{}") & set(PLACEHOLDER.sub("", text)) for text in (message, translation))
    return loose_too <= loose


def _left_out(place: Path, messages: Sequence[str]) -> str:
    named = ", ".join(f"'{message[:_LENGTH]}'" for message in messages[:_NAMED])
    more = f" and {len(messages) - _NAMED} more" if len(messages) > _NAMED else ""
    return (
        f"{place.as_posix()}: what a translation has in braces must be in its message too. Left out, and read in "
        f"English: {named}{more}."
    )


@functools.lru_cache(maxsize=16)
def _messages(path: Path) -> Mapping[str, str]:
    """Read a catalogue; messages that nobody has translated, or not for sure, are left out."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - English does without

    if not path.is_file():
        return {}
    with path.open("rb") as file:
        # What it forgives, it prints to standard output.
        catalogue = read_po(file, abort_invalid=True)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string and not m.fuzzy}
