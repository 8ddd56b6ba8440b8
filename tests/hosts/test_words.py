"""On a host a student reads what a student can do, and an instructor nothing that is not there."""

from __future__ import annotations

import pytest
from submissions import SUBMISSIONS

from autograder.errors import SandboxError
from autograder.hosts.grading import grade_submission
from autograder.hosts.words import for_instructors

RIGHT = SUBMISSIONS["right"].encode()
FILES = {
    "a zip archive": (b"PK\x03\x04" + b"\0" * 99, "zip archive; unpack it, and hand in the notebook that is in it."),
    "a gzip archive": (b"\x1f\x8b" + b"\0" * 99, "gzip archive; unpack it, and hand in the notebook that is in it."),
    "a PDF": (b"%PDF-1.7", "no notebook but a PDF; hand in the .ipynb file."),
    "a picture": (b"\x89PNG", "no notebook but a picture; hand in the .ipynb file."),
    "a web page": (b"<html>", "that of a sign-in; download the notebook again, and hand that in."),
    "cut off": (RIGHT[:-2], "it is cut off. Save the notebook again, and hand in the whole file."),
    "cut off in a text": (RIGHT[:120], "it is cut off. Save the notebook again, and hand in the whole file."),
    "a conflict": (b"{\n<<<<<<< HEAD\n", "so it is no notebook. Resolve it, and hand the notebook in again."),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_student_reads_what_a_student_can_do(course, tmp_path, kind):
    data, told = FILES[kind]
    (tmp_path / "toy.ipynb").write_bytes(data)
    (file,) = grade_submission(course, "toy", tmp_path, None).outcome.unreadable
    assert file.error.endswith(told)


def test_an_instructor_reads_of_no_command_that_the_host_lacks(course, tmp_path):
    with pytest.raises(SandboxError) as caught:
        grade_submission(course, "toy", tmp_path, "unheard of")
    told = for_instructors(caught.value)
    assert "does not hold the isolation asked for" in told
    assert "autograder doctor" not in told
    assert "An archive made with --isolation none grades here all the same" in told
