"""What explains to a student why an answer is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.results.code_lines import on_lines


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A recognized mistake.

    Parameters
    ----------
    misconception : str
        The name in the catalogue.
    message : str
        What the answer does.
    hint : str
        What to think about.
    """

    misconception: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A small case on which an answer and what is right differ; never a hidden test.

    Parameters
    ----------
    inputs : dict of str to str
        What to call the function with, by parameter, each as Python code; before them, functions that stand in for
        others of the notebook.
    yours, expected : dict of str to str
        Outputs that differ, by name, as Python code. `yours` lacks what the answer does not give as numbers.
    missing : tuple of str
        Those of them that the answer does not give at all.
    """

    inputs: dict[str, str]
    yours: dict[str, str]
    expected: dict[str, str]
    missing: tuple[str, ...] = ()

    def differences(self, say: Callable[..., str] = str.format) -> list[str]:
        """Say each output that differs in a sentence.

        Parameters
        ----------
        say : callable
            Gives an English message, with values in the place of its placeholders; in English when not given.
        """
        return [
            say("{name} is missing; right is {expected}", name=name, expected=expected)
            if name in self.missing
            else say(
                "{name} is {yours}; right is {expected}",
                name=name,
                yours=self.yours.get(name, say("something else")),
                expected=expected,
            )
            for name, expected in self.expected.items()
        ]

    def code(self, function: str) -> str:
        """Write the inputs and the call as code to be pasted into the notebook.

        Functions that stand in for the notebook's own are put back after the call: a graded one would be lost with its
        points, and so would the notebook's next cells.

        Parameters
        ----------
        function : str
            The graded function's name.
        """
        arguments = [name for name, text in self.inputs.items() if not text.startswith("lambda ")]
        call = f"{function}({', '.join(arguments)})"
        if len(arguments) == len(self.inputs):
            return "\n".join([*(f"{name} = {on_lines(text)}" for name, text in self.inputs.items()), call])
        held = [f'    "{name}": {on_lines(text)},' for name, text in self.inputs.items()]
        # On one line, for some of those who show it take the spaces before a line away.
        replaced = f"with patch.dict(globals(), example): print({call})"
        return "\n".join(["from unittest.mock import patch", "example = {", *held, "}", replaced])
