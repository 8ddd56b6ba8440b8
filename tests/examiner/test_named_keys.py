"""Messages name the keys that an exercise names, and none that only a hidden test asks for."""

from __future__ import annotations

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader

REFERENCE = """
def table(text):
    found = {"length": len(text)}
    found.update({word: word.upper() for word in text.split()})
    return found
"""
HIDDEN = "### BEGIN HIDDEN TESTS\nfrom reference import hw\n{}\n### END HIDDEN TESTS"
TESTS = {
    "asked": HIDDEN.format("checks.agree(table('secret'), hw.table('secret'))"),
    "written": HIDDEN.format("checks.agree(table('secret'), {'secret': 'SECRET'})"),
    "shown": "checks.agree(table('open'), {'open': 'OPEN', 'length': 4})",
}


@pytest.fixture(scope="module", name="messages")
def _messages(tmp_path_factory):
    root = tmp_path_factory.mktemp("keys")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").touch()
    (root / "reference" / "hw.py").write_text(REFERENCE)

    def write(path, answer):
        given, tests = ("given", "imports", "from autograder import checks"), TESTS.items()
        bridge.write_source(path, [given, ("answer", "table", answer), *(("test", *test) for test in tests)])
        return path

    write(root / "source" / "hw" / "hw.ipynb", REFERENCE.strip())
    with Grader(root) as grader:

        def messages(answer):
            result = grader.score(write(root / "mine.ipynb", answer), "hw")
            return {check.grade_id: check.message for one in result.functions for check in one.checks}

        yield messages


def test_a_key_that_the_notebook_has_in_quotes_is_named(messages):
    assert (
        messages("def table(text):\n    return {}")["asked"] == "the result has no 'length'; it has 0 of other names."
    )


def test_a_key_that_a_hidden_question_has_is_not_named(messages):
    told = messages("def table(text):\n    return {'length': len(text)}")
    assert told["asked"] == "the result lacks entries that should be there."


def test_a_key_that_a_hidden_test_has_in_quotes_is_not_named(messages):
    told = messages("def table(text):\n    return {'length': len(text), text: text}")
    assert told["written"] == "an entry of the result differs from the right text in upper and lower case."


def test_a_key_that_a_visible_test_has_in_quotes_is_named(messages):
    told = messages("def table(text):\n    return {'length': len(text), text: text}")
    assert told["shown"] == "open differs from the right text in upper and lower case."
