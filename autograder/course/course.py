"""A course folder as a whole; all of its faults are told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.attribution import by_names
from autograder.course.classes import class_faults
from autograder.course.configuration import configured
from autograder.course.files import SOURCE, source_notebooks
from autograder.course.last_values import last_value_faults
from autograder.course.markers import delimiter_faults
from autograder.course.paper import Paper, load_paper
from autograder.course.recognition import weigh
from autograder.course.references import faults_in_text, missing_references
from autograder.course.settings import SETTINGS, Bars, Settings, load_settings
from autograder.errors import CourseError, UsageError
from autograder.language import LANGUAGES
from autograder.notebook import Notebook
from autograder.spelling import of_name, shown


@dataclass(frozen=True, slots=True)
class Course:
    """A course folder.

    Parameters
    ----------
    root : Path
        An nbgrader course folder: ``source/`` and, where there is one, ``reference/``.
    papers : tuple of Paper
        Its source notebooks, by assignment and name.
    bars : Bars
        What an audit of an assignment must show.
    language : str
        What people read the outcomes in.
    smallest_example : bool
        Whether students are shown small examples on which their answers are wrong.
    """

    root: Path
    papers: tuple[Paper, ...]
    bars: Bars = field(default_factory=Bars)
    language: str = LANGUAGES[0]
    smallest_example: bool = True

    def assignments(self) -> tuple[str, ...]:
        """Names of the assignments."""
        return tuple(dict.fromkeys(paper.assignment for paper in self.papers))

    def papers_of(self, assignment: str) -> tuple[Paper, ...]:
        """Source notebooks of one assignment.

        Raises
        ------
        UsageError
            Where the course has no such assignment.
        """
        found = tuple(paper for paper in self.papers if paper.assignment == assignment)
        if not found:
            known = ", ".join(self.assignments())
            raise UsageError(f"There is no assignment {assignment!r} in this course. It has: {known}.")
        return found

    def recognize(self, notebook: Notebook, name: str, assignment: str | None = None) -> Paper | None:
        """Find the source notebook that a submission answers.

        Parameters
        ----------
        notebook : Notebook
        name : str
            The submitted file's name without its ending; decides within a known assignment, as in nbgrader, and
            elsewhere where the answers do not.
        assignment : str or None
            Look among the notebooks of this assignment only.

        Returns
        -------
        Paper or None
            The one that most speaks for, see `recognition.Evidence`; None where not enough speaks for any.
        """
        papers = self.papers if assignment is None else self.papers_of(assignment)
        named = of_name(name, papers, lambda paper: paper.name) if assignment is not None else []
        if named or (assignment is not None and len(papers) == 1):
            return named[0] if named else papers[0]
        evidence = weigh(papers, notebook, name)
        best = max(range(len(papers)), key=evidence.__getitem__)
        return papers[best] if evidence[best].enough else None

    def also_answered(self, notebook: Notebook, paper: Paper) -> tuple[str, ...]:
        """Name the assignments beside a paper's of which a submission answers most functions, too."""
        evidence = weigh(self.papers, notebook, "")
        return tuple(
            other.assignment
            for other, weight in zip(self.papers, evidence, strict=True)
            if other.assignment != paper.assignment and 2 * weight.own > len(other.functions)
        )


def find_root(start: Path) -> Path:
    """Find the course folder that a folder lies in: the nearest one with a ``source`` folder.

    Raises
    ------
    UsageError
        Where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "source").is_dir():
            return folder
    raise UsageError(
        f"{start} is not inside a course folder: neither it nor a folder above has a folder named source. "
        "Go to the course folder, or name it with --course."
    )


def language_of(root: Path) -> str:
    """Give the language that a course's outcomes are read in, without reading its notebooks."""
    return load_settings(root / SETTINGS)[0].language


def load(root: Path) -> Course:
    """Read a course folder.

    Raises
    ------
    CourseError
        With every fault that was found.
    """
    notebooks = source_notebooks(root)
    inside = [path.relative_to(root) for path in notebooks]
    settings, of_settings = load_settings(root / SETTINGS)
    faults = [*map(_no_text, filter(_is_no_text, (root.absolute(), *inside))), *of_settings]
    papers = []
    for path in (path for path, name in zip(notebooks, inside, strict=True) if not _is_no_text(name)):
        assignment = path.parent.name
        has_reference = (root / "reference" / f"{assignment}.py").is_file()
        execution = settings.execution_of(assignment) or ("definitions" if has_reference else "full")
        limits = settings.limits_of(assignment, execution)
        paper, its_faults = load_paper(path, limits, execution, strict_stderr=settings.strict_stderr)
        papers.append(paper if has_reference else by_names(paper))
        faults += its_faults + missing_references(root, paper) + class_faults(paper) + last_value_faults(paper)
    if not notebooks:
        faults.append("source: no notebook is in any folder of it; put one at source/<assignment>/<assignment>.ipynb.")
    faults += _unknown_assignments(root, settings, notebooks)
    faults += delimiter_faults(configured(root))
    if faults:
        # References are loaded by who grades with them; in a course that is to be mended, they are to be mended too.
        of_references = (fault for paper in papers for fault in faults_in_text(root, paper))
        raise CourseError(list(dict.fromkeys([*faults, *of_references])))
    return Course(root, tuple(papers), settings.bars, settings.language, settings.smallest_example)


def _is_no_text(path: Path) -> bool:
    """Tell a path that has no UTF-8: gradebooks, results and candidates know files by texts."""
    return shown(path) != str(path)


def _no_text(path: Path) -> str:
    return (
        f"The path {shown(path)} is no UTF-8, in which it would be handed on and written down. "
        "Give the file or folder another name."
    )


def _unknown_assignments(root: Path, settings: Settings, notebooks: list[Path]) -> list[str]:
    known = {path.parent.name for path in notebooks}
    return [_unknown(root, name) for name in settings.assignments if name not in known]


def _unknown(root: Path, name: str) -> str:
    if (root / SOURCE / name).is_dir():
        return (
            f"course.toml: assignments.{name} is set, but no notebook is in source/{name}. Put one there, or take the "
            "section out."
        )
    return f"course.toml: assignments.{name} is set, but there is no folder source/{name}. Is the name right?"
