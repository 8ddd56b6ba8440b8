"""What the outputs of a check mean to nbgrader itself."""

from __future__ import annotations

import math

import pytest
from nbformat.v4 import new_code_cell
from nbformat.v4.nbbase import validate
from nbgrader.utils import determine_grade
from tiny_course import check, metadata

from autograder.language import speaker
from autograder.nbgrader_bridge.outputs import plain
from autograder.nbgrader_bridge.outputs import write as written_by
from autograder.results import Verdict

POINTS = 4.0


def write(graded, points):
    return written_by(graded, points, speaker("en"))


def graded(score: float | None, verdict: str, message: str = "") -> float | None:
    written = write(check("t", score, POINTS, verdict, message), POINTS)
    for output in written.outputs:
        validate(output, output.output_type)
    cell = new_code_cell("", metadata=metadata("t", POINTS), outputs=written.outputs)
    return None if written.withheld else determine_grade(cell)[0]


@pytest.mark.parametrize(
    ("score", "verdict", "auto_score"),
    [
        (4.0, "passed", 4.0),
        (1.5, "partial", 1.5),
        (0.0, "failed", 0.0),
        (0.0, "missing", 0.0),
        (0.0, "timeout", 0.0),
        (2.0, "failed", 2.0),
        (None, "internal_error", None),
        (None, "failed", None),
        (-1.0, "partial", 0.0),
        (99.0, "partial", 4.0),
        (99.0, "passed", 4.0),
        (math.nan, "partial", None),
        (math.inf, "passed", None),
        (-math.inf, "failed", None),
    ],
)
def test_nbgrader_reads_the_score(score: float | None, verdict: str, auto_score: float | None):
    assert graded(score, verdict, "what was seen") == auto_score


def test_a_check_that_is_not_there_is_withheld():
    assert write(None, POINTS).withheld


def test_a_withheld_check_says_so_without_an_error():
    (output,) = write(None, POINTS).outputs
    assert output.output_type == "stream"
    assert output.name == "stdout"


def test_a_check_too_close_to_call_is_withheld_with_its_own_message():
    written = write(check("t", None, POINTS, "failed", "dW1 differs from digit 7 on\x1b[2J"), POINTS)
    (output,) = written.outputs
    assert (written.withheld, output.name, output.text) == (True, "stdout", "dW1 differs from digit 7 on\n")


def test_what_went_wrong_with_us_is_not_for_students():
    (output,) = write(check("t", None, POINTS, "internal_error", "The examiner failed: OSError"), POINTS).outputs
    assert "OSError" not in output.text


def test_a_failed_check_is_one_error_that_names_the_verdict():
    (output,) = write(check("t", 0.0, POINTS, "failed", "dW is (3,), wanted (3, 4)"), POINTS).outputs
    assert (output.output_type, output.ename) == ("error", "Failed")
    assert output.evalue == "dW is (3,), wanted (3, 4)"


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PASSED])
def test_no_points_are_an_error_whatever_the_verdict(verdict: Verdict):
    assert graded(0.0, verdict) == 0


def test_a_full_score_that_did_not_pass_keeps_its_message():
    outputs = write(check("t", POINTS, POINTS, "partial", "inline formula"), POINTS).outputs
    assert [output.output_type for output in outputs] == ["stream", "execute_result"]


def test_a_message_loses_what_would_style_or_hide_it():
    assert plain("a\x1b[31mred\x1b[0m\x08\r\nb\tc\x00") == "ared\nb\tc"
