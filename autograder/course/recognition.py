"""Which source notebook a submission answers: told by what it defines, before its name.

Looked at as text: no code of a student's is read as code here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course.paper import Paper
from autograder.notebook import Notebook
from autograder.spelling import spelled

# Functions at any margin, for cells come indented as a whole, with their parameters, which tell assignments apart; and
# what is assigned, for a function may be. A class is nobody's graded function.
_DEFINITION = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(([^()]*)|^(\w+)[ \t]*=(?!=)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*(?:from|import)[ \t]+([\w.]+)", re.MULTILINE)
_NO_LETTER = re.compile(r"[\W_]+")
_ALIKE = 0.85
# No homework defines more, and each is compared with each graded function.
_MOST_NAMES = 1000

Parameters = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """How much speaks for one source notebook, the most telling first.

    Parameters
    ----------
    own : int
        Graded functions defined that no other assignment has under that name, or not with these parameters.
    modules : int
        Helper modules imported that only this assignment has.
    defined : int
        Graded functions defined.
    named : bool
        Whether the file has the notebook's name, somehow written.
    alike : int
        Functions defined whose names nearly are those of graded ones.
    """

    own: int
    modules: int
    defined: int
    named: bool
    alike: int

    @property
    def enough(self) -> bool:
        """Whether it tells this notebook from any other file."""
        return bool(self.own or self.alike or self.named or (self.defined and self.modules))


def weigh(papers: Sequence[Paper], notebook: Notebook, name: str) -> list[Evidence]:
    """Weigh what speaks for each of some source notebooks.

    Parameters
    ----------
    papers : sequence of Paper
    notebook : Notebook
        The submission.
    name : str
        Its file's name without the ending.

    Returns
    -------
    list of Evidence
        One a paper.
    """
    text = "\n".join(cell.source for cell in notebook.cells)
    defined = _definitions(text)
    imported = {module.rpartition(".")[2] for module in _IMPORT.findall(text)}
    return [_evidence(paper, [p for p in papers if p is not paper], defined, imported, name) for paper in papers]


def _evidence(
    paper: Paper, others: list[Paper], defined: dict[str, Parameters], imported: set[str], name: str
) -> Evidence:
    asked = {function.name: _definitions(paper.answers.get(function.name, "")) for function in paper.functions}
    elsewhere = frozenset().union(*(other.helpers | _graded(other) for other in others))
    known = elsewhere | paper.helpers | asked.keys()
    found = [graded for graded in asked if graded in defined]
    own = [graded for graded in found if graded not in elsewhere or defined[graded] == asked[graded].get(graded)]
    strangers = [stranger for stranger in defined if stranger not in known][:_MOST_NAMES]
    alike = [graded for graded in asked if difflib.get_close_matches(graded, strangers, n=1, cutoff=_ALIKE)]
    modules = (imported & paper.modules) - frozenset().union(*(other.modules for other in others))
    return Evidence(
        own=len(own),
        modules=len(modules),
        defined=len(found),
        named=_letters(paper.name) in _letters(name),
        alike=len(alike),
    )


def _definitions(text: str) -> dict[str, Parameters]:
    """Give the names that a text defines, with the names of their parameters; the last definition counts."""
    return {
        name or assigned: tuple(re.findall(r"(?:^|,)\s*(\w+)", parameters))
        for name, parameters, assigned in _DEFINITION.findall(text)
    }


def _graded(paper: Paper) -> set[str]:
    return {function.name for function in paper.functions}


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", spelled(name))
