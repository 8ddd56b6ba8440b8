"""What other rooms tell an instructor who has the command line, in words for those who read it on a host."""

from __future__ import annotations

_UNPACKED = "unpack it, and hand in the notebook that is in it"
_WHOLE = "Save the notebook again, and hand in the whole file."
_FOR_STUDENTS = {
    "unpack it first, or give it to `autograder collect --zip`": _UNPACKED,
    "unpack it first": _UNPACKED,
    "ask for the .ipynb file": "hand in the .ipynb file",
    "download the notebook again": "download the notebook again, and hand that in",
    "Ask for it again.": _WHOLE,
    "Resolve it first.": "Resolve it, and hand the notebook in again.",
}
_FOR_INSTRUCTORS = {
    "`autograder doctor` shows all layers; --isolation none is for your own notebooks only.": (
        "An archive made with --isolation none grades here all the same; the submission's code can then read the "
        "hidden tests and the reference."
    ),
}


def for_students(error: Exception) -> str:
    """Say what is wrong with a file to who has handed it in."""
    return _in_words(str(error), _FOR_STUDENTS)


def for_instructors(error: Exception) -> str:
    """Say why nothing was graded to who has made the archive; its machine has none of our commands."""
    return _in_words(str(error), _FOR_INSTRUCTORS)


def _in_words(text: str, words: dict[str, str]) -> str:
    for ours, theirs in words.items():
        text = text.replace(ours, theirs)
    return text
