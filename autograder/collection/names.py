"""What the names of files in a download tell: who handed in, when, and how the file was called.

=============  =======================================================================================
Canvas         ``doejane_LATE_1234_56789_hw-1.ipynb``: name, late, user, file, the file's own name
Moodle         ``Jane Doe_123456_assignsubmission_file_/hw.ipynb``, or without the folder
Brightspace    ``1234-5678 - Jane Doe - Jan 5, 2026 1159 PM/hw.ipynb``, or `` - hw.ipynb`` behind it
plain          ``jane/hw.ipynb``, ``submitted/jane/<assignment>/hw.ipynb``, ``jane.ipynb``
=============  =======================================================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from autograder.collection.records import Parts, Unpacked
from autograder.spelling import spelled

_PLATFORMS = {
    "Canvas": re.compile(r"(?P<who>.+?)_(?P<late>LATE_)?(?P<number>\d+)_(?P<order>\d+)_(?P<rest>.+)", re.DOTALL),
    "Moodle": re.compile(
        r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)", re.DOTALL
    ),
    "Brightspace": re.compile(
        r"(?P<number>\d+-\d+) - (?P<who>.+?) - (?P<when>[^-]*\d{4}[^-]*?)(?: - (?P<rest>.+))?", re.DOTALL
    ),
}
_TIME = re.compile(
    r"(?P<day>.+?) (?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?\d{2})?(?: ?(?P<half>[AP]M))?", re.IGNORECASE
)
_DAYS = ("%b %d, %Y", "%B %d, %Y", "%d %B, %Y", "%d %b, %Y", "%d %B %Y", "%d %b %Y", "%Y.%m.%d", "%m/%d/%Y")
# The platforms' own pages in the same download.
_NOT_WORK = frozenset({"index.html", "gradebook.csv", "grades.csv"})


@dataclass(frozen=True, slots=True)
class Named:
    """A file with what its name tells.

    Parameters
    ----------
    file : Unpacked
    who : str
        As the platform writes the name.
    rest : tuple of str
        How the student called the file.
    platform : {"Canvas", "Moodle", "Brightspace", "plain"}
    number : str
        The platform's number of the student; empty where it has none.
    late : bool
        The platform's word.
    when : datetime or None
        The platform's word.
    order : int
        The larger, the later; where the platform numbers files.
    date : str
        The platform's word as it stands, whether it can be read or not.
    typed : bool
        Whether it is no file, but what was typed into the platform.
    """

    file: Unpacked
    who: str
    rest: Parts
    platform: str
    number: str = ""
    late: bool = False
    when: datetime | None = None
    order: int = 0
    date: str = ""
    typed: bool = False


def told(
    files: Sequence[Unpacked],
    assignment: str,
    is_student: Callable[[str], bool],
    of_several: Callable[[Sequence[Named]], bool] = lambda _files: False,
) -> list[Named]:
    """Read the names of files.

    Parameters
    ----------
    files : sequence of Unpacked
    assignment : str
    is_student : callable
        Tells whether a name is a known student's: so is a folder of that name.
    of_several : callable
        Tells whether files that lie loose in one folder are the work of several people.

    Returns
    -------
    list of Named
        Without the platform's own pages.
    """
    work = [file for file in files if file.parts[-1].casefold() not in _NOT_WORK]
    outer = 0
    while _is_wrapper(work, assignment, outer, is_student, of_several):
        outer += 1
    # A student's page may have the name of one of the platform's.
    work = [file for file in files if len(file.parts) > outer + 1 or file.parts[-1].casefold() not in _NOT_WORK]
    return [_named(file, file.parts[outer:], assignment) for file in work]


def _is_wrapper(
    files: Sequence[Unpacked],
    assignment: str,
    outer: int,
    is_student: Callable[[str], bool],
    of_several: Callable[[Sequence[Named]], bool],
) -> bool:
    """Tell whether all files lie in one folder, some folders deep, that is nobody's."""
    if not files or any(len(file.parts) <= outer + 1 for file in files):
        return False
    first = {file.parts[outer] for file in files}
    if len(first) > 1 or any(is_student(name) or _platform(name) for name in first):
        return False
    # As nbgrader puts them, what lies in the assignment's folder is that of the one whose folder is round it.
    depth = outer + (2 if all(_in_folder_of(assignment, file.parts[outer + 1 :]) for file in files) else 1)
    in_folders = all(len(file.parts) > depth + 1 or _platform(file.parts[depth]) for file in files)
    return in_folders or of_several([_named(file, file.parts[depth:], assignment) for file in files])


def _in_folder_of(assignment: str, parts: Parts) -> bool:
    return len(parts) > 1 and spelled(parts[0]) == spelled(assignment)


def _platform(part: str) -> tuple[str, re.Match[str]] | None:
    """Give the platform that wrote a name, and what it tells.

    A student's own name for a file may look like another platform's. The platform's part comes first: its number does.
    """
    found = [(name, match) for name, pattern in _PLATFORMS.items() if (match := pattern.fullmatch(part))]
    return min(found, key=lambda one: one[1].start("number"), default=None)


def common_folders(names: Sequence[Parts]) -> int:
    """Count the outermost folders that all files lie in and that are nobody's; the platforms' pages are no files."""
    folders = [parts[:-1] for parts in names if parts[-1].casefold() not in _NOT_WORK] or [()]
    pairs = zip(min(folders), max(folders), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1] and not _platform(pair[0]), pairs))


def owner_of(parts: Parts, outer: int) -> str:
    """Tell files of one person from another's by their names alone, without a class list.

    Parameters
    ----------
    parts : tuple of str
        Of a name in the outermost archive.
    outer : int
        How many folders all lie in.
    """
    found = _platform(parts[outer]) if len(parts) > outer else None
    return f"{found[1]['who']} ({found[1]['number']})" if found else "/".join(parts[: outer + 1])


def _named(file: Unpacked, parts: Parts, assignment: str) -> Named:
    head, inner = parts[0], parts[1:]
    platform, found = _platform(head) or ("plain", None)
    if found is None:
        return _plain(file, parts, assignment)
    groups = found.groupdict()
    return Named(
        file,
        groups["who"],
        (*([groups["rest"]] if groups["rest"] else []), *inner) or (head,),
        platform,
        groups["number"],
        late=bool(groups.get("late")),
        when=_time(groups["when"]) if "when" in groups else None,
        order=int(groups.get("order", 0)),
        date=groups.get("when", ""),
        typed=groups.get("kind") == "onlinetext",
    )


def is_notebook(parts: Parts) -> bool:
    """Tell whether a file bears the name of a notebook."""
    return spelled(parts[-1]).endswith(".ipynb")


def _plain(file: Unpacked, parts: Parts, assignment: str) -> Named:
    if len(parts) > 1:
        inner = parts[2 if _in_folder_of(assignment, parts[1:]) else 1 :]
        return Named(file, re.sub(r"\.zip$", "", parts[0], flags=re.IGNORECASE), inner, "plain")
    name, ours = (unicodedata.normalize("NFC", text) for text in (parts[0], assignment))
    stem = name.rpartition(".")[0] or name
    found = re.compile(rf"[\s_.-]*({re.escape(ours)})[\s_.-]*", re.IGNORECASE)
    who = found.sub(lambda match: "" if _is_word(match) else match[0], stem) or stem
    return Named(file, who, parts, "plain")


def _is_word(found: re.Match[str]) -> bool:
    """Tell whether what was found is no part of a longer word, as `ex` is of `alex`; Chinese has no spaces between."""
    start, end = found.span(1)
    beside = found.string[max(start - 1, 0) : start], found.string[end : end + 1]
    return not any(character.isdigit() or character.lower() != character.upper() for character in beside)


def _time(text: str) -> datetime | None:
    """Read the time of a Brightspace name, which is of the time zone of its school: taken for this machine's."""
    found = _TIME.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").upper()
    hour = hour % 12 + (12 if half == "PM" else 0) if half else hour
    for form in _DAYS:
        try:
            day = datetime.strptime(found["day"], form)  # noqa: DTZ007 - the name has no time zone
            return day.replace(hour=hour, minute=int(found["minute"])).astimezone()
        except ValueError:
            continue
    return None


def without_counter(named: Named) -> tuple[Named, int]:
    """Take off the counter that Canvas puts behind the name of a file that is handed in again: ``hw-2.ipynb``."""
    found = re.fullmatch(r"(.+)-(\d{1,3})(\.[^.]+)?", named.rest[0]) if named.platform == "Canvas" else None
    if found is None:
        return named, 0
    return replace(named, rest=(found[1] + (found[3] or ""), *named.rest[1:])), int(found[2])
