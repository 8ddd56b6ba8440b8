"""Who is in the sample class, and what each of them writes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from autograder.outcomes import Person

FOLDER = Path(__file__).parent
AS_RELEASED = "as released"


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student of the sample class.

    Parameters
    ----------
    student : Person
    about : str
        What is special about the work.
    style : str
        The name of the answer to each function that `answers` does not have.
    answers : mapping of str to str
        Function to the name of its answer.
    late, absent : frozenset of str
        Assignments that are handed in late, and not at all.
    tags : tuple of str
        Put on every cell.
    """

    student: Person
    about: str
    style: str
    answers: Mapping[str, str] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()

    def answer(self, function: str) -> str | None:
        """Give the text of this student's answer cell; None leaves it as released.

        Raises
        ------
        KeyError
            The sample class has no such answer.
        """
        name = self.answers.get(function, self.style)
        return None if name == AS_RELEASED else answer_text(function, name)


def sample_class() -> tuple[Pupil, ...]:
    """Read the class from `class.toml`."""
    rows = tomllib.loads((FOLDER / "class.toml").read_text(encoding="utf-8"))["students"]
    return tuple(_pupil(row) for row in rows)


def answered_functions() -> frozenset[str]:
    """Name the graded functions that the sample class has answers to."""
    return frozenset(_answers())


def answer_text(function: str, name: str) -> str:
    """Give an answer to a graded function, by its name.

    Raises
    ------
    KeyError
        The sample class has no such answer.
    """
    texts = _answers()[function]
    answer = texts[name]
    if isinstance(answer, str):
        return answer.strip()
    text: str = texts["plain"]
    for right, wrong in answer:
        text = text.replace(right, wrong)
    return text.strip()


@cache
def _answers() -> dict[str, dict[str, Any]]:
    """Read function -> name -> text, or the pairs that make a mistake of the text `plain`."""
    files = sorted((FOLDER / "answers").glob("*.toml"))
    tables = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    return {function: texts for table in tables for function, texts in table.items()}


def _pupil(row: dict[str, Any]) -> Pupil:
    return Pupil(
        student=Person(row["id"], row["first_name"], row["last_name"], f"{row['first_name']}@example.org".lower()),
        about=row["about"],
        style=row["style"],
        answers=row.get("answers", {}),
        late=frozenset(row.get("late", ())),
        absent=frozenset(row.get("absent", ())),
        tags=tuple(row.get("tags", ())),
    )
