"""What explains an answer has limits of its own, and costs no marks where it runs into them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.diagnosis import Misconception
from autograder.examiner.guard import guarded
from autograder.examiner.reference import Reference
from autograder.examiner.subjects import subject_of
from autograder.results import Verdict

REFERENCE = """
def tokens(text):
    ### BEGIN SOLUTION
    return text.split()
    ### END SOLUTION


def orders(text):
    if not text:
        yield ""
    for i, letter in enumerate(text):
        for rest in orders(text[:i] + text[i + 1 :]):
            yield letter + rest


def vocabulary(texts):
    ### BEGIN SOLUTION
    words = set()
    for text in texts:
        words |= set(tokens(text))
    ### END SOLUTION
    return len(words)


QUESTIONS = {"vocabulary": lambda seed: ([f"some words of number {seed} and others", "and more of them"],)}
"""
TOKENS = "def tokens(text):\n    return text.split()"
TEST = "from reference import hw\nassert vocabulary(['a b', 'b']) == hw.vocabulary(['a b', 'b'])"


@pytest.fixture(scope="module", name="grader")
def _grader(tmp_path_factory):
    root = tmp_path_factory.mktemp("bounded")
    (root / "source" / "hw").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "__init__.py").touch()
    (root / "reference" / "hw.py").write_text(REFERENCE)
    cells = [
        ("answer", "tokens", TOKENS),
        ("test", "tokens 1", "assert tokens('a b') == ['a', 'b']"),
        ("answer", "vocabulary", "def vocabulary(texts):\n    return len({w for t in texts for w in tokens(t)})"),
        ("test", "vocabulary 1", TEST),
    ]
    bridge.write_source(root / "source" / "hw" / "hw.ipynb", cells)
    with Grader(root) as grader:
        yield grader


def test_a_slip_that_takes_all_time_and_memory_leaves_the_result_as_it_is(grader, tmp_path):
    wrong = "def vocabulary(texts):\n    return len({w for t in texts for w in tokens(t)}) + 1"
    path = tmp_path / "hw.ipynb"
    bridge.write_source(path, [("answer", "tokens", TOKENS), ("answer", "vocabulary", wrong)])
    with guarded(60, 4000):
        result = grader.score(path, "hw")
    assert {one.name: one.verdict for one in result.functions} == {
        "tokens": Verdict.PASSED,
        "vocabulary": Verdict.FAILED,
    }
    assert result.functions[1].diagnosis


@pytest.fixture(scope="module", name="aside")
def _aside(grader, tmp_path_factory):
    path = tmp_path_factory.mktemp("aside") / "hw.ipynb"
    wrong = "def vocabulary(texts):\n    return len({w for t in texts for w in tokens(t)}) + 1"
    bridge.write_source(path, [("answer", "tokens", TOKENS), ("answer", "vocabulary", wrong)])
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(grader.score, path, "hw").result()


def test_outside_the_main_thread_the_marks_are_the_same(aside):
    assert [one.verdict for one in aside.functions] == [Verdict.PASSED, Verdict.FAILED]


def test_outside_the_main_thread_a_notice_says_that_slips_are_not_looked_for(aside):
    assert [notice for notice in aside.notices if "slips of vocabulary are not looked for" in notice]


def never_ends(_texts):
    return sum(1 for _ in iter(int, 1))


def test_outside_the_main_thread_an_endless_known_mistake_is_not_begun():
    catalogue = [Misconception("endless", "vocabulary", never_ends, "It never ends.", "Think.")]
    reference = Reference({"vocabulary": len}, {"vocabulary": lambda _seed: (["a", "b"],)}, catalogue=catalogue)
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(subject_of, reference, "vocabulary").result().broken == {}
