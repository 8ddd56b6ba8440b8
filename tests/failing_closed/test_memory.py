"""The examiner itself runs out of memory: no score for what it could not judge, and marks for the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from frail_course import FULL, POINTS, RIGHT, make_course, write_answer

from autograder.results import Verdict

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("memory")]

# The fork-server is there already, so that the limit, of 40 MB more than now, is the examiner's alone.
STARVE = """
import json, resource, sys
from dataclasses import asdict
from pathlib import Path
from autograder.api import Grader
course, *answers = map(Path, sys.argv[1:])
with Grader(course) as grader:
    grader.score(answers[0], "hw")
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    if {starved}:
        resource.setrlimit(resource.RLIMIT_AS, (used + 40 * 2**20,) * 2)
    print(json.dumps([asdict(grader.score(path, "hw")) for path in answers]))
"""
EXTRA = {"hungry": "np.empty(2 * 10**7)\nassert double(2) == 4"}
LARGE = RIGHT.replace("x + x\n", "np.ones(8 * 10**6) if x == 2 else x + x\n")


@pytest.fixture(scope="module", params=[True, False], ids=["starved", "fed"])
def graded(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("memory")
    course = make_course(folder / "course", {"double": EXTRA})
    answers = [write_answer(folder / f"{n}.ipynb", text) for n, text in enumerate([RIGHT, LARGE, RIGHT])]
    command = [sys.executable, "-c", STARVE.format(starved=request.param), course, *answers]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    assert done.returncode == 0, done.stderr
    return request.param, json.loads(done.stdout)


def checks(row: dict) -> dict:
    return {check["grade_id"]: check for function in row["functions"] for check in function["checks"]}


def test_a_test_cell_without_memory_has_no_score(graded):
    starved, rows = graded
    check = checks(rows[0])["double_hungry"]
    assert (check["score"], check["verdict"]) == ((None, "internal_error") if starved else (POINTS, "passed"))


def test_the_other_cells_have_their_marks(graded):
    starved, rows = graded
    for row in (rows[0], rows[2]):
        assert row["score"] == (FULL if starved else FULL + POINTS)
        assert row["needs_manual_grade"] is starved


def test_an_answer_that_cannot_be_received_is_not_charged(graded):
    starved, rows = graded
    verdicts = {checks(rows[1])[name]["verdict"] for name in ("double_before", "double_amid")}
    assert verdicts == ({Verdict.INTERNAL_ERROR} if starved else {Verdict.FAILED})
