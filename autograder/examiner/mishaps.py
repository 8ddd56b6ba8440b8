"""What to say of an answer that raises, or is not there: the likely cause, and what to think about."""

from __future__ import annotations

import re

from autograder.errors import sentence
from autograder.examiner.remote import builtin_name
from autograder.results import Diagnosis, one_line
from autograder.statements import is_left
from autograder.wire import Defined, Raised

# Characters of a message about a test cell; no student reads more.
MAX_MESSAGE = 600

# By the candidate's names of causes; a name that is not here is not repeated.
HINTS = {
    "missing-module": "This module is not there where the notebook is graded. What can be imported is what came with "
    "the assignment, and what the course has installed. Which names do you need from this one, and does a module that "
    "is there have them?",
    "misspelt-name": "Python takes a name as it is written, upper and lower case included. Compare the name in this "
    "line with the line in which it is given its value, or with the import that brings it in.",
    "unknown-name": "Every name must get its value before it is used: by an assignment in this function, as a "
    "parameter, or in a cell of the notebook above. Where should this one come from, and is it spelt the same there?",
    "no-value-yet": "A name that a function assigns is its own, even before the assignment is reached. Does every way "
    "through the function reach it, the one that skips an if or a loop too?",
    "never-set": "The lines further down use this name, so that a line above them must give it its value. Which step "
    "or formula of the exercise says what it is? Write that line in the place that is left for it.",
    "leaves": "A function hands its result over with return, and the notebook goes on after it. Take the exit out.",
    "asks": "The tests call the function by themselves, and nobody sits at a keyboard. Take the input() out; what the "
    "function needs comes in its parameters.",
    "in-parallel": "A notebook is graded by one thread of one process, which is fast enough for these exercises. Take "
    "out the threads, the pool or the command: what they do side by side, a loop or one line of NumPy does one after "
    "another.",
    "failed-definition": "The mistake lies earlier than this line: a statement that should have made this name did "
    "not run to its end. Mend that one first, then run the notebook again from its beginning.",
    "none-left": "A None is left where a value belongs. Was a placeholder of the exercise not replaced yet, or does a "
    "function that is called here end without a return?",
    "shapes-do-not-fit": "Write down the two shapes, and what the rows and the columns of each array count. "
    "Is one of the two transposed, or another one meant?",
    "missing-key": "Print the keys that this dictionary has. They are made where it is filled: compare the spelling "
    "there and here, upper and lower case, and the numbers of the layers.",
    "index-out-of-range": "Python counts from 0, so that the last of n entries has the index n - 1; range leaves out "
    "its end. Which value has the index in the last round, and how many entries are there?",
    "no-entries-by-name": "Entries by name belong to a dictionary. Somewhere above, an array was put in the place of "
    "the dictionary itself, instead of into one of its entries. Which line gives this name its value, and is a key "
    "missing on its left side?",
    "unknown-attribute": "What stands before the dot has no such part. Is it the kind of value that you think it is? "
    "Print its type, and compare the name with the documentation of NumPy.",
    "not-a-function": "Brackets behind a name are a call. Is a sign of multiplication missing before them, or has the "
    "name of a function been given to a value somewhere above?",
    "values-and-names": "Count the names on the left of the equals sign and the values on its right. What exactly "
    "does the function or the cache give back, in which order, and are all of its entries meant to be taken?",
    "form-of-a-shape": "Functions that make arrays take the sizes in two forms: some want a tuple, which has brackets "
    "of its own inside those of the call, others want one argument for each size. Read the help of the one in this "
    "line: which form does it show?",
    "several-values": "A function that ends with several values after its return gives a tuple of them all. How many "
    "names stand on the left where it is called, and how many values does the function give?",
    "text-and-number": "Python adds numbers to numbers, and joins texts to texts. Which of the two is wanted here? "
    "How is a number written into a text, or a text read as a number?",
    "no-power": "Look at the signs of this line one by one, and at what each of them does in Python: some mean "
    "something else than in a formula, or in another language.",
    "other-arguments": "Compare the call with the def line of the function that is called: how many arguments does it "
    "have, in which order, with which names? The def lines of the exercise must stay as they are.",
    "endless-recursion": "A function that calls itself has to stop somewhere. Is a helper meant that has the same "
    "name as your function?",
    "not-written": "Write the lines that the text above it describes in the place of the line that raises. If they are "
    "written already, delete that line, and run the tests below it.",
    "raises": "Run the function on the smallest example that you can think of, and print every name that this line "
    "uses just before it. Which of them is not what the line expects?",
    "unreadable": "Python reads a whole cell before it runs any of it. Look at the line named here and the one before "
    "it: brackets and quotes that are not closed, a missing colon, and the depth of the indentation.",
    "strange-character": "Python knows the plain signs only: straight quotes, blanks, - and *. What is copied from a "
    "page or a document often has others, which look much the same. Type it again, in this line and in those near it.",
    "broken": "The cell with this function does not run to its end. Run it by itself, from a fresh start of the "
    "kernel, and mend what it reports before anything else.",
    "not-defined": "The tests call the function by the name that the exercise gives it. Is it defined in the "
    "notebook, at the beginning of a line, with exactly this name?",
}

# Python's words on what it cannot read.
_STRANGE = re.compile(r"invalid (?:non-printable )?character\b.*U\+")


def of_raised(raised: Raised) -> Diagnosis:
    """Explain an exception, in the words of a candidate that has seen no hidden test.

    Parameters
    ----------
    raised : Raised
        Its place is a line of the notebook; nothing else of it is known to be true.
    """
    name = builtin_name(raised)
    if name == "NotImplementedError":
        return _diagnosis("not-written", unfinished(raised, openly=True))
    kind = raised.kind if raised.kind in HINTS else "raises"
    cause = raised.cause or raised.message
    what = name or "an exception"
    if not cause:
        return _diagnosis(kind, placed(f"It raises {what}", raised))
    # Whole, for the page says "The cause:" before it.
    in_line = f"It raises {what} in the line `{raised.where}`: {cause}"
    return _diagnosis(kind, sentence(in_line if raised.where else f"It raises {what}: {cause}"))


def unfinished(raised: Raised, *, openly: bool) -> str:
    """Say that a function still raises `NotImplementedError`, whether it is written but for that or not at all.

    Parameters
    ----------
    raised : Raised
    openly : bool
        Whether the candidate's own words on it may be shown, which tell the place.
    """
    if not is_left(raised.where):
        return placed("The function is not finished: it raises NotImplementedError", raised)
    if openly and raised.kind == "not-written" and raised.cause:
        return (
            f"The function is not finished: the line `{raised.where}` of the exercise is still reached; {raised.cause}."
        )
    return f"The function is not finished: the line `{raised.where}` of the exercise is still reached."


def of_undefined(name: str, defined: Defined) -> Diagnosis | None:
    """Explain why a function is not there; nothing for one that is."""
    if defined.usable:
        return None
    kind = defined.kind if defined.kind in HINTS else "not-defined"
    if kind == "unreadable" and _STRANGE.search(defined.problem):
        kind = "strange-character"
    return _diagnosis(kind, f"The notebook does not define {name}. {defined.problem}".strip())


def placed(told: str, raised: Raised) -> str:
    """Add the line of the student's own that it is about, where one is known."""
    return f"{told} in the line `{raised.where}`." if raised.where else f"{told}."


def _diagnosis(kind: str, message: str) -> Diagnosis:
    return Diagnosis(kind, one_line(message, MAX_MESSAGE), HINTS[kind])
