"""Answers that raise, or are not there, are explained by their cause."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.api import Grader
from autograder.notebook import parse_document

ROOT = Path(__file__).parents[2]
COST = "compute_cost_with_regularization"
COST_TEXT = f"def {COST}(A3, Y, parameters, lambd):\n    m = Y.shape[1]\n    return {{}}\n"


@pytest.fixture(scope="module")
def graded():
    with Grader(ROOT, None) as grader:

        def run(text: str):
            cells = [nbformat.v4.new_code_cell(cell) for cell in ("import numpy as np", text)]
            document = parse_document(nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode())
            return grader.grade(document, "n", "regularization", "regularization")

        yield run


@pytest.fixture(scope="module")
def explained(graded):
    return lambda text, function: _of(graded(text), function).diagnosis


@pytest.fixture(scope="module")
def checked(graded):
    return lambda text, function: _of(graded(text), function).checks


def _of(result, function):
    return next(one for one in result.functions if one.name == function)


CAUSES = {
    "missing-key": ("parameters['W4']", "W4"),
    "shapes-do-not-fit": ("np.dot(A3, parameters['W1'])", "A3 has shape"),
    "misspelt-name": ("compute_cst(A3, Y)", "compute_cst"),
    "none-left": ("None + lambd * m", "None"),
}


@pytest.mark.parametrize(("cause", "case"), CAUSES.items(), ids=CAUSES)
def test_an_exception_is_named_by_its_cause(explained, cause, case):
    expression, said = case
    text = "from reg_utils import compute_cost\n\n" + COST_TEXT.format(expression)
    found = explained(text, COST)
    assert (found.misconception, said in found.message) == (cause, True)


def test_the_line_that_raises_is_quoted(explained):
    assert "return parameters['W4']" in explained(COST_TEXT.format("parameters['W4']"), COST).message


def test_a_cause_is_not_announced_twice(explained):
    message = explained(COST_TEXT.format("1 / 0"), COST).message
    assert message == "It raises ZeroDivisionError in the line `return 1 / 0`: division by zero."


def test_a_question_ends_with_its_mark_alone(explained, checked):
    text = "from reg_utils import compute_cost\n\n" + COST_TEXT.format("compute_cst(A3, Y)")
    told = [explained(text, COST).message, *(check.message for check in checked(text, COST))]
    assert [one[-26:] for one in told if "mean" in one] == ["did you mean compute_cost?"] * 2


def test_an_exit_is_to_be_taken_out(explained):
    found = explained("import sys\n\n" + COST_TEXT.format("sys.exit(0)"), COST)
    assert (found.misconception, "Take the exit out" in found.hint) == ("leaves", True)


def test_an_answer_that_asks_somebody_is_told_that_nobody_is_there(explained):
    found = explained(COST_TEXT.format("input('press enter')"), COST)
    assert (found.misconception, "Take the input() out" in found.hint) == ("asks", True)


IN_PARALLEL = {
    "a thread": "import threading\n    threading.Thread(target=print).start()",
    "a pool of threads": "from concurrent.futures import ThreadPoolExecutor\n    ThreadPoolExecutor().submit(print)",
    "a pool of processes": "from concurrent.futures import ProcessPoolExecutor\n    ProcessPoolExecutor()",
    "a process": "import multiprocessing\n    multiprocessing.Process(target=print).start()",
    "a process of its own Python": "import multiprocessing\n"
    "    multiprocessing.get_context('spawn').Process(target=print).start()",
    "a queue between processes": "import multiprocessing\n    multiprocessing.Queue()",
    "a pool": "import multiprocessing\n    multiprocessing.Pool(2)",
    "a command": "import subprocess\n    subprocess.run(['ls'])",
    "a command that is read": "import os\n    os.popen('ls')",
    "a fork": "import os\n    pid = os.fork()",
    "a spawned program": "import os\n    os.posix_spawn('/bin/ls', ['ls'], {})",
    "a program in its place": "import os\n    os.execvp('ls', ['ls'])",
}


@pytest.mark.parametrize("begun", IN_PARALLEL.values(), ids=IN_PARALLEL)
def test_an_answer_that_starts_threads_or_processes_is_told_that_it_cannot(explained, begun):
    found = explained(COST_TEXT.format("0.0").replace("    return", f"    {begun}\n    return"), COST)
    said = "threads and other processes cannot be started where notebooks are graded"
    assert (found.misconception, said in found.message) == ("in-parallel", True)
    assert "one after another" in found.hint


def test_a_file_that_is_refused_is_no_process(explained):
    found = explained(COST_TEXT.format("open('/etc/shadow')"), COST)
    assert (found.misconception, "processes" in found.message) == ("raises", False)


def test_of_several_blanks_the_one_that_is_reached_is_named(checked):
    text = f"def {COST}(A3, Y, parameters, lambd):\n    m = Y.shape[1]\n    # Set the cost.\n"
    message = checked(text + "    raise NotImplementedError()\n    return cost\n", COST)[0].message
    assert message == (
        "The function is not finished: the line `raise NotImplementedError()` of the exercise is still reached; "
        "it is below `# Set the cost.`."
    )


def test_a_function_that_is_not_there_is_named_with_the_nearest(explained):
    found = explained(COST_TEXT.format("0.0").replace(COST, COST + "s"), COST)
    assert (found.misconception, f"{COST}s" in found.message) == ("not-defined", True)


def test_a_cell_that_python_cannot_read_is_named(explained):
    assert explained(COST_TEXT.format("(m"), COST).misconception == "unreadable"


@pytest.mark.parametrize("character", ["\u00a0", "\u2018"], ids=["a blank that does not break", "a curly quote"])
def test_a_character_of_a_word_processor_is_to_be_typed_again(explained, character):
    found = explained(COST_TEXT.format(f"{character}m"), COST)
    assert (found.misconception, "Type it again" in found.hint) == ("strange-character", True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda text: "%%writefile answer.py\n" + text, "It stands below %%writefile, which keeps it from being run."),
        (lambda text: text.replace("def ", "# def ").replace("\n    ", "\n#     "), "Its definition is commented out."),
    ],
    ids=["below a magic", "in comments"],
)
def test_a_definition_that_is_not_run_is_pointed_at(explained, changed, said):
    assert said in explained(changed(COST_TEXT.format("0.0")), COST).message


def test_tabs_among_blanks_are_not_called_print(graded):
    text = COST_TEXT.format("0.0").replace("    return", "    if m:\n\treturn")
    notices = graded(text).notices
    assert any("tabs" in notice for notice in notices)
    assert not any("print" in notice for notice in notices)
