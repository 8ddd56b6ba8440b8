"""What a course's reference module says of the graded functions of one source notebook."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.course import Paper
from autograder.diagnosis import Misconception, Small
from autograder.errors import CourseError
from autograder.examiner.soundness import (
    fault_of_loading,
    faults_of_catalogue,
    faults_of_questions,
    faults_of_tables,
)

Arguments = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The trusted side of the graded functions, each table by their names; whatever is absent is empty.

    Parameters
    ----------
    answers : mapping of str to callable
        The right implementations.
    questions : mapping of str to callable
        ``QUESTIONS``: given a seed, vetted random arguments.
    edges : mapping of str to callable
        ``EDGES``: gives edge cases within the function's contract.
    outputs : mapping of str to callable
        ``OUTPUTS``: from a result to the outputs that are judged, by name.
    probes : mapping of str to callable
        ``PROBES``: given a seed, arguments and stand-ins for other functions, where those say more to a diagnosis.
    quantities : mapping of str to callable
        ``QUANTITIES``: given the arguments, natural quantities by name.
    small : mapping of str to Small
        ``SMALL``: small cases to show to students.
    catalogue : sequence of Misconception
    root : Path
        The course folder.
    """

    answers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    questions: Mapping[str, Callable[[int], Arguments]] = field(default_factory=dict)
    edges: Mapping[str, Callable[[], list[Arguments]]] = field(default_factory=dict)
    outputs: Mapping[str, Callable[[Any], dict[str, Any]]] = field(default_factory=dict)
    probes: Mapping[str, Callable[[int], tuple[Arguments, Mapping[str, Callable[..., Any]]]]] = field(
        default_factory=dict
    )
    quantities: Mapping[str, Callable[..., Mapping[str, Any]]] = field(default_factory=dict)
    small: Mapping[str, Small] = field(default_factory=dict)
    catalogue: Sequence[Misconception] = ()
    root: Path = Path()


def load_reference(root: Path, paper: Paper) -> Reference:
    """Import ``reference/<assignment>.py`` and what belongs to it; to be called while trusted modules are importable.

    Parameters
    ----------
    root : Path
        The course folder; one without a reference is graded all the same.
    paper : Paper

    Raises
    ------
    CourseError
        Where Python cannot load one of its files, or what they hold cannot be used; all at once.
    """
    folder, name = root / "reference", paper.assignment
    graded = [function.name for function in paper.functions]
    faults: list[str] = []
    module = _optional(root, folder / f"{name}.py", faults)
    small = _optional(root, folder / "small" / f"{name}.py", faults)
    misconceptions = _optional(root, folder / "misconceptions" / f"{name}.py", faults)
    if faults:
        # What one imports of the other fails twice.
        raise CourseError(list(dict.fromkeys(faults)))
    faults += faults_of_tables(module, graded, f"reference/{name}.py")
    if misconceptions is not None:
        faults += faults_of_catalogue(misconceptions, module, graded, f"reference/misconceptions/{name}.py")
    if faults:
        raise CourseError(faults)
    reference = Reference(
        answers={name: getattr(module, name) for name in graded if hasattr(module, name)},
        questions=getattr(module, "QUESTIONS", {}),
        edges=getattr(module, "EDGES", {}),
        outputs=getattr(module, "OUTPUTS", {}),
        probes=getattr(module, "PROBES", {}),
        quantities=getattr(module, "QUANTITIES", {}),
        small=getattr(small, "SMALL", {}),
        catalogue=getattr(misconceptions, "CATALOGUE", ()),
        root=root,
    )
    faults += faults_of_questions(root, reference.answers, reference.questions, f"reference/{name}.py")
    if faults:
        raise CourseError(faults)
    return reference


def _optional(root: Path, path: Path, faults: list[str]) -> ModuleType | None:
    """Import a module of the course, where it is there; why that cannot be is a fault."""
    if not path.is_file():
        return None
    try:
        return importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))
    except Exception as error:  # noqa: BLE001 - an instructor's module may raise anything
        faults.append(fault_of_loading(root, path, error))
        return None
