"""`autograder score` from outside: what it prints, writes and exits with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from command import Done, typed
from hostile_course import make_course

ROOT = Path(__file__).parents[2]
HE = """import numpy as np

def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = np.sqrt(2 / layers_dims[l - 1])
        parameters["W%d" % l] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b%d" % l] = np.zeros((layers_dims[l], 1))
    return parameters
"""


def autograder(*arguments: object, cwd: Path = ROOT) -> Done:
    return typed(cwd, *arguments)


@pytest.fixture(scope="module")
def he(tmp_path_factory) -> Path:
    """Make a notebook that answers one function of three, under a name that says nothing."""
    path = tmp_path_factory.mktemp("answers") / "Untitled (3).ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(HE)]), path)
    return path


@pytest.fixture(scope="module")
def row(he) -> dict:
    done = autograder("score", he, "--json", "-")
    return json.loads(done.stdout)


def test_the_assignment_is_recognized(row):
    assert row["assignment"] == "initialization"


def test_a_line_has_the_contracts_keys(row):
    wanted = "schema_version notebook assignment score max_score needs_manual_grade seconds isolation functions notices"
    assert set(wanted.split()) <= set(row)


def test_a_function_has_the_contracts_keys(row):
    wanted = {"name", "score", "max_score", "verdict", "checks", "diagnosis", "counterexample"}
    assert all(wanted <= set(function) for function in row["functions"])


def test_scores_add_up(row):
    assert row["score"] == sum(function["score"] for function in row["functions"]) == 10


def test_what_is_not_there_is_missing(row):
    verdicts = {function["name"]: function["verdict"] for function in row["functions"]}
    assert verdicts == {
        "initialize_parameters_zeros": "missing",
        "initialize_parameters_random": "missing",
        "initialize_parameters_he": "passed",
    }


def test_tables_fit_eighty_columns(he):
    done = autograder("score", he)
    assert max(map(len, (done.stdout + done.stderr).splitlines())) <= 80


def test_the_isolation_in_force_is_said(he):
    assert "solation" in autograder("score", he).stderr


def test_a_path_that_does_not_exist_is_the_callers_mistake(he, tmp_path):
    done = autograder("score", he, tmp_path / "absent.ipynb", "--json", tmp_path / "out")
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)


def test_an_unknown_assignment_is_the_callers_mistake(he):
    done = autograder("score", he, "--assignment", "convolution")
    assert done.returncode == 2
    assert "initialization" in done.stderr


def test_outside_a_course_the_caller_is_told_where_to_go(he, tmp_path):
    done = autograder("score", he, cwd=tmp_path)
    assert done.returncode == 2
    assert "--course" in done.stderr


BAD = {
    "empty": "",
    "not JSON": "hello",
    "no notebook": "[1, 2]",
    "no graded function": json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_bad_file_is_a_line_and_the_batch_goes_on(text, he, tmp_path):
    (tmp_path / "bad.ipynb").write_text(text)
    done = autograder("score", tmp_path / "bad.ipynb", tmp_path, he, "--json", tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]
    assert done.returncode == 0
    assert ["error" in row for row in rows] == [True, True, False]


def test_a_notebook_of_another_assignment_earns_nothing_there(he):
    row = json.loads(autograder("score", he, "--assignment", "regularization", "--json", "-").stdout)
    assert {function["verdict"] for function in row["functions"]} == {"missing"}


@pytest.mark.slow
def test_two_workers_give_what_one_gives(he, tmp_path):
    rows = []
    for jobs in ("1", "2"):
        autograder("score", he, he, he, "--jobs", jobs, "--json", tmp_path / jobs)
        lines = (tmp_path / jobs).read_text().splitlines()
        rows.append([{**json.loads(line), "seconds": 0} for line in lines])
    assert rows[0] == rows[1]


def test_a_target_that_cannot_be_written_is_told(he, tmp_path):
    done = autograder("score", he, "--json", tmp_path / "no" / "out")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_a_course_with_faults_is_told_all_of_them(he, tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "course.toml").write_text("[limits]\nseconds_per_call = 0\nmemory = 3\n[colour]\n")
    done = autograder("score", he, "--course", tmp_path)
    assert done.returncode == 2
    assert "4 faults:" in done.stderr


def test_a_course_with_one_fault_has_one(he, tmp_path):
    (tmp_path / "source").mkdir()
    assert "The course has 1 fault:" in autograder("score", he, "--course", tmp_path).stderr


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let what is started here be interrupted: background jobs of a shell ignore that, and hand it on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_stops_with_a_word_and_leaves_no_file(he, tmp_path):
    command = [Path(sys.executable).with_name("autograder"), "score", *[he] * 400, "--json", tmp_path / "out"]
    # Coverage waits for ever where a signal comes while it holds its lock.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    dumping = {**plain, "PYTHONFAULTHANDLER": "1"}
    process = subprocess.Popen([*command, "--jobs", "1"], cwd=ROOT, stderr=subprocess.PIPE, text=True, env=dumping)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    # From the fork-server's start on it is grading.
    for _ in range(2400):
        if process.poll() is not None or children.read_text():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        # So that it says where it is.
        process.send_signal(signal.SIGABRT)
    _, said = process.communicate()
    assert (process.returncode, list(tmp_path.iterdir())) == (130, []), said
    assert "Stopped." in said


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory) -> Path:
    """Make a notebook whose numbers are right to seven digits."""
    path = tmp_path_factory.mktemp("doubtful") / "answer.ipynb"
    cell = nbformat.v4.new_code_cell(HE.replace("* scale", "* scale * (1 + 1e-7)"))
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_an_answer_too_close_to_call_is_no_fault_of_ours(doubtful):
    done = autograder("score", doubtful, "--json", "-")
    assert (done.returncode, json.loads(done.stdout)["needs_manual_grade"]) == (0, True)


def test_an_answer_too_close_to_call_is_named_to_the_instructor(doubtful):
    assert "A person must look at initialize_parameters_he." in autograder("score", doubtful).stdout


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory) -> Path:
    """Make a course whose notebook has a cell for a person to grade, and two notebooks of its only assignment."""
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    about = {"schema_version": 3, "grade_id": "essay", "grade": True, "solution": True, "locked": False, "points": 2.5}
    notebook.cells.append(nbformat.v4.new_markdown_cell("Why?", id="essay", metadata={"nbgrader": about}))
    nbformat.write(notebook, path)
    return root


def test_points_given_by_hand_are_told_beside_the_score(by_hand):
    done = autograder("score", "submitted/neighbour/hw/hw.ipynb", "--isolation", "none", cwd=by_hand)
    assert "10 of 10" in done.stdout
    assert "Not counted here, for a person gives them: up to 2.5 points." in done.stdout


def test_points_given_by_hand_are_no_part_of_the_contract(by_hand):
    done = autograder("score", "submitted/neighbour/hw/hw.ipynb", "--isolation", "none", "--json", "-", cwd=by_hand)
    row = json.loads(done.stdout)
    assert row["max_score"] == 10


def test_after_a_full_width_colon_there_is_no_blank(he, tmp_path):
    xavier = tmp_path / "xavier.ipynb"
    xavier.write_text(he.read_text().replace("np.sqrt(2 /", "np.sqrt(1 /"))
    said = autograder("score", xavier, "--language", "zh").stdout
    assert "想一想\N{FULLWIDTH COLON}" in said
    assert "已通过\N{FULLWIDTH COLON}" in said
    assert "\N{FULLWIDTH COLON} " not in said


def test_nothing_is_told_of_a_course_in_which_nobody_grades_by_hand(he):
    assert "Not counted here" not in autograder("score", he).stdout


def test_a_catalogue_that_cannot_be_read_is_named_and_stops_nothing(by_hand):
    path = by_hand / "reference" / "language" / "zh.po"
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfegarbage")
    command = ("score", "submitted/neighbour/hw/hw.ipynb", "--isolation", "none", "--language", "zh", "--json", "-")
    done = autograder(*command, cwd=by_hand)
    assert json.loads(done.stdout)["score"] == 10
    assert [line for line in done.stderr.splitlines() if "reference/language/zh.po is no catalogue" in line]
