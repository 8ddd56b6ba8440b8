"""`autograder audit` of courses whose reference is absent, broken or unsteady, or asks no questions."""

from __future__ import annotations

import json

import nbformat
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("audited references")]

WEAK = "assert mean(np.array([1.0, 1.0])) == 1.0"
QUESTIONS = 'QUESTIONS = {"mean": lambda seed: (np.random.RandomState(seed).uniform(1, 2, 3 + seed % 5),)}\n'
IMPORT = "import numpy as np\n"
MEAN = "def mean(x):\n    return np.sum(x) / x.shape[0]\n"


@pytest.fixture(scope="module")
def told(course, audit):
    """Audit a course with another reference, and its answer cell; give what the command said and the course folder."""

    def run(reference: str, answer: str = MEAN):
        root = course(WEAK)
        (root / "reference" / "toy.py").write_text(reference)
        rewrite(root, {"mean": answer})
        return audit(root, "toy", "--jobs", "1", "--json", root / "audit.json"), root

    return run


def rewrite(root, texts):
    """Give cells of the source notebook other texts, by their grade ids."""
    path = root / "source" / "toy" / "toy.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        cell.source = texts.get(cell.metadata.nbgrader.grade_id, cell.source)
    nbformat.write(notebook, path)


def cells_of(name, answer, test):
    """Make the cell of another answer, and that of its test."""
    about = {"schema_version": 3, "locked": False, "solution": True, "grade": False, "grade_id": name}
    tested = about | {"locked": True, "solution": False, "grade": True, "grade_id": f"test_{name}", "points": 1}
    texts = ((answer, about), (test, tested))
    return [nbformat.v4.new_code_cell(text, metadata={"nbgrader": metadata}) for text, metadata in texts]


def refused(ended):
    """Give what a command said that refused the course."""
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    return " ".join(ended.stderr.split())


@pytest.fixture(scope="module")
def questionless(told):
    """Audit a course whose reference has no question; give what the command said, and what it found of the function."""
    ended, root = told(IMPORT + MEAN)
    (function,) = json.loads((root / "audit.json").read_text())["functions"]
    return ended, function


def test_full_marks_without_a_question_reach_no_bar(questionless):
    assert questionless[0].returncode == 1


def test_without_a_question_wrong_answers_are_neither_equivalent_nor_survivors(questionless):
    _, function = questionless
    assert (function["equivalent"], function["survived"]) == ([], [])
    assert function["unasked"]


def test_the_terminal_shows_what_was_not_asked_and_says_why_once(questionless):
    ended, function = questionless
    assert "asked" in ended.stdout
    assert ended.stdout.count(": as above") == min(len(function["unasked"]), 5) - 1


def test_it_is_told_where_the_question_is_to_be_written(questionless):
    said = " ".join(questionless[0].stderr.split())
    assert 'QUESTIONS["mean"]' in said
    assert "reference/toy.py" in said


def test_questions_that_fail_are_told(told):
    said = refused(told(IMPORT + MEAN + 'QUESTIONS = {"mean": lambda seed: 1 / 0}\n')[0])
    assert "mean" in said
    assert "ZeroDivisionError" in said


def test_a_reference_that_disagrees_with_itself_is_named(told):
    unsteady = MEAN.replace("x.shape[0]", "x.shape[0] + np.random.default_rng().random()")
    said = refused(told(IMPORT + unsteady + QUESTIONS, unsteady)[0])
    assert "reference/toy.py: mean disagrees with itself" in said


def test_a_reference_that_draws_from_the_seeded_stream_agrees_with_itself(told):
    drawn = MEAN.replace("x.shape[0]", "x.shape[0] + np.random.rand()")
    assert "disagrees" not in told(IMPORT + drawn + QUESTIONS, drawn)[0].stderr


def test_a_reference_that_yields_is_asked_as_others_are(course, audit):
    root = course("assert list(mean(np.array([1.0, 1.0]))) == [1.0]")
    text = MEAN.replace("return", "yield")
    (root / "reference" / "toy.py").write_text(IMPORT + text + QUESTIONS)
    (root / "course.toml").write_text('execution = "full"\n')
    changed = {"mean": text, "test_mean_shown": "assert list(mean(np.array([1.0, 3.0]))) == [2.0]"}
    rewrite(root, changed)
    ended = audit(root, "toy", "--jobs", "1", "--json", root / "audit.json")
    assert ended.returncode == 1, ended.stderr
    (function,) = json.loads((root / "audit.json").read_text())["functions"]
    assert function["killed"]
    assert function["refused"] == []
    assert {one["why"].partition(": ")[2] for one in function["survived"]} <= {"result differs"}


def test_a_function_that_the_reference_lacks_is_left_out_and_named(course, audit):
    root = course(WEAK)
    path = root / "source" / "toy" / "toy.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells += cells_of("total", "def total(x):\n    return np.sum(x)", "assert total([1, 2]) == 3")
    nbformat.write(notebook, path)
    ended = audit(root, "toy", "--jobs", "1", "--json", root / "audit.json")
    assert ended.returncode == 1, ended.stderr
    assert "Left out, for reference/toy.py has no such function: total." in " ".join(ended.stdout.split())
    found = json.loads((root / "audit.json").read_text())
    assert found["unreferenced"] == ["total"]
    assert [function["name"] for function in found["functions"]] == ["mean"]


def test_a_reference_without_any_graded_function_is_refused(told):
    said = refused(told(IMPORT + MEAN.replace("mean", "meen"))[0])
    assert "reference/toy.py has none of the graded functions (mean)" in said


def test_a_notebook_that_has_drifted_from_its_reference_is_told_first(told):
    said = refused(told(IMPORT + MEAN.replace("(x)", "(x, axis)") + QUESTIONS)[0])
    assert said.startswith("source/toy/toy.ipynb: mean has drifted from reference/toy.py: run `autograder build`.")


def test_an_import_that_is_absent_is_told_with_its_line(told):
    said = refused(told(IMPORT + "import not_here\n" + MEAN)[0])
    assert "reference/toy.py, line 2" in said
    assert "not_here" in said


def test_a_syntax_error_is_told_with_its_line(told):
    said = refused(told(IMPORT + "def mean(x)\n    return 1\n")[0])
    assert "reference/toy.py, line 2" in said


def test_a_course_without_a_reference_is_told_once_what_it_needs(course, audit):
    root = course(WEAK)
    (root / "reference" / "toy.py").unlink()
    said = refused(audit(root, "toy"))
    assert said.count("reference/toy.py") == 1
    assert "QUESTIONS" in said
    assert "mean" in said


def test_a_rewriting_that_is_no_right_answer_is_dropped_and_told(told):
    # What was kept of an array changes with it, where that is worked on in place.
    body = ["s = x * 1", "kept = [s]", "s = s * 2", "return (np.sum(kept) + np.sum(s)) / 3 / len(x)"]
    text = "def mean(x):\n" + "".join(f"    {line}\n" for line in body)
    ended, root = told(IMPORT + text + QUESTIONS, text)
    (function,) = json.loads((root / "audit.json").read_text())["functions"]
    assert [one["variant"] for one in function["dropped"] if one["variant"].startswith("in-place")]
    assert not [one for one in function["refused"] if one["variant"].startswith("in-place")]
    assert "left out" in ended.stdout


def test_a_known_mistake_that_raises_is_told_with_its_line(course, audit):
    root = course(WEAK)
    path = root / "reference" / "misconceptions" / "toy.py"
    path.write_text(path.read_text().replace("np.median(x)", "np.meidan(x)"))
    ended = audit(root, "toy", "--jobs", "1")
    said = " ".join(ended.stderr.split())
    assert ended.returncode == 1
    assert "The known mistake 'median-for-mean' of mean is never named" in said
    assert "reference/misconceptions/toy.py, line 5: AttributeError" in said


def test_what_keeps_lost_marks_from_being_explained_is_told(told):
    # No other part of an audit asks that.
    questions = (
        QUESTIONS + '_drawn = QUESTIONS["mean"]\nQUESTIONS["mean"] = lambda seed: _drawn(seed)[seed == 10**6 + 1 :]\n'
    )
    said = " ".join(told(IMPORT + MEAN + questions)[0].stderr.split())
    assert "Lost marks of mean are not explained" in said


def test_a_class_is_left_out_and_named(course, audit):
    root = course(WEAK)
    (root / "course.toml").write_text('execution = "full"\n')
    (root / "reference" / "toy.py").write_text(f"{IMPORT}{MEAN}\n\nclass Model:\n    pass\n\n\n{QUESTIONS}")
    path = root / "source" / "toy" / "toy.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells += cells_of("Model", "class Model:\n    pass", "Model()")
    nbformat.write(notebook, path)
    ended = audit(root, "toy", "--jobs", "1")
    assert ended.returncode == 1, ended.stderr
    assert "Left out, for an audit makes right and wrong answers of functions only: Model." in " ".join(
        ended.stdout.split()
    )
    assert "mean" in ended.stdout
