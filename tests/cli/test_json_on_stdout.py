"""With ``--json -`` standard output has JSON and nothing else, whatever else there is to say."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path

import nbformat
import pytest
from click.testing import Result
from command import invoke
from tiny_course import make_course
from tiny_edits import add_essay, answer_essay

from autograder import nbgrader_bridge as bridge
from autograder.cli.main import app
from autograder.errors import UsageError
from autograder.outcomes import Person

ANSWERS = {"ann": "def double(x):\n    return x + x", "ben": "def double(x):\n    return 2", "cy": ""}
# With a part of what is said on standard error.
COMMANDS = {
    "score": ("score submitted/ann/hw/hw.ipynb source/hw", ""),
    "regrade": ("regrade hw --apply --jobs 1", "cy: not graded: hw.ipynb is no notebook"),
    "similar": ("similar hw", "Not compared, as nothing can be read: cy."),
    "adopt": ("adopt torn --apply", "Written: torn/course.toml"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """Make a course of whose class somebody waits for a person, and somebody's notebook is torn since it was graded."""
    root = tmp_path_factory.mktemp("tiny") / "course"
    make_course(root)
    add_essay(root)
    for student, answer in ANSWERS.items():
        document = nbformat.read(root / "release" / "hw" / "hw.ipynb", as_version=4)
        document.cells[1].source = answer
        answer_essay(document)
        path = root / "submitted" / student / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(document, path)
    bridge.add_students(root, [Person(student) for student in ANSWERS])
    done = invoke(["grade", "hw", "--jobs", "1", "--course", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (root / "submitted" / "cy" / "hw" / "hw.ipynb").write_text('{"cells": [')
    source = root / "source" / "hw" / "hw.ipynb"
    source.write_text(source.read_text().replace("double(21) == 42", "double(21) in (42, 2)"))
    (root / "torn" / "source" / "hw").mkdir(parents=True)
    (root / "torn" / "source" / "hw" / "hw.ipynb").write_text('{"cells": [')
    return root


def run(command: str) -> Result:
    done = invoke(command.split(), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize(("command", "said"), COMMANDS.values(), ids=COMMANDS)
def test_standard_output_has_json_and_nothing_else(course, monkeypatch, command, said):
    monkeypatch.chdir(course)
    done = run(f"{command} --json -")
    assert [json.loads(line) for line in done.stdout.splitlines()]
    assert said in " ".join(done.stderr.split())


def test_who_waits_for_a_person_is_said_on_standard_error(course, monkeypatch):
    monkeypatch.chdir(course)
    assert "Points are still to be given to: ann" in run("grade hw --jobs 1 --student ann").stderr


def test_a_repaired_notebook_is_alone_there(course, monkeypatch):
    monkeypatch.chdir(course)
    done = run("repair submitted/ann/hw/hw.ipynb --output -")
    assert json.loads(done.stdout)["cells"]
    assert "It needed no repair." in done.stderr


def test_a_file_of_that_name_is_no_hindrance(course, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").touch()
    notebook = course / "submitted" / "ann" / "hw" / "hw.ipynb"
    assert json.loads(run(f"repair {notebook} --output - --course {course}").stdout)["cells"]


def test_an_archive_is_alone_there(course, monkeypatch):
    monkeypatch.chdir(course)
    done = run("bundle hw --for docker --to -")
    assert gzip.decompress(done.stdout_bytes)
    assert "grades one submission of hw" in done.stderr


@pytest.mark.parametrize("to", ["csv", "nbgrader", "canvas", "moodle"])
def test_marks_are_alone_there(course, monkeypatch, to):
    monkeypatch.chdir(course)
    done = run(f"export hw --to {to} --file -")
    assert len({len(row) for row in csv.reader(done.stdout.splitlines())}) == 1
    assert any("ann" in row for row in csv.reader(done.stdout.splitlines()))
    assert "The grades of hw are on standard output." in done.stderr
    assert not (course / "-").exists()


def test_the_class_page_is_alone_there(course, monkeypatch, tmp_path):
    monkeypatch.chdir(course)
    done = run(f"report hw --to - --pages {tmp_path / 'pages'}")
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.rstrip().endswith("</html>")
    assert "The class's page is on standard output." in done.stderr
    assert not (course / "-").exists()


@pytest.mark.parametrize("command", ["report hw --pages -", "export hw --to gradescope --file -"])
def test_it_is_no_folder(course, monkeypatch, command):
    monkeypatch.chdir(course)
    done = invoke(command.split())
    assert isinstance(done.exception, UsageError)
    assert "- is standard output, and a folder is wanted" in str(done.exception)


def test_json_is_english_in_any_language(course, monkeypatch):
    monkeypatch.chdir(course)
    row, bad = map(json.loads, run("score release/hw/hw.ipynb source/hw --language zh --json -").stdout.splitlines())
    told = [check["message"] for check in row["functions"][0]["checks"] if check["message"]]
    assert told
    assert "".join([*told, bad["error"]]).isascii()


def test_every_command_that_writes_json_is_asked():
    names = [str(command.name) for command in app.registered_commands]
    shown = {name: invoke([name, "--help"]).stdout for name in names}
    # `audit` wants a course with a reference: it is asked in `tests/audit/test_command.py`.
    assert {name for name, text in shown.items() if "--json" in text} == {*COMMANDS, "audit"}


def test_a_name_that_is_no_utf_8_is_told_in_json(course, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.ipynb")
    path.write_bytes((course / "submitted" / "ann" / "hw" / "hw.ipynb").read_bytes())
    command = ["score", str(path), "--assignment", "hw", "--json", "-", "--course", str(course)]
    done = invoke(command, catch_exceptions=False)
    assert json.loads(done.stdout)["notebook"].endswith(r"caf\xe9.ipynb")
