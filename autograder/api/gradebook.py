"""Grading the collected submissions of assignments into nbgrader's gradebook.

Workers grade; this process reads the submissions, keeps the journal, and is the only one to write the gradebook; see
`autograder.api.runs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.bundles import bundle_of
from autograder.api.crews import Crew
from autograder.api.runs import ClassResult, Run, Watch, graded_of, journal_of
from autograder.api.workers import Graded, grade
from autograder.collection import is_class_list
from autograder.course import Course, Paper, load
from autograder.engine import run_all
from autograder.errors import BridgeError, UsageError
from autograder.sandbox import Level

# More students, or cells, are no help.
_MOST_TOLD = 3


def grade_assignments(
    root: Path,
    assignments: Sequence[str],
    students: Sequence[str] = (),
    crew: Crew | None = None,
    isolation: Level | None = None,
    *,
    resume: bool = False,
    db: str | None = None,
    language: str = "",
    watch: Watch = lambda _: None,
) -> ClassResult:
    """Grade the collected submissions of assignments and write the gradebook.

    Parameters
    ----------
    root : Path
        The course folder.
    assignments : sequence of str
    students : sequence of str
        Only these; all when empty.
    crew : Crew or None
        Who grades; processes of this machine when None.
    isolation : {"full", "reduced", "none"} or None
        None is the strongest level that a worker's machine holds, and never none.
    resume : bool
        Go on where an earlier run was ended, and try again what it could not grade for a reason of ours.
    db : str or None
        Another gradebook than the course is configured with, as a URL of SQLAlchemy's.
    language : str
        Of what people read; the course's own when empty.
    watch : callable
        Told how far it is, after each submission.

    Raises
    ------
    UsageError
        Where a named student has handed in nothing, or nobody has; or no such cluster answers, or it has no worker.
    CourseError, BridgeError
        Where the course has faults, or its gradebook cannot be opened or written, or has not the points of today.
    SandboxError
        Where a worker's machine does not hold the level; before anything is graded there.
    ClusterError
        Where the cluster is lost in the middle; what is graded by then is kept.
    """
    root = root.resolve()
    course = load(root)
    for assignment in assignments:
        course.papers_of(assignment)
    wanted = {name: chosen(course, name, students, db) for name in assignments}
    newcomers = _newcomers(root, {one.student for found in wanted.values() for one in found}, db)
    bundles = {name: bundle_of(course, name) for name in assignments}
    crew = crew or Crew()
    with Run(root, bundles, isolation, db, language, sum(map(len, wanted.values())), watch) as run:
        todo = [(name, one) for name in assignments for one in run.begin(name, wanted[name], resume=resume)]
        opening = partial(crew.open, len(todo), tuple(bundles.values()), isolation)
        for outcome in run_all(opening, grade, run.tasks(todo), crew.ahead(len(todo))):
            run.take(outcome)
    return replace(run.result(), newcomers=newcomers)


def results_of(root: Path, assignment: str) -> Iterator[tuple[str, Graded]]:
    """Give what the journal has of an assignment and can be read, by student."""
    with journal_of(root) as journal:
        for student, record in journal.records(assignment):
            graded = graded_of(record)
            if graded is not None:
                yield student, graded


def chosen(course: Course, assignment: str, students: Sequence[str], db: str | None) -> list[bridge.Submitted]:
    """List the collected submissions of an assignment that is to be graded, of some students or of all.

    Raises
    ------
    UsageError
        Where one of them, or everybody, has handed in nothing, or nothing that was handed in can be graded.
    BridgeError
        Where the gradebook does not know the assignment, or has other points for it than its source; or the course is
        configured with a plug-in that cannot be loaded.
    """
    bridge.require_plug_ins(course.root)
    found = bridge.handed_in(course.root, assignment, db)
    _require_points(course.papers_of(assignment), bridge.points_of(course.root, assignment, db))
    absent = set(students) - {one.student for one in found}
    if absent:
        raise UsageError(f"No submission of {assignment} is collected from: {', '.join(sorted(absent))}.")
    wanted = [one for one in found if not students or one.student in students]
    if not wanted:
        raise UsageError(f"No submission of {assignment} is collected. Run `autograder collect {assignment}` first.")
    if all(one.fault for one in wanted):
        faults = " ".join(f"{one.student}: {one.fault}" for one in wanted[:_MOST_TOLD])
        raise UsageError(f"No submission of {assignment} can be graded. {faults}")
    return wanted


def _newcomers(root: Path, students: AbstractSet[str], db: str | None) -> tuple[str, ...]:
    """Name who is graded and not on the class list; nobody where there is none: then grading makes it."""
    people = bridge.class_list(root, db)
    return tuple(sorted(students - {person.id for person in people})) if is_class_list(people) else ()


def _require_points(papers: Sequence[Paper], released: Mapping[tuple[str, str], float]) -> None:
    """Refuse to grade for other points than the gradebook has: it would keep the old ones, and cut marks to them."""
    changed = [
        f"{cell} {points:g} (gradebook: {released[paper.name, cell]:g})"
        for paper in papers
        for cell, points in paper.worth.items()
        if released.get((paper.name, cell), points) != points
    ]
    if changed:
        name = papers[0].assignment
        more = f" and {len(changed) - _MOST_TOLD} more" if len(changed) > _MOST_TOLD else ""
        raise BridgeError(
            f"Cells of {name} have other points in its source than in the gradebook: {', '.join(changed[:_MOST_TOLD])}"
            f"{more}. Run `autograder release {name}` first, then this again."
        )
