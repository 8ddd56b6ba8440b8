"""The likely cause of an exception in a student's code, told in their own names."""

from __future__ import annotations

import errno
import io

import numpy as np
import pytest

from autograder.candidate.causes import cause_of
from autograder.candidate.places import place_of

FILE = "<cell 1>"
HELPERS = "import numpy as np\n\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n\n"


def told(body, problems=None, folder="", **arguments):
    """Run a function with a body, and tell why it raised."""
    text = HELPERS + f"def f({', '.join(arguments)}):\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    space = {}
    exec(compile(text, FILE, "exec"), space)  # noqa: S102
    try:
        space["f"](**arguments)
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return cause_of(error, place_of(error, {FILE: text.split("\n")}), problems or {}, folder)
    raise AssertionError("it did not raise")


PARALLEL = "threads and other processes cannot be started where notebooks are graded"
W, X = np.zeros((4, 3)), np.zeros((5, 2))
CASES = {
    "np.dot": (
        "return np.dot(W1, X)",
        "shapes-do-not-fit",
        "W1 has shape (4, 3) and X has shape (5, 2); for a matrix product 3 and 5 must be equal",
    ),
    "matmul sign, transposed": (
        "return W1.T @ X",
        "shapes-do-not-fit",
        "W1.T has shape (3, 4) and X has shape (5, 2); ",
    ),
    "method": ("return W1.dot(X)", "shapes-do-not-fit", "W1 has shape (4, 3) and X has shape (5, 2)"),
    "from a dictionary": (
        "p = {'W1': W1}\nreturn p['W1'] @ X",
        "shapes-do-not-fit",
        "p['W1'] has shape (4, 3) and X has shape (5, 2)",
    ),
    "entry by entry": (
        "return W1 + X",
        "shapes-do-not-fit",
        "W1 has shape (4, 3) and X has shape (5, 2), which cannot be put together entry by entry",
    ),
    "an array in the place of a dictionary": (
        "p = {}\np = W1\np['W1'] = X",
        "no-entries-by-name",
        "p is an array, which has no entries by name",
    ),
    "a shape without its brackets": (
        "return np.zeros(3, 2)",
        "form-of-a-shape",
        "np.zeros takes the shape as one argument: the sizes need brackets of their own",
    ),
    "a shape in brackets too many": (
        "return np.random.randn((3, 2))",
        "form-of-a-shape",
        "np.random.randn takes the sizes one by one, without brackets of their own",
    ),
    "several values": (
        "both = W1, X\nreturn both / 2",
        "several-values",
        "both holds several values, where the line needs one of them",
    ),
    "of a computed part": (
        "return np.dot(W1, W1.T) * X",
        "shapes-do-not-fit",
        "np.dot(W1, W1.T) has shape (4, 4) and X has shape (5, 2)",
    ),
    "in place": ("W1 += X", "shapes-do-not-fit", "W1 has shape (4, 3) and X has shape (5, 2)"),
    "over two lines": ("return np.dot(\n    W1, X)", "shapes-do-not-fit", "W1 has shape (4, 3)"),
    "the one of three": (
        "return np.where(X > 0, X, W1)",
        "shapes-do-not-fit",
        "X > 0 has shape (5, 2) and W1 has shape (4, 3), which cannot be put together entry by entry",
    ),
    "in place, where only the right side grows": (
        "W2 = W1[:1] * 1\nW2 += W1",
        "shapes-do-not-fit",
        "W2 has shape (1, 3) and W1 has shape (4, 3), which cannot be put together entry by entry",
    ),
    "no shapes: order": ("p = np.array([1, 3, 2])\nreturn np.digitize(X, p)", "", ""),
    "no shapes: a sum": ("x, p = np.arange(3), np.ones(3)\nreturn np.random.choice(x, 1, True, p)", "", ""),
    "no shapes: several truths": ("return max(X, X)", "", ""),
    "no shapes: a square": ("return np.linalg.solve(W1, X)", "", ""),
    "no shapes: rows below each other": ("return np.append(W1, X, axis=0)", "", ""),
    "misspelt helper": ("return sigmod(X)", "misspelt-name", "the name sigmod is not defined; did you mean sigmoid?"),
    "upper and lower case": ("return x + W1", "misspelt-name", "the name x is not defined; did you mean X?"),
    "unknown name": ("return zzzz", "unknown-name", "the name zzzz is not defined"),
    "no value yet": ("a = b\nb = 1", "no-value-yet", "the name b is used before it has a value in this function"),
    "placeholder left": ("Z1 = None\nreturn np.dot(W1, W1.T) + Z1", "none-left", "Z1 is None in this line"),
    "entry of None": ("A = None\nreturn A[0]", "none-left", "A is None in this line"),
    "attribute of None": ("A = None\nreturn A.shape", "none-left", "A is None in this line"),
    "key": ("p = {'W1': 1}\nreturn p['w1']", "missing-key", "p has no entry 'w1'; there is 'W1'"),
    "index": ("dims = [1, 2]\nreturn dims[2]", "index-out-of-range", "dims has 2 entries, counted from 0"),
    "index of an array": ("return X.shape[2]", "", ""),
    "row of an array": ("return X[7]", "index-out-of-range", "X has shape (5, 2), and the index is beyond it"),
    "function of NumPy": ("return np.zeross(3)", "unknown-attribute", "NumPy has no zeross; there is zeros"),
    "method of an array": (
        "return X.transposed()",
        "unknown-attribute",
        "an array has no transposed; there is transpose",
    ),
    "method of a number": ("return (3).dot(X)", "unknown-attribute", "an int has no dot"),
    "a text and a number": (
        "l = 1\nreturn 'W' + l",
        "text-and-number",
        "'W' is a text and l is a number, which cannot be added",
    ),
    "a number and a text": (
        "l = 1\nreturn l + 'W'",
        "text-and-number",
        "l is a number and 'W' is a text, which cannot be added",
    ),
    "a text that grows": ("key = 'W'\nkey += 1", "text-and-number", "key is a text and 1 is a number"),
    "no power": ("return np.sum(W1^2)", "no-power", "W1 ^ 2 compares bits; a power is written with **"),
    "no power in place": ("x = 2.0\nx ^= 2", "no-power", "x ^ 2 compares bits"),
    "key that a function looks for": (
        "def first(d):\n    return d['W1']\nreturn first({'dW1': 1})",
        "missing-key",
        "d has no entry 'W1'; there is 'dW1'",
    ),
    "key that a function of others looks for": (
        "import json\nreturn '{a}'.format_map({'b': 1})",
        "missing-key",
        "'{a}'.format_map looks for an entry 'a', which is not there",
    ),
    "key of something else": ("return {n: n for n in range(3)}[7]", "missing-key", "there is no entry 7"),
    "sign missing": ("m = 2\nreturn m(X)", "not-a-function", "m is followed by brackets like a function"),
    "too many values": ("a, b = (1, 2, 3)", "values-and-names", "2 names stand on the left"),
    "too few values": ("a, b, c = (1, 2)", "values-and-names", "3 names stand on the left, and 2 values on the right"),
    "other arguments": ("return sigmoid(W1, X)", "other-arguments", "a function is called with other arguments"),
    "without an end": ("g = lambda: g()\nreturn g()", "endless-recursion", "the function calls itself again and again"),
    "module": ("import testCases_v3", "missing-module", "there is no module testCases_v3 here"),
    "a key error of their own": ("raise KeyError('mine')", "", ""),
    "a blank that is left": (
        "Z = X\n# Set dW1, formula (3).\n# YOUR CODE HERE\nraise NotImplementedError()\nreturn Z",
        "not-written",
        "it is below `# Set dW1, formula (3).`",
    ),
    "a blank that is left below what was written": (
        "Z = X\n\nraise NotImplementedError()\nreturn Z",
        "not-written",
        "it is below `Z = X`",
    ),
    "a blank below no line": ('"""Words."""\nraise NotImplementedError()', "not-written", ""),
    "an exit": ("import sys\nsys.exit(0)", "leaves", "sys.exit ends the whole program"),
    "an exit by name": ("exit()", "leaves", "exit ends the whole program"),
    "an exit by hand": ("raise SystemExit", "leaves", "SystemExit ends the whole program"),
    "a name that a comment says to set": (
        "# Set dW1, formula (3).\npass\nreturn dW1",
        "never-set",
        "the name dW1 never gets a value in this function",
    ),
    "a name that is a key too": ("return {'dW1': dW1}", "never-set", "the name dW1 never gets a value"),
    "a name that is returned": (
        "def backward(theta):\n    pass\n    return dtheta\nreturn backward(1)",
        "never-set",
        "the name dtheta never gets a value",
    ),
    "a name set under another spelling": (
        "# Set dW1, formula (3).\ndw1 = W1\nreturn dW1",
        "misspelt-name",
        "the name dW1 is not defined; did you mean dw1?",
    ),
    "a result set under another spelling": (
        "result = W1\nreturn reslt",
        "misspelt-name",
        "the name reslt is not defined; did you mean result?",
    ),
    "a thread": ('raise RuntimeError("can\'t start new thread")', "in-parallel", PARALLEL),
    "a program that is not there": ("import subprocess\nsubprocess.run(['/no/such/program'])", "", ""),
    "a file that is not there": ("open('/no/such/file')", "", ""),
    "a call of the system's that is no process": ("raise PermissionError(1, 'Operation not permitted')", "", ""),
    "another error at run time": ("raise RuntimeError('mine')", "", ""),
    "anything else": ("raise OSError('mine')", "", ""),
}


@pytest.mark.parametrize(("body", "kind", "words"), CASES.values(), ids=CASES)
def test_the_cause_is_named(body, kind, words):
    found, cause = told(body, W1=W.copy(), X=X)
    assert (found, cause[: len(words)]) == (kind, words)


def test_who_asks_for_input_has_nobody_to_answer(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert told("return input('press enter')") == ("asks", "input() waits for somebody to type, and nobody is there")


def test_a_process_that_a_limit_refuses_is_one_that_cannot_be_started():
    def fork():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    assert told("pid = fork()", fork=fork) == ("in-parallel", PARALLEL)


def test_what_is_to_be_tried_again_is_no_process():
    def receive():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    assert told("text = receive()", receive=receive) == ("", "")


def test_shapes_inside_a_given_helper_are_not_said_of_its_arguments():
    def given(_, x):
        return x + x[:2]

    assert told("return given({}, X)", given=given, X=X) == ("", "")


def test_a_module_beside_the_notebook_is_pointed_at(tmp_path):
    (tmp_path / "testCases.py").touch()
    assert told("import testCases_v3", folder=str(tmp_path))[1].endswith("; there is testCases")


def test_a_name_whose_definition_failed_says_why():
    kind, cause = told("return helper(1)", {"helper": "there is no module utils_v9 here"})
    assert kind == "failed-definition"
    assert cause.endswith("because its definition failed: there is no module utils_v9 here")


def test_a_name_that_an_import_of_everything_may_have_had_says_so():
    kind, cause = told("return helper(1)", {"*": "there is no module utils_v9 here"})
    assert kind == "missing-module"
    assert cause == "the name helper is not defined, and an import failed: there is no module utils_v9 here"


def test_nothing_of_a_students_objects_is_asked():
    body = "class A(np.ndarray):\n    shape = property(lambda self: 1 / 0)\nreturn np.zeros((2, 3)).view(A) @ X"
    assert told(body, X=X)[0] in {"", "shapes-do-not-fit"}
