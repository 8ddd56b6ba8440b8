"""Answers that raise, loop, crash or are not there: each costs its own marks and no other."""

from __future__ import annotations

import pytest
from toy_course import answers, by_name

from autograder.results import Verdict

pytestmark = pytest.mark.slow

BREACHES = {
    "endless loop": ("def double(x):\n    while True: pass", Verdict.TIMEOUT),
    "sleep": ("import time\ndef double(x):\n    time.sleep(60)", Verdict.TIMEOUT),
    "os._exit": ("import os\ndef double(x):\n    os._exit(0)", Verdict.CRASHED),
    "segfault": ("import ctypes\ndef double(x):\n    ctypes.string_at(0)", Verdict.CRASHED),
    "sys.exit": ("import sys\ndef double(x):\n    sys.exit()", Verdict.ERROR),
    "memory": ("def double(x):\n    return np.ones(10**9)", Verdict.MEMORY),
    "recursion": ("def double(x):\n    return double(x)", Verdict.ERROR),
    "exception": ("def double(x):\n    return x.missing", Verdict.ERROR),
    "stub": ("def double(x):\n    raise NotImplementedError()", Verdict.MISSING),
    "no return": ("def double(x):\n    2 * x", Verdict.FAILED),
    "absent": ("", Verdict.MISSING),
    "does not parse": ("def double(x):\n    return 2 *", Verdict.ERROR),
    "too large an answer": ("def double(x):\n    return np.ones(10**7)", Verdict.ERROR),
    "range without an end": ("def double(x):\n    return range(10**15)", Verdict.ERROR),
    "rows without an end": ("def double(x):\n    return np.ones((2**50, 0))", Verdict.ERROR),
    "nested too deeply": ("def double(x):\n    for _ in range(500): x = [x]\n    return x", Verdict.ERROR),
}


@pytest.fixture(scope="module", params=BREACHES, name="breach")
def _breach(request, grade):
    answer, verdict = BREACHES[request.param]
    return by_name(grade(answers(double=answer))), verdict


def test_a_breach_has_its_verdict(breach):
    functions, verdict = breach
    assert functions["double"].checks[1].verdict is verdict


def test_a_breach_costs_only_its_function(breach):
    functions, _ = breach
    assert functions["fourfold"].verdict is functions["noise"].verdict is Verdict.PASSED


def test_a_breach_says_something(breach):
    functions, _ = breach
    assert all(check.message for check in functions["double"].checks if check.verdict != "passed")


def test_a_misspelt_name_is_pointed_out(grade):
    result = by_name(grade(answers(double="def duoble(x):\n    return 2 * x")))["double"]
    assert "duoble" in result.checks[0].message


def test_a_syntax_error_is_told_with_its_line(grade):
    result = by_name(grade(answers(double=""), "x = 1\n\ndef double(x):\n    return 2 *"))["double"]
    assert "line 4" in result.checks[0].message


def test_the_students_line_stands_in_the_message(grade):
    result = by_name(grade(answers(double="def double(x):\n    return x.missing + 1")))["double"]
    assert "return x.missing + 1" in result.checks[0].message


def test_an_endless_loop_among_the_definitions_costs_only_what_needs_it(grade):
    result = grade("size = 1\nwhile size: size += 1", answers(double="def double(x):\n    return size * x"))
    assert [f.name for f in result.functions if f.verdict is not Verdict.PASSED] == ["double"]


def test_sys_exit_among_the_definitions_costs_only_what_it_would_have_bound(grade):
    functions = by_name(grade("import sys\nsize = sys.exit()", answers(double="def double(x):\n    return size * x")))
    assert (functions["double"].verdict, functions["noise"].verdict) == (Verdict.ERROR, Verdict.PASSED)


def test_a_crash_among_the_definitions_is_a_crash(grade):
    result = grade("import os\nsize = os.abort()", answers(double="def double(x):\n    return size * x"))
    assert {f.verdict for f in result.functions} == {Verdict.CRASHED}


def test_a_missing_module_costs_nothing_that_does_not_use_it(grade):
    assert grade("from dlai_tools import *\nimport public_tests", answers()).score == 10


def test_after_a_breach_the_next_notebook_gets_full_marks(grade):
    grade(answers(double="def double(x):\n    while True: pass"))
    assert grade(answers()).score == 10
