"""Grading again after tests or the reference have changed: what that would change is shown before anything is written.

What the change cannot touch has its result in the journal already, under the same hash, and does not run again; nor
does a second call, with ``apply`` or after an early end, run again what the first has kept. What people have decided is
no result of grading: manual scores, extra credit, comments and extensions stay, and the difference is that of the mark
that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from autograder import nbgrader_bridge as bridge
from autograder.api.bundles import bundle_of
from autograder.api.changes import CellChange, Change, Regrading
from autograder.api.crews import Crew
from autograder.api.gradebook import chosen, grade_assignments
from autograder.api.runs import Aside, Watch, aside_of, graded_of, journal_of, task_of, work_of
from autograder.api.workers import Graded, Refused, Task, grade
from autograder.course import Course, load
from autograder.engine import Journal, Outcome, Record, Tally, run_all
from autograder.results import CheckResult, Verdict, same_score
from autograder.sandbox import Level

Place = tuple[str, str]
Penalties = Mapping[str, bridge.Penalty]


def regrade(
    root: Path,
    assignments: Sequence[str],
    students: Sequence[str] = (),
    crew: Crew | None = None,
    isolation: Level | None = None,
    *,
    db: str | None = None,
    language: str = "",
    watch: Watch = lambda _: None,
    apply: Callable[[Regrading], bool] = lambda _: False,
) -> Regrading:
    """Grade graded submissions with the tests of today, and tell whose marks that changes.

    Parameters
    ----------
    root : Path
        The course folder.
    assignments : sequence of str
    students : sequence of str
        Only these; all when empty.
    crew : Crew or None
    isolation : {"full", "reduced", "none"} or None
    db : str or None
        Another gradebook than the course is configured with.
    language : str
        Of what people read; the course's own when empty.
    watch : callable
        Told how far it is, after each submission that runs again.
    apply : callable
        Shown the differences before anything is written; gives whether it shall be.

    Raises
    ------
    UsageError, CourseError, BridgeError, SandboxError
        As `grade_assignments`.
    """
    root = root.resolve()
    course, crew = load(root), crew or Crew()
    for assignment in assignments:
        course.papers_of(assignment)
    found = Regrading()
    results: dict[str, dict[str, Record]] = {}
    trials: dict[str, _Trial] = {}
    with journal_of(root) as journal:
        for assignment in assignments:
            trial = trials[assignment] = _Trial(course, assignment, students, crew, isolation, journal, db)
            results[assignment] = trial.results(found, watch)
            trial.compare(found, results[assignment])
        found.changes.sort(key=lambda one: (one.assignment, one.gain, one.student))
        if not apply(found):
            return found
        # From here on a run that is ended goes on with `grade --resume`, or when it is run again.
        for assignment, records in results.items():
            for student, record in records.items():
                journal.put(assignment, student, record, trials[assignment].works[student])
        journal.commit()
    for assignment, records in results.items():
        if records:
            names = sorted(records)
            done = grade_assignments(root, [assignment], names, crew, isolation, resume=True, db=db, language=language)
            found.written.append(done)
    return found


class _Trial:
    """The submissions of one assignment, graded with the tests of today."""

    def __init__(
        self,
        course: Course,
        assignment: str,
        students: Sequence[str],
        crew: Crew,
        isolation: Level | None,
        journal: Journal,
        db: str | None,
    ) -> None:
        self._assignment, self._crew, self._isolation, self._journal = assignment, crew, isolation, journal
        self._root, self._db = course.root, db
        self._bundle = bundle_of(course, assignment)
        self._submitted = chosen(course, assignment, students, db)
        self._standing = {one.student: one for one in bridge.standing(course.root, assignment, db)}
        self._entered = bridge.entered(course.root, assignment, db)
        self.works: dict[str, str] = {}
        self._resubmitted: set[str] = set()
        self._old: dict[str, Graded] = {}
        self._new: dict[str, Graded] = {}
        self._same: dict[str, Record] = {}

    def results(self, found: Regrading, watch: Watch) -> dict[str, Record]:
        """Give the results that differ from what the gradebook was written from; those that are not known run."""
        records: dict[str, Record] = {}
        todo = [one for one in self._submitted if self._is_to_run(one, records, found)]
        tally = Tally(len(todo))
        opening = partial(self._crew.open, len(todo), (self._bundle,), self._isolation)
        for outcome in run_all(opening, grade, self._tasks(todo, found), self._crew.ahead(len(todo))):
            self._take(outcome, records, found)
            tally.add(f"{outcome.task.student} ({self._assignment})", 0.0, ())
            watch(tally.progress())
        return records

    def _is_to_run(self, one: bridge.Submitted, records: dict[str, Record], found: Regrading) -> bool:
        """Look a submission up; what is known of it is noted, and where its result is not known it has to run."""
        standing = self._standing.get(one.student)
        if standing is None or not standing.submitted:
            found.ungraded += 1
            return False
        task = task_of(self._assignment, one, self._bundle)
        if isinstance(task, Aside):
            found.aside.append(task)
            return False
        entry = self._journal.entry(self._assignment, one.student)
        record = self._journal.find(task.key(self._isolation))
        self.works[one.student] = work_of(task)
        if entry and entry.work not in {"", self.works[one.student]}:
            self._resubmitted.add(one.student)
        before, new = graded_of(self._journal.find(entry.key) if entry else None), graded_of(record)
        if before is not None:
            self._old[one.student] = before
        if record is None or new is None or not record.final:
            return True
        # What is entered and not written was found by a run that ended early, or went into another gradebook.
        written = entry is not None and entry.key == record.key and entry.written
        if written and self._entered.holds(one.student, new.results):
            self._same[one.student] = record
        else:
            records[one.student] = record
            self._new[one.student] = new
        return False

    def _tasks(self, todo: Sequence[bridge.Submitted], found: Regrading) -> Iterator[Task]:
        """Read submissions again as they are needed: many take no more memory than few."""
        for one in todo:
            task = task_of(self._assignment, one, self._bundle)
            if isinstance(task, Aside):
                found.aside.append(task)
            else:
                yield task

    def compare(self, found: Regrading, records: dict[str, Record]) -> None:
        """Add whose marks would change; who has another penalty only joins the records that are to be written.

        Whose penalty cannot be told leaves them.
        """
        results = {student: graded.results for student, graded in self._new.items()}
        penalties = bridge.penalties(self._root, self._assignment, results, self._db)
        self._set_aside(penalties, found, records)
        for student, graded in self._new.items():
            cells = tuple(self._cells(student, graded))
            questioned = self._questioned(student, graded)
            if cells or _is_stale(student, penalties):
                found.changes.append(self._change(student, cells, penalties))
            elif questioned:
                found.unconfirmed += 1
            else:
                found.same += 1
            if questioned:
                found.questioned.append(student)
        for student, record in self._same.items():
            if _is_stale(student, penalties):
                records[student] = record
                found.changes.append(self._change(student, (), penalties))
            else:
                found.same += 1

    def _set_aside(self, penalties: Penalties, found: Regrading, records: dict[str, Record]) -> None:
        for student, penalty in penalties.items():
            if penalty.fault and (student in self._new or student in self._same):
                self._new.pop(student, None)
                self._same.pop(student, None)
                records.pop(student, None)
                found.aside.append(Aside(student, self._assignment, penalty.fault, ours=True))

    def _take(self, outcome: Outcome[Task, Graded | Refused], records: dict[str, Record], found: Regrading) -> None:
        student, done = outcome.task.student, outcome.result
        if isinstance(done, Refused):
            raise done.error
        found.again += 1
        if done is None or done.ours:
            found.aside.append(aside_of(student, self._assignment, done or Graded(failure=outcome.failure)))
            return
        record = Record(outcome.task.key(self._isolation), done.encode())
        self._journal.keep(record)
        # At once: it is there after Ctrl-C, and no other run waits for the journal while this one grades.
        self._journal.commit()
        records[student] = record
        self._new[student] = done

    def _change(self, student: str, cells: tuple[CellChange, ...], penalties: Penalties) -> Change:
        standing = self._standing[student]
        then = penalties[student].now if student in penalties else 0.0
        after = standing.points + sum((cell.after or 0.0) - (cell.before or 0.0) for cell in cells)
        resubmitted = student in self._resubmitted
        return Change(student, self._assignment, standing.points, after, cells, resubmitted, standing.penalty, then)

    def _questioned(self, student: str, graded: Graded) -> bool:
        """Tell whether points that a person gave would stand beside another result, or for other work."""
        known, new = self._standing[student].cells, _checks(graded)
        old = _checks(self._old.get(student, Graded()))
        return any(
            place in known
            and known[place].decided
            and (student in self._resubmitted or (place in old and not same_score(old[place].score, check.score)))
            for place, check in new.items()
        )

    def _cells(self, student: str, graded: Graded) -> Iterator[CellChange]:
        known = self._standing[student].cells
        old = _checks(self._old.get(student, Graded()))
        for place, check in _checks(graded).items():
            stands = known.get(place)
            if stands is None or stands.decided:
                continue
            after = None if check.score is None else check.score + stands.extra
            if not same_score(stands.score, after):
                yield CellChange(*place, stands.score, after, _why(old.get(place), check))


def _checks(graded: Graded) -> dict[Place, CheckResult]:
    return {(name, check.grade_id): check for name, result in graded.results.items() for check in result.checks}


def _is_stale(student: str, penalties: Penalties) -> bool:
    return student in penalties and penalties[student].is_stale


def _why(old: CheckResult | None, new: CheckResult) -> str:
    """Say what the points are lost by, or what is no longer held against the answer."""
    if new.message:
        return new.message
    if old is not None and old.verdict is Verdict.PASSED and old.max_score != new.max_score:
        return f"is worth {new.max_score:g} now, {old.max_score:g} before"
    return f"passes now; before: {old.message}" if old is not None and old.message else "passes now"
