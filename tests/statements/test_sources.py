"""Cells as students leave them: magics, unfinished functions, and what of them Python can still read."""

from __future__ import annotations

import ast

import pytest

from autograder.statements import Source, without_magics


def source_of(*cells: str) -> Source:
    source = Source()
    for number, cell in enumerate(cells, 1):
        source.add(cell, f"<cell {number}>")
    return source


def defined(source: Source) -> list[str]:
    return sorted(name for statement in source.statements for name in statement.binds)


F, G = "def f():\n    return 1\n", "def g():\n    return 2\n"

READ_WHOLE = {
    "nothing odd": F,
    "line magic": "%matplotlib inline\n%load_ext autoreload\n" + F,
    "shell": "!pip install numpy\n! ls\n" + F,
    "help": "?print\nprint?\nnp.dot??\n" + F,
    "assigned magic": "files = !ls\nhere = %pwd\n" + F,
    "magic in a branch": "if 1:\n    %time 2\n" + F,
    "timed cell": "%%time\n" + F,
    "timed cell after an empty line": "\n%%time\n" + F,
    "captured cell": "%%capture out\n" + F,
    "carriage returns": F.replace("\n", "\r\n"),
    "non-ASCII": "# 计算\nλ = 'é'\n" + F,
    "indented as a whole": "    " + F.replace("\n", "\n    "),
    "indented, with a magic": "  %matplotlib inline\n  " + F.replace("\n", "\n  "),
    "pasted from a console": ">>> " + F.replace("\n    ", "\n...     "),
    "pasted from IPython": "In [3]: " + F.replace("\n    ", "\n   ...:     "),
    "magic of an extension": "%%memit -r 1\n" + F,
    "shell command of two lines": "!pip install \\\n  numpy\n" + F,
    "shell in another folder": "!./setup.sh\n!!ls\n%%time is no magic here\n" + F,
    "empty": "",
}


@pytest.mark.parametrize("text", READ_WHOLE.values(), ids=READ_WHOLE)
def test_a_cell_with_magics_has_no_broken_part(text: str) -> None:
    source = source_of(text)
    assert source.broken == []
    assert ("f" in defined(source)) == bool(text)


@pytest.mark.parametrize("magic", ["html", "bash", "writefile a.py", "javascript"])
def test_the_body_of_another_cell_magic_is_no_python(magic: str) -> None:
    source = source_of(f"%%{magic}\n{F}")
    assert (source.statements, source.broken) == ([], [])


def test_a_line_that_looks_like_a_magic_is_left_where_python_can_read_it() -> None:
    source = source_of("%matplotlib inline\ndef f(x):\n    return (7\n        % x)\n")
    assert source.broken == []
    assert ast.unparse(source.statements[-1].node) == "def f(x):\n    return 7 % x"


def test_what_a_timed_line_assigns_stays() -> None:
    source = source_of("%time k = 2\n%timeit k\n" + F)
    assert (source.broken, defined(source)) == ([], ["f", "k"])


PYTHON_2 = {
    "print": ("    print 'cost', 1", "print('cost', 1)"),
    "print formatted": ("    print 'cost: %f' % x  # shown", "print('cost: %f' % x)"),
    "print in two lines": ("    print 'cost: %f' % (x,\n        1)", "print('cost: %f' % (x, 1))"),
    "print in a branch": ("    if x: print x", "print(x)"),
    "print with a comma at its end": ("    print x,", "print(x)"),
    "two prints": ("    print x; print 'y'", "print('y')"),
    "except": ("    try:\n        pass\n    except (KeyError, ValueError), e:\n        pass", "as e:"),
    "raise": ("    raise ValueError, 'no'", "raise ValueError('no')"),
    "exec": ("    exec 'y = 1'", "exec('y = 1')"),
    "tabs and blanks": ("\tx = 1\n        y = 1", "y = 1"),
}


@pytest.mark.parametrize(("line", "modern"), PYTHON_2.values(), ids=PYTHON_2)
def test_python_2_is_read_as_it_was_meant(line: str, modern: str) -> None:
    source = source_of(f"def u(x):\n{line}\n        \n" + F)
    assert source.broken == []
    assert source.old
    assert modern in ast.unparse(source.statements[0].node).replace("(x,)", "(x)")


def test_python_2_beside_an_unfinished_part_is_read_as_it_was_meant() -> None:
    source = source_of("def u(x):\n    print x\n" + F + "def v(x):\n    W1 = \n")
    assert (defined(source), source.old) == (["f", "u"], True)


def test_a_print_of_python_3_is_left_alone() -> None:
    source = source_of("def u(x):\n    print (x), 1\n    print\n    print(x)\n")
    assert (source.broken, source.old) == ([], False)


UNFINISHED = {
    "template": "def u(x):\n    W1 = \n    return W1\n",
    "no body": "def u(x):\n\n",
    "open bracket": "def u(x):\n    return (x\n",
    "wrong indent": "def u(x):\n  a = 1\n    return a\n",
    "no colon": "def u(x)\n    return x\n",
    "open quote": "def u(x):\n    return 'x\n",
    "merge conflict": "<<<<<<< mine\n",
    "zero byte": "x = '\0'\n",
}


@pytest.mark.parametrize("text", UNFINISHED.values(), ids=UNFINISHED)
def test_one_unfinished_part_of_a_cell_costs_only_itself(text: str) -> None:
    source = source_of(F + text + "\n@dec\n@dec.two(1)\n" + G)
    assert defined(source) == ["f", "g"]
    assert [part.strip() for part, _ in source.broken] == [text.strip()]


def test_the_reason_names_the_line_of_the_cell() -> None:
    ((_, reason),) = source_of(F + "\ndef u(x):\n    W1 = \n").broken
    assert reason.startswith("SyntaxError: ")
    assert reason.endswith(" in line 5 of its cell, `W1 =`")


def test_the_reason_names_one_line() -> None:
    ((_, reason),) = source_of(F + "\ndef u(x):\n    return 'x\n").broken
    assert reason == "SyntaxError: unterminated string literal in line 5 of its cell, `return 'x`"


@pytest.mark.parametrize(
    ("line", "word"),
    [("cost = lambda * x / 2", "lambda"), ("class = x", "class"), ("None = x", "None"), ("cost = (x +", "")],
)
def test_a_word_of_pythons_that_is_used_as_a_name_is_pointed_out(line: str, word: str) -> None:
    ((_, reason),) = source_of(f"def u(x):\n    {line}\n    return x\n").broken
    told = reason.partition(f" in line 2 of its cell, `{line}`")[2]
    assert told == (f"; {word} is a word of Python's own and can be no name" if word else "")


def test_a_long_line_is_told_by_its_beginning() -> None:
    ((_, reason),) = source_of("a a" + " + 1" * 100).broken
    assert reason.endswith(f"of its cell, `a a{' + 1' * 14} …`")


def test_line_numbers_are_those_of_the_cell() -> None:
    source = source_of("%matplotlib inline\n" + F + "u = (\n\n" + G)
    assert [(s.node.lineno, s.file) for s in source.statements[-2:]] == [(2, "<cell 1>"), (6, "<cell 1>")]


def test_the_rest_of_a_cell_with_more_pieces_than_anybody_writes_is_one() -> None:
    source = source_of("a a\n" * 3000)
    assert [len(text.split("\n")) for text, _ in source.broken][-2:] == [1, 1002]
    assert source.broken[-1][1].endswith(" in line 2000 of its cell, `a a`")


def test_lines_are_counted_as_python_counts_them() -> None:
    source = source_of("a = '\x0c\u2028'\nb = 1")
    assert source.lines["<cell 1>"][source.statements[1].node.lineno - 1] == "b = 1"


def test_what_is_nested_deeper_than_python_reads_costs_only_itself() -> None:
    assert defined(source_of("-" * 5000 + "1\n" + G, F)) == ["f", "g"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["-" * 100_000 + "1", "(" * 100_000, "a." * 50_000 + "b"], ids=["minus", "open", "dots"]
)
def test_what_would_overflow_the_parser_is_broken_and_no_crash(text: str) -> None:
    source = source_of(text, F)
    assert defined(source) == ["f"]


def test_blanking_a_magic_keeps_the_number_of_lines() -> None:
    text = "%%time\n%time f()\n\n    !ls\nx = 1"
    assert without_magics(text).count("\n") == text.count("\n")


def test_text_in_column_0_of_a_docstring_cuts_nothing():
    source = Source()
    source.add('def f():\n    """Say\nwhat it is.\n    """\n    return 1\n\ndef g(:\n    pass', "<cell>")
    assert [sorted(statement.binds) for statement in source.statements] == [["f"]]


@pytest.mark.parametrize(
    "text", ["a = p; b = q; c = r", "a = 'é' + p; b = q + 'é'; c = r", "a = p +\\\n 'é'; b = q; c = r"]
)
def test_each_statement_of_a_line_has_names_of_its_own(text: str) -> None:
    read = [(set(s.binds), set(s.uses)) for s in source_of(text).statements]
    assert read == [({"a"}, {"p"}), ({"b"}, {"q"}), ({"c"}, {"r"})]


def test_a_statement_goes_on_behind_a_backslash_that_ends_another_one() -> None:
    assert defined(source_of("a = 1; \\\n  b = 2")) == ["a", "b"]


def test_a_carriage_return_ends_a_line_as_in_python() -> None:
    assert defined(source_of("a = 1\rb = 2")) == ["a", "b"]


def test_no_word_is_looked_for_in_a_cell_that_nobody_wrote() -> None:
    ((_, reason),) = source_of("def u(x):\n    class = x\n" + "    y = 1\n" * 3000).broken
    assert reason.endswith("`class = x`")
