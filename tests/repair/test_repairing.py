"""Whatever damage comes together, every cell is what it was released as, and nothing that a student wrote is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from autograder.notebook import Cell, Document, blanks_of, repair

HIDDEN = "### BEGIN HIDDEN TESTS\nassert double(2) == 4\n### END HIDDEN TESTS"


def known(name: str, source: str, kind: str = "code", **about: object) -> Cell:
    claims = {"grade": False, "solution": False, "locked": False, "task": False} | about
    return Cell(kind, source, {"nbgrader": {"schema_version": 3, "grade_id": name, **claims}})


SOURCE = (
    known("imports", "import math", locked=True),
    known("double", "def double(x):\n    return 2 * x", solution=True),
    known("test_double", f"assert double(1) == 2\n{HIDDEN}", grade=True, locked=True, points=2),
    known("half", "def half(x):\n    return x / 2", solution=True),
    known("test_half", "assert half(2) == 1", grade=True, locked=True, points=3),
    known("essay", "Say why.", "markdown", grade=True, solution=True, points=4),
)
BLANKS = blanks_of(SOURCE)
RIGHTFUL = {blank.grade_id: blank.cell.nbgrader for blank in BLANKS}

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from([*RIGHTFUL, "mine", ""]) | junk
members = {"grade_id": names, "schema_version": junk, "grade": junk, "solution": junk, "locked": junk, "points": junk}
claims = st.fixed_dictionaries({}, optional=members) | junk
HALF = "    return 3"
own = st.sampled_from(["n = 3", HALF, "def double(x):\n    return x + x", "", "def half(x):", "é = '\u202e'"])
kinds = st.sampled_from(["code", "markdown", "raw"])


@st.composite
def submissions(draw: st.DrawFn) -> Document:
    """Draw some of the cells, some twice, in any order, with any metadata, and cells of the student's between."""
    cells = draw(st.lists(st.sampled_from([blank.cell for blank in BLANKS]), max_size=9))
    for number in draw(st.sets(st.integers(0, 8))) & set(range(len(cells))):
        cells[number] = replace(cells[number], metadata={"nbgrader": draw(claims), "tags": draw(junk)})
    for number in draw(st.sets(st.integers(0, 8))) & set(range(len(cells))):
        cells[number] = replace(cells[number], kind=draw(kinds), source=draw(own))
    return Document(tuple(cells))


@given(submissions())
def test_each_cell_is_there_at_most_once_and_with_the_metadata_that_it_has_by_right(document: Document) -> None:
    cells = [cell for cell in repair(document, BLANKS).complete(noted=True).cells if cell.nbgrader]
    found = {cell.nbgrader["grade_id"]: cell.nbgrader for cell in cells}
    assert len(found) == len(cells)
    assert found == {name: RIGHTFUL[name] for name in found}
    assert found.keys() >= RIGHTFUL.keys() - {"double", "half"}


@given(submissions())
def test_no_line_of_a_student_is_lost(document: Document) -> None:
    after = Counter(
        line for cell, _ in repair(document, BLANKS).cells for line in cell.source.split("\n") if line.strip()
    )
    before = Counter(line for cell in document.cells for line in cell.source.split("\n") if line.strip())
    released = {line for blank in BLANKS for line in blank.cell.source.split("\n")}
    assert not before - after
    assert (after - before).keys() <= released


@given(submissions())
@example(Document(tuple(blank.cell for blank in reversed(BLANKS))))
def test_a_locked_cell_stands_below_all_that_it_was_released_below_of(document: Document) -> None:
    cells = repair(document, BLANKS).complete(noted=False).cells
    order = [str(cell.nbgrader["grade_id"]) for cell in cells if cell.nbgrader]
    released = [name for name in RIGHTFUL if name in order]
    for number, name in enumerate(released):
        if RIGHTFUL[name]["locked"]:
            assert all(order.index(above) < order.index(name) for above in released[:number])


CHANGED = replace(SOURCE[0], source="import math\n\ndef work(x):\n    return x + x")


def test_what_a_student_made_of_a_locked_cell_stands_above_it_as_an_ordinary_cell() -> None:
    after = repair(Document((CHANGED, SOURCE[1])), BLANKS).complete(noted=False).cells
    sources = [(cell.source, cell.nbgrader.get("grade_id")) for cell in after]
    at = sources.index((CHANGED.source, None))
    assert sources[at + 1] == (SOURCE[0].source, "imports")


def test_a_locked_cell_that_differs_is_not_said_to_differ_from_what_was_released() -> None:
    # The source may have been amended since.
    (notice,) = repair(Document((CHANGED, *(blank.cell for blank in BLANKS[1:]))), BLANKS).notices
    assert notice.startswith("Locked cells that differ from the source;")
    assert notice.endswith(": imports.")


def test_what_a_student_made_of_a_locked_cell_is_still_known_for_that_when_it_is_read_again() -> None:
    once = repair(Document((CHANGED, SOURCE[1])), BLANKS)
    again = repair(once.complete(noted=True), BLANKS)
    assert [cell.source for cell in again.notebook().cells if cell.edited] == [CHANGED.source]


def test_an_emptied_locked_cell_leaves_no_empty_cell_behind() -> None:
    emptied = replace(SOURCE[0], source=" \n")
    after = repair(Document((emptied, SOURCE[1])), BLANKS).complete(noted=False).cells
    assert all(cell.source.strip() for cell in after)


COPIED = [replace(SOURCE[1], source="def double(x):\n    return x + x", metadata=SOURCE[3].metadata), SOURCE[3]]


@given(submissions())
@example(Document((replace(SOURCE[1], metadata={}), *COPIED)))
def test_what_is_repaired_needs_no_second_repair(document: Document) -> None:
    # Halves of a function may become neighbours only when a locked cell between them is put where it belongs.
    assume(not any(cell.source == HALF for cell in document.cells))
    once = repair(document, BLANKS).complete(noted=False)
    again = repair(once, BLANKS).complete(noted=False)
    assert [(c.kind, c.source, c.nbgrader) for c in again.cells] == [(c.kind, c.source, c.nbgrader) for c in once.cells]


def test_a_sound_notebook_gets_no_notice() -> None:
    assert repair(Document(tuple(blank.cell for blank in BLANKS)), BLANKS).notices == ()


@pytest.mark.parametrize("claim", [{"points": 100}, {"grade": False}, {"locked": False}, {"schema_version": 2}])
def test_metadata_that_claims_something_else_is_told(claim: dict[str, object]) -> None:
    cells = [blank.cell for blank in BLANKS]
    cells[4] = replace(cells[4], metadata={"nbgrader": {**cells[4].nbgrader, **claim}})
    (notice,) = repair(Document(tuple(cells)), BLANKS).notices
    assert notice == "Metadata that differs from the release counts as it is there: test_half."


def test_hidden_tests_are_not_put_back_where_a_students_code_runs() -> None:
    put_back = repair(Document(()), BLANKS).complete(noted=False)
    assert all("HIDDEN" not in cell.source for cell in put_back.cells)


def test_a_cell_that_says_it_is_another_answer_is_not_taken_for_one_that_is_there() -> None:
    cells = {blank.grade_id: blank.cell for blank in BLANKS}
    begun = replace(cells["double"], kind="markdown", source="def half(x):")
    once = repair(Document((cells["half"], begun)), BLANKS).complete(noted=False)
    again = repair(once, BLANKS).complete(noted=False)
    assert [cell.nbgrader for cell in again.cells] == [cell.nbgrader for cell in once.cells]
