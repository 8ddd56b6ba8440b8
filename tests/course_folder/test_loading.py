"""A course folder is read as a whole, and all of its faults are told at once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course, find_root, load
from autograder.errors import CourseError, UsageError
from autograder.notebook import parse_document

HIDDEN = "# about f\n### BEGIN HIDDEN TESTS\nassert f()\n### END HIDDEN TESTS"


def cell(source: str, grade_id: str = "", **nbgrader: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id, **nbgrader}} if grade_id or nbgrader else {}
    return {"cell_type": "code", "source": source, "metadata": metadata}


def answer(name: str) -> dict[str, Any]:
    return cell(f"# GRADED FUNCTION\n\ndef {name}():\n    return 1", name, grade=False, solution=True, locked=False)


def graded(name: str, points: Any = 2, source: str = "", grade_id: str = "") -> dict[str, Any]:
    source = source or HIDDEN.replace("f()", f"{name.partition('_')[0]}()")
    return cell(source, grade_id or f"test_{name}", grade=True, solution=False, locked=True, points=points)


GIVEN = cell("import numpy as np", "given_imports", grade=False, solution=False, locked=True)


def write(root: Path, assignment: str, *cells: dict[str, Any]) -> None:
    folder = root / "source" / assignment
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{assignment}.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(
        tmp_path,
        "first",
        GIVEN,
        answer("f"),
        graded("f"),
        cell("f()"),
        graded("f_again", 3),
        answer("g"),
        graded("g", 0),
    )
    write(tmp_path, "second", answer("h"), graded("h", 1.5))
    return tmp_path


def faults_of(root: Path) -> tuple[str, ...]:
    with pytest.raises(CourseError) as failure:
        load(root)
    return failure.value.faults


def submission(*names: str) -> Any:
    cells = [cell(f"def {name}(x):\n    pass") for name in names]
    return parse_document(json.dumps({"cells": cells}).encode()).notebook()


def test_functions_points_and_given_cells_are_read(root: Path) -> None:
    paper, other = load(root).papers
    assert [(f.name, f.points, len(f.tests)) for f in paper.functions] == [("f", 5, 2), ("g", 0, 1)]
    assert (paper.points, paper.given) == (5, ("import numpy as np",))
    assert paper.given_ids == {"given_imports", "test_f", "test_f_again", "test_g"}
    assert (other.assignment, other.points) == ("second", 1.5)


def test_five_faults_are_told_at_once(root: Path) -> None:
    write(
        root,
        "broken",
        answer("k"),
        graded("k", points="ten"),
        graded("k"),
        graded("open", source="### BEGIN HIDDEN TESTS"),
    )
    (root / "source" / "second" / "second.ipynb").write_text("no notebook", encoding="utf-8")
    (root / "course.toml").write_text("[assignments.thrid.limits]\nmemory_mb = 10\n", encoding="utf-8")
    faults = faults_of(root)
    assert len(faults) == 5
    told = "\n".join(faults)
    for part in (
        "has points 'ten'",
        "grade id 'test_k'",
        "markers ['BEGIN']",
        "second.ipynb: The file is not JSON",
        "source/thrid",
    ):
        assert part in told


MARKERS = {
    "no end": "### BEGIN HIDDEN TESTS\n1",
    "no beginning": "1\n### END HIDDEN TESTS",
    "end first": "### END HIDDEN TESTS\n### BEGIN HIDDEN TESTS",
    "two beginnings": "### BEGIN HIDDEN TESTS\n" + HIDDEN,
    "one hash, as nbgrader takes it": "# BEGIN HIDDEN TESTS\n1",
    "behind code, as nbgrader takes it": "x = 1  ### BEGIN HIDDEN TESTS",
}


@pytest.mark.parametrize("source", MARKERS.values(), ids=MARKERS)
def test_markers_that_do_not_pair_are_a_fault(root: Path, source: str) -> None:
    write(root, "first", answer("f"), graded("f", source=source))
    (fault,) = faults_of(root)
    assert "hidden-test markers" in fault


@pytest.mark.parametrize("words", [("begin", "end"), ("Begin", "End"), ("begin", "END"), ("BEGIN", "End")])
def test_a_marker_that_nbgrader_would_not_know_is_a_fault(root: Path, words: tuple[str, str]) -> None:
    first, last = (f"### {word} hidden tests" for word in words)
    write(root, "first", answer("f"), graded("f", source=f"{first}\nassert f()\n{last}"))
    faults = faults_of(root)
    for fault, line, wanted in zip(faults, (first, last), ("BEGIN", "END"), strict=True):
        assert f"the test cell 'test_f' has the line {line!r}" in fault
        assert f"Write '### {wanted} HIDDEN TESTS'" in fault


def test_one_marker_in_the_wrong_letters_is_one_fault(root: Path) -> None:
    write(root, "first", answer("f"), graded("f", source=HIDDEN.replace("BEGIN HIDDEN TESTS", "BEGIN HIDDEN TEST")))
    (fault,) = faults_of(root)
    assert "'### BEGIN HIDDEN TEST'" in fault


@pytest.mark.parametrize("line", ["# we begin hidden tests", "text = '# begin hidden tests'", "# Hidden tests:"])
def test_words_about_hidden_tests_are_no_marker(root: Path, line: str) -> None:
    write(root, "first", answer("f"), graded("f", source=f"{line}\n{HIDDEN}"))
    assert load(root).papers


@pytest.mark.parametrize("marker", ["### {} HIDDEN TESTS", "# {} HIDDEN TESTS", "    ### {} HIDDEN TESTS ###"])
def test_hidden_lines_are_those_that_nbgrader_takes_out(root: Path, marker: str) -> None:
    source = f"open = 1\n{marker.format('BEGIN')}\nassert f()\n{marker.format('END')}\nopen = 2"
    write(root, "first", answer("f"), graded("f", source=source))
    (function,) = load(root).papers_of("first")[0].functions
    assert list(function.tests[0].hidden_lines()) == [2, 3, 4]


def test_what_stands_between_two_hidden_regions_is_visible(root: Path) -> None:
    hidden = "### BEGIN HIDDEN TESTS\nassert f()\n### END HIDDEN TESTS"
    write(root, "first", answer("f"), graded("f", source=f"first = 1\n{hidden}\nbetween = 2\n{hidden}\nlast = 3"))
    (function,) = load(root).papers_of("first")[0].functions
    assert function.tests[0].visible == "first = 1\nbetween = 2\nlast = 3"


def test_a_students_version_of_a_test_is_never_run_whether_it_is_locked_or_not(root: Path) -> None:
    unlocked = cell(HIDDEN, "test_f", grade=True, solution=False, locked=False, points=1)
    write(root, "first", GIVEN, answer("f"), unlocked)
    assert load(root).papers_of("first")[0].given_ids == {"given_imports", "test_f"}


@pytest.mark.parametrize("definition", ["def f():\n    return 1", "async def f():\n    return 1"])
def test_an_answer_has_the_name_of_its_function_where_its_cell_has_another(root: Path, definition: str) -> None:
    write(root, "first", cell(definition, "cell_1", grade=False, solution=True, locked=False), graded("f"))
    (paper,) = load(root).papers_of("first")
    assert [function.name for function in paper.functions] == list(paper.answers) == ["f"]


def test_an_answer_that_is_a_class_has_the_name_of_its_cell(root: Path) -> None:
    write(root, "first", cell("class F:\n    pass", "cell_1", grade=False, solution=True, locked=False), graded("f"))
    (paper,) = load(root).papers_of("first")
    assert [function.name for function in paper.functions] == list(paper.answers) == ["cell_1"]


@pytest.mark.parametrize("points", [None, "2", True, -1, [2], float("nan"), float("inf"), 10**400, 1e7])
def test_points_must_be_a_number_that_can_be_added(root: Path, points: Any) -> None:
    write(root, "first", answer("f"), graded("f", points=points))
    (fault,) = faults_of(root)
    assert "'test_f' has points" in fault


def test_cells_without_a_grade_id_are_no_duplicates(root: Path) -> None:
    plain = cell("1", grade=False, solution=False, locked=False)
    write(root, "first", cell("0"), plain, plain, answer("f"), graded("f"))
    assert len(load(root).papers) == 2


def test_a_notebook_without_a_test_is_a_fault(root: Path) -> None:
    write(root, "first", answer("f"))
    (root / "course.toml").write_text('execution = "definitions"\n')
    assert "no cell is a graded test" in faults_of(root)[0]


def test_in_a_course_that_runs_in_full_a_notebook_may_be_for_reading_only(root: Path) -> None:
    write(root, "first", answer("f"))
    assert load(root).papers[0].points == 0


def test_a_course_folder_whose_path_is_no_text_is_one_fault(root: Path) -> None:
    latin = root.rename(root.with_name(os.fsdecode(b"caf\xe9")))
    (fault,) = faults_of(latin)
    assert fault == (
        rf"The path {root.parent}/caf\xe9 is no UTF-8, in which it would be handed on and written down. "
        "Give the file or folder another name."
    )


def test_a_notebook_whose_name_is_no_text_is_a_fault(root: Path) -> None:
    path = root / "source" / "first" / "first.ipynb"
    path.rename(path.with_name(os.fsdecode(b"caf\xe9.ipynb")))
    (fault,) = faults_of(root)
    assert fault.startswith(r"The path source/first/caf\xe9.ipynb is no UTF-8")


def test_names_that_are_no_text_are_told_with_the_other_faults(root: Path) -> None:
    for folder in (root / "source" / "first", root / "source" / "second"):
        path = folder / f"{folder.name}.ipynb"
        path.rename(path.with_name(os.fsdecode(b"caf\xe9.ipynb")))
    (root / "course.toml").write_text("[assignments.first.limits]\nmemory_mb = 512\n[assignments.thrid]\n")
    faults = faults_of(root)
    assert [fault.partition(",")[0] for fault in faults] == [
        r"The path source/first/caf\xe9.ipynb is no UTF-8",
        r"The path source/second/caf\xe9.ipynb is no UTF-8",
        "course.toml: assignments.thrid is set",
    ]


def test_a_course_without_a_notebook_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    assert "no notebook" in faults_of(tmp_path)[0]


def test_settings_of_a_folder_without_a_notebook_say_what_it_lacks(root: Path) -> None:
    (root / "source" / "third").mkdir()
    (root / "course.toml").write_text("[assignments.third.limits]\nmemory_mb = 512\n", encoding="utf-8")
    (fault,) = faults_of(root)
    assert fault == (
        "course.toml: assignments.third is set, but no notebook is in source/third. "
        "Put one there, or take the section out."
    )


def test_limits_of_an_assignment_change_those_of_the_course(root: Path) -> None:
    text = "[limits]\nseconds_per_call = 3\nmemory_mb = 512\n[assignments.second.limits]\nseconds_per_call = 0.5\n"
    (root / "course.toml").write_text(text, encoding="utf-8")
    first, second = (paper.limits for paper in load(root).papers)
    assert (first.seconds_per_call, first.memory_mb) == (3.0, 512)
    assert (second.seconds_per_call, second.memory_mb) == (0.5, 512)


def test_more_time_for_a_part_of_a_notebook_is_more_for_the_whole(root: Path) -> None:
    text = "[limits]\nseconds_to_define = 500\n[assignments.second.limits]\nseconds_per_notebook = 70\n"
    (root / "course.toml").write_text(text, encoding="utf-8")
    first, second = (paper.limits for paper in load(root).papers)
    assert (first.seconds_per_notebook, second.seconds_per_notebook) == (1000.0, 70.0)


SETTINGS = {
    "no TOML": ("limits = [", "cannot be read"),
    "unknown section": ("[limit]\n", "'limit' is no setting"),
    "unknown limit": ("[limits]\nseconds = 3", "limits.seconds is no limit; known are seconds_per_call"),
    "unknown key of an assignment": ("[assignments.first]\nspeed = 1", "assignments.first.speed is no setting"),
    "no table": ("limits = 3", "a table is wanted"),
    "no table of an assignment": ("[assignments]\nfirst = 3", "assignments.first is 3; a table is wanted"),
    "no switch": ("smallest_example = 1", "smallest_example is 1; true or false is wanted"),
    "text": ("[limits]\nmemory_mb = '2 GB'", "'2 GB'; a whole number above 0"),
    "fraction of a whole number": ("[limits]\nmemory_mb = 1.5", "a whole number"),
    "boolean": ("[limits]\nseconds_per_call = true", "True; a number above 0"),
    "zero": ("[limits]\nseconds_per_call = 0", "a number above 0"),
    "negative": ("[limits]\nseconds_per_call = -1.0", "a number above 0"),
    "no number": ("[limits]\nseconds_per_call = nan", "nan; a number above 0"),
    "infinite": ("[limits]\nseconds_per_call = inf", "inf; a number above 0"),
    "huge": ("[limits]\nmemory_mb = 1" + "0" * 400, "a whole number above 0"),
}


@pytest.mark.parametrize(("text", "message"), SETTINGS.values(), ids=SETTINGS)
def test_a_wrong_setting_is_a_fault(root: Path, text: str, message: str) -> None:
    (root / "course.toml").write_text(text, encoding="utf-8")
    (fault,) = faults_of(root)
    assert fault.startswith("course.toml")
    assert message in fault


@pytest.mark.parametrize(("text", "shown"), [("", True), ("smallest_example = false", False)])
def test_the_instructor_decides_on_examples(root: Path, text: str, shown: bool) -> None:
    (root / "course.toml").write_text(text, encoding="utf-8")
    assert load(root).smallest_example is shown


RECOGNIZED = {
    "by its functions": (submission("f", "g"), "homework (3)", "first"),
    "by most of its functions": (submission("h", "f", "g"), "second", "first"),
    "by its name where functions tie": (submission("h", "f"), "second", "second"),
    "by its name alone": (submission(), "second", "second"),
    "by nothing": (submission("main"), "homework", None),
}


# As one letter, and as a letter and its dots, which is how macOS names files.
COMPOSED, DECOMPOSED = "\u00dcbung1", "U\u0308bung1"


@pytest.mark.parametrize(("ours", "theirs"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)])
def test_a_file_is_recognized_by_its_name_however_its_letters_are_composed(root: Path, ours: str, theirs: str) -> None:
    write(root, ours, answer("f"), graded("f"))
    paper = load(root).recognize(submission(), theirs)
    assert paper is not None
    assert paper.assignment == ours


@pytest.mark.parametrize(("ours", "theirs"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)])
def test_a_notebook_of_an_assignment_is_found_however_the_letters_of_its_name_are_composed(
    root: Path, ours: str, theirs: str
) -> None:
    for name in (ours, "other"):
        cells = {"cells": [answer("k"), graded("k")], "nbformat": 4}
        (root / "source" / "second" / f"{name}.ipynb").write_text(json.dumps(cells), encoding="utf-8")
    paper = load(root).recognize(submission("h"), theirs, "second")
    assert paper is not None
    assert paper.name == ours


@pytest.mark.parametrize(("notebook", "name", "assignment"), RECOGNIZED.values(), ids=RECOGNIZED)
def test_a_submission_is_recognized(root: Path, notebook: Any, name: str, assignment: str | None) -> None:
    paper = load(root).recognize(notebook, name)
    assert (paper.assignment if paper else None) == assignment


def test_a_named_assignment_is_taken_whatever_the_notebook_defines(root: Path) -> None:
    course: Course = load(root)
    paper = course.recognize(submission("f"), "first", "second")
    assert paper is course.papers_of("second")[0]


def test_an_unknown_assignment_names_those_there_are(root: Path) -> None:
    with pytest.raises(UsageError, match=r"no assignment 'third' in this course\. It has: first, second"):
        load(root).papers_of("third")


def test_the_course_is_found_from_a_folder_in_it(root: Path) -> None:
    assert find_root(root / "source" / "first") == root
    assert find_root(root) == root


def test_outside_of_a_course_the_next_step_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"not inside a course folder.*--course"):
        find_root(tmp_path)


def test_a_class_among_functions_with_a_reference_is_refused(root):
    (root / "reference").mkdir()
    (root / "reference" / "third.py").write_text("")
    shown = cell("class Model:\n    pass", "model", grade=False, solution=True, locked=False)
    write(root, "third", GIVEN, answer("f"), graded("f"), shown, graded("model", source="assert Model()"))
    (fault,) = faults_of(root)
    assert fault == (
        "source/third/third.ipynb: the answer cell 'model' has a class and no function. A class is graded only with "
        'execution = "full" in course.toml. Set that, or ask for a function.'
    )


def test_a_class_is_graded_where_whole_notebooks_run(root):
    shown = cell("class Model:\n    pass", "model", grade=False, solution=True, locked=False)
    write(root, "third", shown, graded("model", source="assert Model()"))
    assert "third" in load(root).assignments()
