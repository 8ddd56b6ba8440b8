"""The trial with the source's own answers, before the first submission: what they tell of the test cells."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from autograder.course import Paper
from autograder.examiner.handles import Licence
from autograder.examiner.inside import Trial, tried
from autograder.examiner.patching import patching
from autograder.examiner.solved import faults_of
from autograder.notebook import Notebook, read
from autograder.results import CheckResult, FunctionResult, Verdict


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of all test cells of one notebook.

    Parameters
    ----------
    functions : list of FunctionResult
    notices : list of str
    endings : dict of str to str
        What ended a test cell early, by its grade id, as it was raised.
    stale : bool
        Whether a test cell has spoken of an object of an earlier one, which was gone.
    """

    functions: list[FunctionResult]
    notices: list[str]
    endings: dict[str, str]
    stale: bool


class SourceTrial:
    """What the source's own answers tell of the test cells; of a course that runs whole notebooks, else nothing.

    Parameters
    ----------
    paper : Paper
    examine : callable
        Given a notebook and grade ids to leave out, examines it.
    perform : callable
        Given a notebook and grade ids, runs these test cells inside a candidate that has the notebook's answers.

    Attributes
    ----------
    shared : bool
        Whether objects must live on from one test cell to the next.
    faults : mapping of str to str
        What is wrong with test cells that the source's own solution does not pass, by grade id.
    sound : frozenset of str
        The grade ids of the test cells that it passes where they are examined.
    """

    def __init__(
        self,
        paper: Paper,
        examine: Callable[[Notebook, Collection[str]], Examined],
        perform: Callable[[Notebook, Collection[str]], Mapping[str, CheckResult]],
    ) -> None:
        self._paper = paper
        self._examine = examine
        self._perform = perform
        self._licences: dict[str, Licence] = {}
        self.shared = False
        self.faults: Mapping[str, str] = {}
        self.sound: frozenset[str] = frozenset()

    @functools.cached_property
    def inside(self) -> Mapping[str, str]:
        """Why some test cells run inside the candidate, by grade id; the first to ask has the trial made."""
        if self._paper.execution != "full":
            return {}
        source = read(self._paper.folder / f"{self._paper.name}.ipynb")
        perform = functools.partial(self._perform, source)
        found = tried(functools.partial(self._trial, source), perform, patching(self._paper))
        for licence in self._licences.values():
            licence.learning = False
        self.faults = faults_of(self._paper, found.failing)
        return found.inside

    def licence(self, grade_id: str) -> Licence:
        """Give what objects may be asked in a test cell: what those of the source's own answers were."""
        return self._licences.setdefault(grade_id, Licence())

    def _trial(self, source: Notebook, left_out: Collection[str]) -> Trial:
        names = [test.grade_id for function in self._paper.functions for test in function.tests]
        self._licences = {name: Licence(learning=True) for name in names}
        examined = self._examine(source, left_out)
        if examined.stale and not self.shared:
            # Once more, so that objects live on from one test cell to the next.
            self.shared = True
            return self._trial(source, left_out)
        checks = tuple(check for function in examined.functions for check in function.checks)
        self.sound = frozenset(check.grade_id for check in checks if check.verdict is Verdict.PASSED)
        return Trial(checks, examined.endings)
