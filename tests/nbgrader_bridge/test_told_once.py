"""What several tests say alike stands on a student's page once."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from graded_notebook import ABOUT, about, function
from nbformat.v4 import new_code_cell, new_notebook

from autograder.language import speaker
from autograder.nbgrader_bridge.student_page import page

ROOT = Path(__file__).parents[2]
UNWRITTEN = "The function is not written yet."


@pytest.fixture
def written():
    """Write the page of one function's tests, up to the notebook, or with it."""

    def make(*checks, diagnosis=None, whole=False):
        cells = [
            new_code_cell("assert True", metadata=about(name, 2, 2.0 if verdict == "passed" else 0.0))
            for name, verdict, _ in checks
        ]
        record = {"functions": [function("double", "missing", *checks, diagnosis=diagnosis)]}
        notebook = nbformat.from_dict(new_notebook(cells=cells, metadata={"autograder": record}))
        html = page(notebook, ABOUT, speaker("en", ROOT))
        return html if whole else html.partition('aria-labelledby="notebook"')[0]

    return make


@pytest.fixture
def told(written):
    """Give what stands as messages in the findings, and under the cells of the notebook."""

    def find(*checks):
        findings, _, notebook = written(*checks, whole=True).partition('aria-labelledby="notebook"')
        return tuple(re.findall(r'<p class="message">(.*?)</p>', part) for part in (findings, notebook))

    return find


def test_what_all_failing_tests_say_alike_is_told_once(told):
    checks = [(name, "missing", UNWRITTEN) for name in ("test_a", "test_b", "test_c")]
    assert told(*checks, ("test_d", "passed", "")) == ([UNWRITTEN], [UNWRITTEN])


def test_what_some_failing_tests_say_alike_is_told_once(told):
    checks = [("test_a", "failed", "one"), ("test_b", "failed", "two"), ("test_c", "failed", "two")]
    assert told(*checks) == (["one", "two"], ["one", "two"])


def test_what_differs_stands_under_each_test(told):
    checks = [("test_a", "failed", "one"), ("test_b", "failed", "two"), ("test_c", "failed", "three")]
    assert told(*checks) == (["one", "two", "three"], ["one", "two", "three"])


def test_a_message_has_the_tests_below_it_that_say_it(written):
    checks = [("test_a", "error", "two"), ("test_b", "error", "one"), ("test_c", "error", "two")]
    words = re.sub(r"<[^>]*>", " ", written(*checks)).split()
    assert [word for word in words if word in {"one", "two", "test_a", "test_b", "test_c"}][-5:] == [
        *("two", "test_a", "test_c", "test_b", "one")
    ]


@pytest.mark.parametrize(
    ("message", "html"),
    [
        ("the line `A1 = A1 * D1` is", "the line <code>A1 = A1 * D1</code> is"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("an `open one", "an `open one"),
        ("`a` and `b", "<code>a</code> and `b"),
        ("an empty `` one", "an empty `` one"),
        ("`<script>alert(1)</script>`", "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>"),
        ("<b>`</b>`<i>", "&lt;b&gt;<code>&lt;/b&gt;</code>&lt;i&gt;"),
        ('`" onload="x`', "<code>&quot; onload=&quot;x</code>"),
    ],
)
def test_what_stands_in_backticks_is_code_and_no_markup_of_anybodys(told, message, html):
    assert told(("test_a", "failed", message)) == ([html], [html])


def test_the_cause_and_the_hint_have_code_too(written):
    diagnosis = {"message": "in the line `a = 1`: b", "hint": "print `a`"}
    page = written(("test_a", "failed", "one"), diagnosis=diagnosis)
    assert "in the line <code>a = 1</code>: b" in page
    assert "print <code>a</code>" in page


def test_what_one_test_says_stands_under_it(told):
    assert told(("test_a", "failed", "one"), ("test_b", "passed", "")) == (["one"], ["one"])
