"""A reference that reads a file beside the notebook, as the students' answers do."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from toy_course import code

from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.results import CheckResult

RIGHT = "def words(path):\n    with open(path) as file:\n        return len(file.read().split())"
WRONG = f"{RIGHT} + 1"
WRITES = "def words(path):\n    open(path, 'a').write(' four')\n    return 3"
APPENDS = "def words(path):\n    open(path, 'a').write(' more')\n    return len(open(path).read().split())"
HIDDEN = "### BEGIN HIDDEN TESTS\nassert words('corpus.txt') == 3\n### END HIDDEN TESTS"
ASKS = "from reference import counts as reference\nassert words('corpus.txt') == reference.words('corpus.txt')"
SAVES = "def words(path):\n    open('out.txt', 'w').write('3')"
SAVED = "words('corpus.txt')\nassert open('out.txt').read() == '3'"
MARKS = {"grade": True, "solution": False, "locked": True, "points": 3, "grade_id": "test_words"}


def make_course(
    root: Path, reference: str, settings: str = 'execution = "full"\n', test: str = HIDDEN, answer: str = RIGHT
) -> None:
    source = root / "source" / "counts"
    source.mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "reference" / "counts.py").write_text(f"{reference}\n")
    (root / "course.toml").write_text(settings)
    (source / "corpus.txt").write_text("one two three")
    nbformat.write(notebook(answer, test), source / "counts.ipynb")


def notebook(answer: str, test: str = HIDDEN) -> nbformat.NotebookNode:
    cells = [
        code(answer, grade=False, solution=True, locked=False, grade_id="words"),
        code(test, **MARKS),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def graded(root: Path, answer: str) -> CheckResult:
    with Grader(root) as grader:
        submission = parse_document(nbformat.writes(notebook(answer)).encode())
        (function,) = grader.grade(submission, "x", "counts", "counts").functions
    return function.checks[0]


def test_a_wrong_answer_is_marked_where_the_reference_reads_a_file(tmp_path):
    make_course(tmp_path, RIGHT)
    assert graded(tmp_path, WRONG).score == 0


def test_a_course_named_by_a_relative_path_is_no_different(tmp_path, monkeypatch):
    make_course(tmp_path / "course", RIGHT)
    monkeypatch.chdir(tmp_path)
    assert graded(Path("course"), WRONG).score == 0


def test_the_working_folder_is_the_same_afterwards(tmp_path):
    make_course(tmp_path, RIGHT)
    before = Path.cwd()
    graded(tmp_path, WRONG)
    assert Path.cwd() == before


def test_a_reference_that_writes_leaves_the_source_as_it_is(tmp_path):
    make_course(tmp_path, WRITES)
    graded(tmp_path, WRONG)
    assert (tmp_path / "source" / "counts" / "corpus.txt").read_text() == "one two three"


def test_a_trusted_answer_reads_the_file_too(tmp_path):
    make_course(tmp_path, RIGHT)
    with Grader(tmp_path) as grader:
        (paper,) = grader.course.papers_of("counts")
        with grader.examiner(paper).rehearsing() as (reference, rehearsal):
            (check,) = rehearsal.judge(paper.functions[0], reference.answers["words"])
    assert check.score == 3


@pytest.mark.parametrize("told", ["corpus.txt", 'execution = "full"'])
def test_where_only_definitions_run_the_file_and_the_way_out_are_named(told, tmp_path):
    make_course(tmp_path, RIGHT, settings="")
    assert told in graded(tmp_path, RIGHT).message


@pytest.mark.parametrize(("answer", "score"), [(RIGHT, 3), (WRONG, 0)])
def test_a_test_cell_may_ask_a_reference_that_reads_a_file(answer, score, tmp_path):
    make_course(tmp_path, RIGHT, test=ASKS)
    assert graded(tmp_path, answer).score == score


@pytest.mark.parametrize(
    ("reference", "answer", "tests"),
    [
        pytest.param(RIGHT, RIGHT, ASKS.split("\n"), id="imported by the first"),
        pytest.param(APPENDS, WRONG, [ASKS, ASKS.replace("corpus", "./corpus")], id="changed by the first"),
    ],
)
def test_the_second_test_cell_finds_reference_and_file_as_the_first_did(reference, answer, tests, tmp_path):
    make_course(tmp_path, reference, answer=answer)
    path = tmp_path / "source" / "counts" / "counts.ipynb"
    source = nbformat.read(path, 4)
    source.cells[1:] = [code(test, **{**MARKS, "grade_id": f"test_{n}"}) for n, test in enumerate(tests)]
    nbformat.write(source, path)
    with Grader(tmp_path) as grader:
        submission = parse_document(nbformat.writes(source).encode())
        (function,) = grader.grade(submission, "x", "counts", "counts").functions
    assert [check.score for check in function.checks] == [3, 3]


def test_what_the_source_has_left_behind_does_not_stand_in_for_what_an_answer_writes(tmp_path):
    make_course(tmp_path, SAVES, test=SAVED, answer=SAVES)
    (tmp_path / "source" / "counts" / "out.txt").write_text("3")
    assert graded(tmp_path, SAVES.replace("'3'", "'4'")).score == 0
