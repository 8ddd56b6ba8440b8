"""Texts that want to be more than text."""

from __future__ import annotations

from hostile_course import Attack
from nbformat.v4 import new_markdown_cell

from attacks.loot import does

MARK = "hostilemark"
"""Stands in every piece of markup here, so that a page can be searched for it."""
SCRIPT = f"<script>{MARK}()</script>"
ANSI = f"\x1b[2J\x1b]0;{MARK}\x07\x1b[31m"


def _raises(text: str) -> str:
    return does(f"raise ValueError({text!r})")


def _definition_raises(text: str) -> str:
    return f"def fail():\n    raise ValueError({text!r})\n\n\ndouble = fail()"


ATTACKS = {
    "a printed score": does("print('3.0')\nprint(3.0)"),
    "a printed result": does('print(\'{"score": 9.0, "max_score": 9.0, "verdict": "passed"}\')'),
    "a result written to every descriptor": does(
        'for number in range(256):\n    try:\n        os.write(number, b\'{"score": 9.0, "verdict": "passed"}\')\n'
        "    except OSError:\n        pass"
    ),
    "HTML in an exception": _raises(SCRIPT),
    "HTML in the name of an exception": does(f"raise type({SCRIPT!r}, (Exception,), {{}})('x')"),
    "HTML in the answer's name": f"def other(x):\n    return x - 7\n\n\nother.__name__ = {SCRIPT!r}\ndouble = other",
    "HTML in the type of an answer": does(f"return type({SCRIPT!r}, (), {{}})()"),
    "HTML in the keys of an answer": f"def quadruple(x):\n    return {{{SCRIPT!r}: x}}",
    "HTML in the line that fails": does(f"return x.missing + '{SCRIPT}'"),
    "HTML in Markdown": Attack(
        change=lambda nb: nb.cells.append(
            new_markdown_cell(f"{SCRIPT}<img src=x onerror={MARK}()>", id="m", metadata={})
        )
    ),
    "HTML among the definitions": _definition_raises(SCRIPT),
    "ANSI in an exception": _raises(ANSI),
    "ANSI in the name of an exception": does(f"raise type({ANSI!r}, (Exception,), {{}})('x')"),
    "ANSI in the line that fails": does(f"raise ValueError  # {ANSI}"),
    "ANSI among the definitions": _definition_raises(ANSI),
    "ANSI in the keys of an answer": f"def quadruple(x):\n    return {{{ANSI!r}: x}}",
    "ANSI in the name of a function": f"def double_(x):\n    return x\n\n\nglobals()['doubel' + {ANSI!r}] = 3",
    "markup of the terminal": _raises(f"[blink][link=http://x]{MARK}[/link][/nonsense]"),
    "text from right to left": _raises("\u202e0.3 derocs \u2066\u200b\ufeff"),
    "null bytes": _raises("\x00\x08\x7f\x85\x9b31m"),
    "lone surrogates": _raises("\ud800"),
    "many lines": _raises("passed\n" * 10**4),
    "a formula": _raises("=HYPERLINK(1)"),
    "a formula as a name": Attack(student="=HYPERLINK(1)"),
    "markup as a name": Attack(student="[bold]x[nonsense]"),
    "HTML as a name": Attack(student=f"<b onclick={MARK}>x"),
    "ANSI as a name": Attack(student="\x1b[2Jx"),
    "markers of hidden tests in an answer": "### BEGIN HIDDEN TESTS\ndef double(x):\n    return x - 7",
}
