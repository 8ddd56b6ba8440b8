"""What a test cell says while it runs, with a student's values in it, reaches no terminal."""

from __future__ import annotations

import sys
import threading
import warnings

from autograder.examiner.stage import quiet

CLEARS = "\x1b[2J"


def test_what_is_printed_is_not_shown(capsys):
    with quiet():
        sys.stdout.write(CLEARS)
    assert capsys.readouterr().out == ""


def test_nor_what_is_written_to_standard_error(capsys):
    with quiet():
        sys.stderr.write(CLEARS)
        sys.stderr.writelines([CLEARS])
    assert capsys.readouterr().err == ""


def test_nor_what_is_warned_of(capsys):
    with quiet():
        warnings.warn(CLEARS, stacklevel=1)
    assert capsys.readouterr().err == ""


def test_another_thread_goes_on_showing_how_far_the_work_is(capsys):
    with quiet():
        shown = threading.Thread(target=print, args=("12 of 40",), kwargs={"file": sys.stderr})
        shown.start()
        shown.join()
    assert capsys.readouterr().err == "12 of 40\n"


def test_afterwards_errors_are_shown_again(capsys):
    with quiet():
        pass
    sys.stderr.write("over\n")
    assert capsys.readouterr().err == "over\n"
