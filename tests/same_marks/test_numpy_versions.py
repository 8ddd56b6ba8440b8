"""NumPy 1.26, 2.0 and the newest give the same marks, and what only an old one takes is told to the student."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import corpus
import numpy as np
import pytest
from marks import graded, told
from numpy_words import WORDS

from autograder.api import Grader
from autograder.course import load
from autograder.notebook import parse_document

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("same marks")]

ROOT = Path(__file__).parents[2]
OLDER = ("1.26.*", "2.0.*")
WORDED = [(function, name) for function, words in WORDS.items() for name in words]
ASSIGNMENTS = {function.name: paper for paper in load(ROOT).papers for function in paper.functions}
# No supported NumPy may take these: the newest does not.
REFUSED = {"sum-of-generator": "np.sum(generator) is deprecated"}


@pytest.fixture(scope="module")
def paths(variants) -> list[Path]:
    return corpus.sample(variants, 80)


@pytest.fixture(scope="module")
def newest(paths) -> dict[str, Any]:
    with Grader(ROOT) as grader:
        return json.loads(json.dumps(graded(grader, paths)))


def python_with(version: str) -> Path:
    """Make an environment like this one with another NumPy, kept in ``build``."""
    folder = ROOT / "build" / f"numpy-{version.rstrip('.*')}-python-{sys.version_info[0]}.{sys.version_info[1]}"
    python = folder / "bin" / "python"
    if (folder / "whole").is_file():
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python]
    asked = [*pip, "install", "--no-deps", "--only-binary", "numpy", f"numpy=={version}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"NumPy {version} cannot be installed here: {done.stderr.strip()[-300:]}")
    (site,) = folder.glob("lib/python*/site-packages")
    # All else is this environment's, and comes after the NumPy of its own.
    (site / "others.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    (folder / "whole").touch()
    return python


@pytest.mark.parametrize("version", OLDER)
def test_an_older_numpy_gives_the_same_marks(version, paths, newest):
    command = [python_with(version), Path(__file__).with_name("marks.py"), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["numpy"].startswith(version.rstrip("*"))
    assert np.__version__ != found["numpy"]
    unlike = {name: (marks, newest[name]) for name, marks in found["marks"].items() if marks != newest[name]}
    assert unlike == {}
    assert found["marks"].keys() == newest.keys()


@pytest.fixture(scope="module")
def worded():
    """Grade every answer in other words, beside the reference's answers."""
    with Grader(ROOT) as grader:

        def grade(function: str, name: str) -> dict[str, Any]:
            paper = ASSIGNMENTS[function]
            old, new, _ = WORDS[function][name]
            assert old in paper.answers[function]
            cells = paper.answers | {function: paper.answers[function].replace(old, new)}
            cells = ["import math\nimport numpy as np", *cells.values()]
            document = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
            notebook = parse_document(json.dumps(document).encode()).notebook()
            return told(grader.grade(notebook, "words", "words", paper.assignment, explain=False))

        yield grade


@pytest.mark.parametrize(("function", "name"), WORDED, ids=[f"{function}-{name}" for function, name in WORDED])
def test_words_of_other_numpys_are_graded_and_told(worded, function, name):
    result, word = worded(function, name), WORDS[function][name][2]
    lost = [check for check in result["checks"] if check[2] != "passed"]
    if name in REFUSED:
        assert all(check[0] == function for check in lost)
        assert any(REFUSED[name] in check[4] for check in lost)
    else:
        assert lost == []
    assert [notice for notice in result["notices"] if word in notice] or not word
    assert word or not any("newer versions of NumPy" in notice for notice in result["notices"])
