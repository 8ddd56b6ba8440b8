"""``autograder similar``: which submissions share more than the homework forces, for a person to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.cli.lines import check_file, write_lines
from autograder.cli.options import Assignment, CourseFolder, Json, root_with
from autograder.cli.stopping import stopping
from autograder.cli.telling import tell
from autograder.cli.terminal import doing, is_stdout, literal, output, warn
from autograder.results import one_line

if TYPE_CHECKING:
    from autograder.similarity import Pair, Same, Shared, Similarity

_MOST_PAIRS, _MOST_SHARED = 20, 6
_LONGEST = 48
_SMALL_CLASS = 30


def similar(
    assignment: Assignment,
    json: Json = None,
    course: CourseFolder = None,
) -> None:
    """Show which submissions share more than the homework forces; evidence for a person, never a mark."""
    root = root_with(course, assignment)
    check_file(json)
    with stopping("Nothing was written."), doing(f"comparing the submissions of {assignment}"):
        from autograder.api.similarities import similar as compared  # noqa: PLC0415 - nbgrader takes seconds to load

        found = compared(root, assignment)
    if json is not None:
        write_lines([found], json)
    if not is_stdout(json):
        _show(found)
    if found.unreadable:
        warn(f"Not compared, as nothing can be read: {', '.join(found.unreadable)}.")


def _show(found: Similarity) -> None:
    count = "1 submission" if found.submissions == 1 else f"{found.submissions} submissions"
    output.print(f"{count} of {found.assignment}", markup=False)
    output.print(f"A pair is listed from {found.least_bits:.1f} bits on, or for the same answers word for word.\n")
    for pair in found.pairs[:_MOST_PAIRS]:
        _show_pair(pair, found)
    if len(found.pairs) > _MOST_PAIRS:
        output.print(f"and {len(found.pairs) - _MOST_PAIRS} more pairs; --json FILE has all.\n", markup=False)
    if not found.pairs:
        output.print("No two submissions share more than chance and the homework explain.")
        if found.submissions < _SMALL_CLASS:
            output.print("In a class this small a short copy, or one that was reworded, does not show.", style="dim")
        return
    output.print(
        "Evidence to look at, no verdict: a tutorial, a study group or one helpful neighbour explains it, too. "
        "Read both notebooks and ask the students.",
        style="dim",
    )


def _show_pair(pair: Pair, found: Similarity) -> None:
    submissions = found.submissions
    first, second = map(literal, pair.students)
    why = f"{pair.bits:.0f} bits" if pair.bits >= found.least_bits else "the same answers"
    output.print(f"[bold]{why}[/]  {first}, {second}")
    if pair.same is not None:
        output.print(f"  {pair.same.having} of {submissions} {_same(pair.same)}")
    for shared in pair.shared[:_MOST_SHARED]:
        tell(output, f"  {shared.having} of {submissions} {_words(shared)}")
    if len(pair.shared) > _MOST_SHARED:
        output.print(f"  and {len(pair.shared) - _MOST_SHARED} more")
    output.print()


def _same(same: Same) -> str:
    return f"have {len(same.functions)} of {same.of} functions word for word, {same.lines} lines of their own"


def _words(shared: Shared) -> str:
    trait = shared.trait
    text, where = _short(trait.text), _short(trait.where)
    match trait.kind:
        case "comment":
            return f"have the comment: {text}"
        case "name":
            return f"use the name {text}"
        case "mistake":
            return f"make this mistake in {where}: {text}"
        case "text":
            return f"have this text of {where}, word for word"
        case _:
            return f"build {where or 'a cell outside of functions'} so, names aside"


def _short(text: str) -> str:
    text = one_line(text, _LONGEST + 1)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
