"""Every cell of an assignment is again what it was released as, whatever has become of a submission.

A submission's metadata is a claim. What a cell is, the release knows: a locked cell is recognized by its text, an
answer by the functions that it defines, and the claim decides where these do not. No code of a student's is read as
code here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.notebook.blanks import Blank
from autograder.notebook.records import Cell, CodeCell, Document, Notebook
from autograder.notebook.search import Search, claim_of
from autograder.notebook.splits import joined

# What nbclient and papermill obey.
_OBEYED = ("skip-execution", "raises-exception", "parameters", "injected-parameters")
# In the metadata of a student's version of a locked cell: which it is of.
_CHANGED = "autograder_changed"
_CLAIMS = ("schema_version", "grade", "solution", "locked", "task", "points")
_LOOK = "This cell was not found in the submission: look for its answer in the other cells."
_NAMED, _LENGTH = 20, 60
_TOP = "**This notebook was repaired before it was graded.**"


@dataclass(frozen=True, slots=True)
class Repaired:
    """A submission whose cells are what they are by right.

    Parameters
    ----------
    cells : tuple of (Cell, bool)
        Each with whether it is what a student made of a locked cell, which stands above that cell as it was released.
    missing : tuple of Blank
        Locked and manually graded cells that are in no way there.
    order : tuple of str
        The released order of all cells that nbgrader knows, by grade_id.
    metadata : mapping
        Of the notebook.
    notices : tuple of str
        What was odd, and what was done about it.
    nameless : bool
        Whether no cell of the submission said which of the assignment's it is. That all metadata and every cell that
        was put back is then no notice of grading's, for it goes without saying there.
    """

    cells: tuple[tuple[Cell, bool], ...]
    missing: tuple[Blank, ...]
    order: tuple[str, ...]
    metadata: Mapping[str, Any]
    notices: tuple[str, ...]
    nameless: bool

    def notebook(self) -> Notebook:
        """Give the code cells, to be graded."""
        return Notebook(tuple(CodeCell(c.source, c.nbgrader, edited) for c, edited in self.cells if c.kind == "code"))

    def complete(self, *, noted: bool) -> Document:
        """Give the whole notebook, with what is missing put back where it was released.

        Parameters
        ----------
        noted : bool
            Whether a cell at its top says what was done.
        """
        cells = [cell for cell, _ in self.cells]
        for blank in self.missing:
            places = {claim_of(cell): number for number, cell in enumerate(cells)}
            above = self.order[: self.order.index(blank.grade_id)]
            place = max((places[name] + 1 for name in above if name in places), default=0)
            cells.insert(place, _put_back(blank))
        if noted and self.notices:
            notices = "\n".join(f"- {_plain(notice)}" for notice in self.notices)
            cells.insert(0, Cell("markdown", f"{_TOP}\n\n{notices}"))
        return Document(tuple(cells), self.metadata, self.notices)


def repair(document: Document, blanks: Sequence[Blank]) -> Repaired:
    """Find the cells of an assignment in a submission, and give each the metadata that it has by right.

    Parameters
    ----------
    document : Document
        The submission.
    blanks : sequence of Blank
        The cells that nbgrader knows, in the release's order.

    Returns
    -------
    Repaired
    """
    whole, split = joined([cell for cell in document.cells if not is_note(cell)])
    search = Search(whole, blanks)
    search.run()
    of_cell = {number: blank for blank in blanks if (number := search.places.get(blank.grade_id)) is not None}
    order = _beside(_order(search), search)
    mended = tuple(pair for n in order for pair in _mended(whole[n], of_cell.get(n), changed=n in search.edited))
    missing = tuple(b for b in blanks if b.grade_id not in search.places and (b.locked or b.manual))
    moved = order != list(range(len(whole)))
    notices = (*document.notices, *_notices(search, of_cell, missing), *_rearranged(split, moved=moved))
    return Repaired(
        mended, missing, tuple(blank.grade_id for blank in blanks), document.metadata, notices, search.legacy
    )


def _order(search: Search) -> list[int]:
    """Put locked cells below all that they were released below of; what students write stays in their own order."""
    found = [search.places[blank.grade_id] for blank in search.blanks if blank.grade_id in search.places]
    locked = {search.places[b.grade_id] for b in search.blanks if b.locked and b.grade_id in search.places}
    order = list(range(len(search.cells)))
    if found == sorted(found):
        return order
    for at, number in enumerate(found):
        if number not in locked:
            continue
        here = order.index(number)
        above = max(map(order.index, found[:at]), default=-1)
        below = min((order.index(other) for other in found[at + 1 :] if other not in locked), default=len(order))
        if not above < here < below:
            place = above + 1 if above >= 0 else below
            order.remove(number)
            order.insert(place - (here < place), number)
    return order


def _beside(order: list[int], search: Search) -> list[int]:
    """Keep what was made of a locked cell right above it, wherever that is put."""
    taken = set(search.places.values())
    for number, cell in enumerate(search.cells):
        place = search.places.get(str(cell.metadata.get(_CHANGED)))
        if place is not None and number not in taken:
            order.remove(number)
            order.insert(order.index(place), number)
    return order


def _mended(cell: Cell, blank: Blank | None, *, changed: bool) -> Iterator[tuple[Cell, bool]]:
    metadata = {key: value for key, value in cell.metadata.items() if key not in {"nbgrader", "tags"}}
    if blank is None:
        yield replace(cell, metadata=metadata), _CHANGED in metadata
        return
    if changed and cell.source.strip():
        # It may be run, so whoever looks at the notebook shall see it; nbgrader overwrites the locked cell itself.
        yield replace(cell, metadata={_CHANGED: blank.grade_id}, id=""), True
    rightful = {**metadata, "nbgrader": dict(blank.cell.nbgrader)}
    source = blank.cell.source if changed else cell.source
    yield replace(cell, kind=blank.cell.kind, source=source, metadata=rightful), False


def _put_back(blank: Blank) -> Cell:
    if blank.locked:
        return blank.cell
    # Changed text, so that nbgrader asks a person and does not enter 0 for an answer that is perhaps elsewhere.
    return replace(blank.cell, source=f"# {_LOOK}\n\n{blank.cell.source}")


def _notices(search: Search, of_cell: Mapping[int, Blank], missing: Sequence[Blank]) -> Iterator[str]:
    """Say what was found; of a notebook without any metadata only that, for the rest follows from it."""
    cells, known = search.cells, {blank.grade_id for blank in search.blanks}
    claims = Counter(claim for cell in cells if (claim := claim_of(cell)))
    found = {} if search.legacy else of_cell
    told = (
        (
            "Metadata that differs from the release counts as it is there",
            [b.grade_id for n, b in sorted(found.items()) if _differs(cells[n], b)],
        ),
        (
            "Copied cells; one of each counts",
            sorted({name for name in claims if name in known and claims[name] > 1}),
        ),
        ("Deleted cells were put back", [] if search.legacy else [blank.grade_id for blank in missing]),
        (
            "Locked cells that differ from the source; the source's count, and the submitted ones stand above them",
            [of_cell[n].grade_id for n in sorted(search.edited)],
        ),
        (
            "Cells of another kind are code or text again",
            [b.grade_id for n, b in sorted(found.items()) if cells[n].kind != b.cell.kind],
        ),
        (
            "Names that no cell of this assignment has were taken off",
            sorted({name for name in claims if name not in known}),
        ),
        ("Answered more than once; the last counts", [] if search.legacy else sorted(search.again)),
        ("Answered in one cell with another", [] if search.legacy else sorted(search.merged)),
        ("Tags that change what is run were taken off", sorted({tag for cell in cells for tag in _tags(cell)})),
    )
    if search.legacy and claims:
        yield "Its metadata is of another assignment: the answers were found by the names of their functions."
    yield from (f"{what}: {_listed(names)}." for what, names in told if names)


def _listed(names: Sequence[str]) -> str:
    """Name some: there may be thousands, and each may be long."""
    some = ", ".join(name[:_LENGTH] for name in names[:_NAMED])
    return some if len(names) <= _NAMED else f"{some} and {len(names) - _NAMED} more"


def _rearranged(split: Sequence[int], *, moved: bool) -> Iterator[str]:
    if split:
        numbers = _listed([str(number) for number in split])
        yield f"A cell goes on in the next one; the parts were joined (cell {numbers})."
    if moved:
        yield "Its cells stand in another order than they were released in; each test counts below its answer."


def _differs(cell: Cell, blank: Blank) -> bool:
    claimed, rightful = cell.nbgrader, blank.cell.nbgrader
    return claim_of(cell) != blank.grade_id or any(
        (claimed.get(key) or False) != (rightful.get(key) or False) for key in _CLAIMS
    )


def _tags(cell: Cell) -> list[str]:
    tags = cell.metadata.get("tags")
    return [tag for tag in _OBEYED if tag in tags] if isinstance(tags, list) else []


def is_note(cell: Cell) -> bool:
    """Tell whether a cell is the one that `Repaired.complete` puts at the top."""
    return cell.kind == "markdown" and cell.source.startswith(_TOP)


def _plain(notice: str) -> str:
    """Keep what a student named from being read as Markdown or HTML."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>&#|!$" else c for c in notice if c.isprintable())
