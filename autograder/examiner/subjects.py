"""What a course's reference gives to explain wrong answers with, and what of it cannot be used."""

from __future__ import annotations

import functools

from autograder.diagnosis import Subject
from autograder.examiner.guard import alarms_reach_us, briefly, guarded
from autograder.examiner.lending import lent
from autograder.examiner.patience import Patience
from autograder.examiner.reference import Reference
from autograder.examiner.soundness import fault_of_running

SECONDS = 60
"""What may be taken to find out what is known of a function, whatever its answers are."""
MEMORY_MB = 2048


def subject_of(reference: Reference, name: str) -> Subject | None:
    """Give what is known of a graded function; None where the course has no answer or no questions of it.

    Outside the main thread nothing ends a known mistake or a slip that does not end, so that none is looked for.

    Parameters
    ----------
    reference : Reference
        With its modules importable; its tables may raise anything.
    name : str
        The graded function.
    """
    if name not in reference.answers or name not in reference.questions:
        return None
    return Subject(
        reference.answers[name],
        reference.questions[name],
        probe=reference.probes.get(name),
        lent=lent(reference.answers, name),
        catalogue=[entry for entry in reference.catalogue if entry.function == name and alarms_reach_us()],
        outputs=reference.outputs.get(name),
        quantities=reference.quantities.get(name),
        edges=reference.edges[name]() if name in reference.edges else (),
        small=reference.small.get(name),
        graded=reference.answers,
        limited=functools.partial(briefly, patience=Patience()),
    )


def faults_of_subject(reference: Reference, name: str, subject: Subject) -> tuple[str, ...]:
    """Say to the instructor what of a graded function's questions and known mistakes cannot be used, and why.

    Parameters
    ----------
    reference : Reference
    name : str
        The graded function.
    subject : Subject
        That `subject_of` gave for it.
    """
    told = [] if subject.unprobed is None else [(f"The probe of {name} is left out", subject.unprobed)]
    told += [(f"The known mistake {entry!r} of {name} is never named", why) for entry, why in subject.broken.items()]
    faults = tuple(f"{what}: {fault_of_running(reference.root, error)}" for what, error in told)
    return faults if alarms_reach_us() else (*faults, _without_limits(name))


def _without_limits(name: str) -> str:
    return (
        f"Known mistakes and slips of {name} are not looked for: this grading runs outside the main thread, where "
        "nothing would end one that does not end. Grade in the main thread to have them named."
    )


def unusable(reference: Reference, name: str) -> tuple[str, ...]:
    """Say to the instructor what of a graded function's reference cannot explain lost marks, whatever the answer.

    Parameters
    ----------
    reference : Reference
        With its modules importable.
    name : str
        The graded function.
    """
    try:
        with guarded(SECONDS, MEMORY_MB):
            subject = subject_of(reference, name)
            return faults_of_subject(reference, name, subject) if subject else ()
    except Exception as error:  # noqa: BLE001 - the instructor's code may raise anything
        return (fault_of_explaining(reference, name, error),)


def fault_of_explaining(reference: Reference, name: str, error: Exception) -> str:
    """Say to the instructor what ended the search for the mistake behind lost marks."""
    return f"Lost marks of {name} are not explained: {fault_of_running(reference.root, error)}"
