"""What must hold of a reference and its questions before an audit says anything."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from autograder.audit.separating import separate
from autograder.audit.trials import questions
from autograder.audit.variants import Variant
from autograder.course import Function, Paper
from autograder.errors import CourseError
from autograder.examiner import Reference
from autograder.notebook import functions_of

# On top of the edge cases.
_QUESTIONS = range(5)
# A hundred thousand times what the tolerance allows is no rounding: what a strict test refuses stays a right answer.
_OTHERWISE = 1e5


def auditable(paper: Paper) -> list[Function]:
    """List the graded functions that are answered by a function: of a class, say, no variants are made."""
    answers = paper.answers
    return [one for one in paper.functions if one.name in answers and one.name in functions_of(answers[one.name])]


def require_sound(root: Path, paper: Paper, reference: Reference) -> list[Function]:
    """Refuse a reference of which no right and wrong answers can be made.

    Parameters
    ----------
    root : Path
        The course folder.
    paper : Paper
    reference : Reference
        With its modules importable.

    Returns
    -------
    list of Function
        Those of which they can be made: the auditable ones that the reference has.

    Raises
    ------
    CourseError
        With every fault.
    """
    where = f"reference/{paper.assignment}.py"
    names = [function.name for function in auditable(paper)]
    answered = [function for function in auditable(paper) if function.name in reference.answers]
    faults = []
    if not names:
        faults = [f"source/{paper.assignment}/{paper.name}.ipynb has no graded function, so there is nothing to audit."]
    elif not (root / where).is_file():
        fault = (
            f"An audit makes wrong and right answers of the reference, and there is no {where}. Write it: each graded "
            f"function ({', '.join(names)}) with its right answer, and QUESTIONS, which gives arguments to ask it with."
        )
        faults = [fault]
    elif not answered:
        fault = (
            f"{where} has none of the graded functions ({', '.join(names)}), of which an audit makes wrong and right "
            "answers. Write one there, or give it the right name."
        )
        faults = [fault]
    if faults:
        raise CourseError(faults)
    unsound = [fault for function in answered if (fault := _unsound(function.name, paper, reference))]
    if unsound:
        raise CourseError([f"{where}: {fault}" for fault in unsound])
    return answered


def _unsound(name: str, paper: Paper, reference: Reference) -> str:
    """Say how a reference fails on its own questions; nothing where it gives the same twice."""
    again = Variant(name, "reference", paper.answers[name])
    try:
        differs = separate([again], paper, reference, _QUESTIONS)[again]
    except Exception as error:  # noqa: BLE001 - the instructor's code may fail in any way
        return (
            f"{name} cannot be asked its own questions: {type(error).__name__}: {error}. "
            f"Mend QUESTIONS, EDGES, PROBES or OUTPUTS of {name!r}, or the function."
        )
    if not differs:
        return ""
    return (
        f"{name} disagrees with itself: asked the same twice, its answers differ ({differs}), so no test can tell "
        "right from wrong. Draw its random numbers from a seed that is an argument, or that np.random.seed sets."
    )


def asked(name: str, reference: Reference) -> bool:
    """Tell whether a course has random questions of a function; edge cases alone do not make a mutant equivalent."""
    # From 1 on: before 0 come the edge cases.
    drawn = questions(reference, name, range(1, 1 + len(_QUESTIONS)))
    return next(drawn, None) is not None


def otherwise(right: Collection[Variant], paper: Paper, reference: Reference) -> dict[Variant, str]:
    """Find rewritings that are no right answers, for no rule knows what a name holds.

    Returns
    -------
    dict of Variant to str
        On which of the course's own questions each does plainly not do what the reference does; none of the others.
    """
    if not right:
        return {}
    found = separate(list(right), paper, reference, _QUESTIONS, _OTHERWISE)
    return {variant: how for variant, how in found.items() if how}
