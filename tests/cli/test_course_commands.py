"""The commands on a course, one after another as an instructor gives them, on a course of one function."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from command import invoke, run
from receivers import coursera_read, gradescope_read, rows_of
from tiny_course import make_course
from tiny_edits import forget, withdraw

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError, CourseError, UsageError
from autograder.nbgrader_bridge.feedback import Feedback
from autograder.sandbox import examine

ANSWERS = {"ann": "def double(x):\n    return x + x", "ben": "def double(x):\n    return 2"}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("tiny") / "course"
    make_course(root)
    return root


@pytest.fixture(scope="module")
def released(course) -> str:
    return run(course, "release", "hw")


@pytest.fixture(scope="module")
def collected(course, released) -> str:
    assert released
    for student, answer in ANSWERS.items():
        folder = course.parent / student
        folder.mkdir()
        notebook = bridge.fetch(course, student, folder, "hw") / "hw.ipynb"
        document = nbformat.read(notebook, as_version=4)
        document.cells[1].source = answer
        nbformat.write(document, notebook)
        bridge.submit(course, student, folder, "hw")
    return run(course, "collect", "hw")


@pytest.fixture(scope="module")
def graded(course, collected) -> str:
    assert collected
    return run(course, "grade", "hw")


def test_release_says_where_the_files_are(released):
    assert "release/hw" in released


def test_collect_counts_the_submissions(collected):
    assert "2 submissions of hw" in collected


@pytest.mark.parametrize("row", ["ann 5 / 5", "ben 2 / 5 double (partial)"])
def test_grade_shows_the_class(graded, row):
    assert row in graded


def test_grade_says_how_far_student_code_was_kept_apart(graded):
    assert "Isolation:" in graded


@pytest.mark.usefixtures("graded")
def test_the_gradebook_has_the_scores(course):
    assert {row.student: row.points for row in bridge.standing(course, "hw")} == {"ann": 5, "ben": 2}


@pytest.mark.usefixtures("graded")
def test_an_assignment_that_is_named_twice_is_graded_once(course):
    said = run(course, "grade", "hw", "hw")
    assert said.count("hw: 2 submissions") == 1
    assert re.search(r"submissions 2 in", said)


@pytest.mark.usefixtures("graded")
def test_a_run_that_goes_on_counts_what_it_did_itself(course):
    said = run(course, "grade", "hw", "--resume")
    assert re.search(r"submissions 0 in [\d.]+ s; 2 were graded before", said)
    assert "slowest none" in said


@pytest.mark.usefixtures("graded")
def test_an_assignment_that_is_named_twice_is_regraded_once(course):
    assert "0 change within, 2 stay as they are" in run(course, "regrade", "hw", "hw")


@pytest.mark.usefixtures("graded")
def test_one_student_can_be_graded_alone(course):
    output = run(course, "grade", "hw", "--student", "ann")
    assert "ann" in output
    assert "ben" not in output


@pytest.mark.usefixtures("graded")
def test_a_student_without_a_submission_is_the_callers_mistake(course):
    with pytest.raises(UsageError, match="zoe"):
        run(course, "grade", "hw", "--student", "zoe")


@pytest.mark.usefixtures("graded")
def test_who_cannot_be_graded_has_a_row_and_a_reason_too(course, tmp_path):
    other = Path(shutil.copytree(course, tmp_path / "course"))
    for student, name, text in (("eve", "hw.ipynb", "{"), ("fay", "Hw.ipynb", "{}")):
        (other / "submitted" / student / "hw").mkdir(parents=True)
        (other / "submitted" / student / "hw" / name).write_text(text)
    told = run(other, "grade", "hw")
    assert "hw: 4 submissions" in told
    assert "eve not graded fay not graded" in told
    assert "fay: not graded: its folder has no hw.ipynb, but Hw.ipynb. Rename the one that counts" in told
    assert "submissions 4 in" in told


@pytest.mark.usefixtures("graded")
def test_who_is_asked_for_and_cannot_be_graded_is_told_why(course, tmp_path):
    other = Path(shutil.copytree(course, tmp_path / "course"))
    (other / "submitted" / "fay" / "hw").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"fay: its folder has no hw\.ipynb"):
        run(other, "grade", "hw", "--student", "fay")


@pytest.mark.usefixtures("graded")
def test_feedback_names_whose_page_has_to_be_passed_on(course, tmp_path):
    by_hand = Path(shutil.copytree(course, tmp_path / "course"))
    (by_hand / "autograded" / "ben" / "hw" / "submission_secret.txt").unlink()
    told = run(by_hand, "feedback", "hw")
    assert "The feedback of hw is in feedback/ and released" in told
    assert "Not handed in through nbgrader's exchange: ben." in told


@pytest.mark.usefixtures("graded")
def test_feedback_says_that_it_worked_where_nobody_handed_in_through_the_exchange(course, tmp_path):
    downloaded = Path(shutil.copytree(course, tmp_path / "course"))
    for secret in downloaded.glob("autograded/*/hw/submission_secret.txt"):
        secret.unlink()
    told = run(downloaded, "feedback", "hw")
    assert "The feedback of hw is in feedback/. Not handed in through nbgrader's exchange: ann, ben. Pass" in told


def test_feedback_of_what_was_never_released_says_to_release_it(tmp_path):
    make_course(tmp_path / "course")
    with pytest.raises(BridgeError, match="Run `autograder release hw` first"):
        run(tmp_path / "course", "feedback", "hw")


@pytest.mark.usefixtures("graded")
def test_of_many_whose_page_has_to_be_passed_on_ten_are_named(course, monkeypatch):
    left = tuple(f"s{number}" for number in range(11))
    monkeypatch.setattr(bridge, "release_feedback", lambda *_: Feedback(0, left))
    told = run(course, "feedback", "hw")
    assert "exchange: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, … (11). Pass their pages on" in told


@pytest.mark.usefixtures("graded")
def test_feedback_makes_a_page_a_student(course):
    told = run(course, "feedback", "hw")
    assert "Not handed in" not in told
    assert {path.parent.parent.name for path in course.glob("feedback/*/hw/hw.html")} == set(ANSWERS)


@pytest.mark.usefixtures("graded")
def test_feedback_names_whom_the_gradebook_does_not_know_any_more(course, tmp_path):
    other = Path(shutil.copytree(course, tmp_path / "course"))
    forget(other, "ben")
    told = run(other, "feedback", "hw")
    assert "No page for ben: the gradebook knows no submission of theirs. Run `autograder grade hw`" in told


@pytest.mark.usefixtures("graded")
def test_feedback_says_why_of_everybody_whose_page_could_not_be_made(course, tmp_path):
    other = Path(shutil.copytree(course, tmp_path / "course"))
    shutil.copytree(other / "submitted" / "ben", other / "submitted" / "[b-z]*")
    run(other, "grade", "hw")
    # Of an earlier run: who has a page is not among those who have none.
    (other / "feedback" / "[b-z]*" / "hw").mkdir(parents=True)
    done = invoke(["feedback", "hw", "--course", str(other)])
    told = " ".join(done.output.split())
    assert (done.exit_code, "[b-z]* gets no page: nbgrader takes the name for a pattern" in told) == (3, True)


@pytest.mark.usefixtures("graded")
def test_export_writes_the_marks(course, tmp_path):
    run(course, "export", "hw", "--file", tmp_path / "marks.csv")
    rows = csv.DictReader((tmp_path / "marks.csv").read_text(encoding="utf-8").splitlines())
    assert {row["student_id"]: float(row["score"]) for row in rows} == {"ann": 5, "ben": 2}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize(
    ("to", "read"),
    [
        ("canvas", lambda text: {row[3]: float(row[5]) for row in rows_of(text)[2:]}),
        ("moodle", lambda text: {row[2]: float(row[5]) for row in rows_of(text)[1:]}),
        (
            "nbgrader",
            lambda text: {row["student_id"]: float(row["score"]) for row in csv.DictReader(text.splitlines())},
        ),
    ],
)
def test_every_table_has_the_marks_of_the_gradebook(course, tmp_path, to, read):
    run(course, "export", "hw", "--to", to, "--file", tmp_path / "marks.csv")
    assert read((tmp_path / "marks.csv").read_text(encoding="utf-8")) == {"ann": 5, "ben": 2}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize(
    ("to", "name", "read"),
    [
        ("gradescope", "results.json", lambda text: gradescope_read(text)["score"]),
        ("coursera", "feedback.json", lambda text: coursera_read(text)[0] * 5),
    ],
)
def test_every_folder_has_a_file_a_student(course, tmp_path, to, name, read):
    run(course, "export", "hw", "--to", to, "--file", tmp_path / to)
    assert {path.parent.name: read(path.read_text()) for path in tmp_path.glob(f"*/*/{name}")} == {"ann": 5, "ben": 2}


@pytest.mark.usefixtures("graded")
def test_report_writes_the_class_and_a_page_a_student(course, tmp_path):
    run(course, "report", "hw", "--to", tmp_path / "class.html", "--pages", tmp_path / "pages")
    assert "2 of 2 students handed in" in (tmp_path / "class.html").read_text(encoding="utf-8")
    assert {path.stem for path in (tmp_path / "pages").iterdir()} == set(ANSWERS)


@pytest.mark.usefixtures("graded")
def test_report_takes_away_the_page_of_who_has_no_submission_any_more(course, tmp_path):
    other = Path(shutil.copytree(course, tmp_path / "course"))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").touch()
    report = "report", "hw", "--to", tmp_path / "class.html", "--pages", tmp_path / "pages"
    run(other, *report)
    withdraw(other, "ben")
    assert "The page of an earlier report is taken away: ben." in run(other, *report)
    assert {path.stem for path in (tmp_path / "pages").iterdir()} == {"ann", "index"}


def test_a_report_before_anything_is_graded_says_what_to_do(tmp_path):
    make_course(tmp_path / "course")
    bridge.generate(tmp_path / "course", "hw")
    with pytest.raises(UsageError, match="autograder grade hw"):
        run(tmp_path / "course", "report", "hw", "--to", tmp_path / "class.html")


def test_an_export_into_a_folder_that_is_not_there_is_the_callers_mistake(course, tmp_path):
    with pytest.raises(UsageError, match="Nothing was done"):
        run(course, "export", "hw", "--file", tmp_path / "nowhere" / "marks.csv")


def test_before_anything_is_collected_grade_says_what_to_do(tmp_path):
    make_course(tmp_path / "course")
    bridge.generate(tmp_path / "course", "hw")
    with pytest.raises(UsageError, match="autograder collect hw"):
        run(tmp_path / "course", "grade", "hw")


@pytest.mark.parametrize("command", ["release", "collect", "grade", "feedback", "export", "report"])
def test_of_an_unknown_assignment_the_known_ones_are_told(course, command):
    with pytest.raises(UsageError, match="It has: hw"):
        run(course, command, "hv")


def test_build_brings_a_drifted_notebook_in_line(tmp_path):
    make_course(tmp_path)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text("def double(x):\n    return x * 2\n")
    run(tmp_path, "build")
    assert "return x * 2" in (tmp_path / "source" / "hw" / "hw.ipynb").read_text()


def test_build_check_fails_on_drift_and_writes_nothing(tmp_path):
    make_course(tmp_path)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text("def double(x):\n    return x * 2\n")
    before = (tmp_path / "source" / "hw" / "hw.ipynb").read_bytes()
    done = invoke(["build", "--check", "--course", str(tmp_path)])
    assert (done.exit_code, (tmp_path / "source" / "hw" / "hw.ipynb").read_bytes()) == (1, before)


def test_build_names_an_answer_that_the_reference_lacks(tmp_path):
    make_course(tmp_path)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text("")
    with pytest.raises(CourseError, match="double"):
        run(tmp_path, "build")


def test_doctor_names_the_strongest_level():
    level = examine().level
    status, told = (0, f"with real attacks: {level}.") if level else (3, "No level of isolation holds here")
    done = invoke(["doctor"])
    assert done.exit_code == status
    assert told in " ".join(done.output.split())


def test_of_several_assignments_an_unknown_one_is_told(course):
    with pytest.raises(UsageError, match="hv"):
        run(course, "grade", "hv", "hw")


def test_an_answer_too_close_to_call_waits_for_a_person_and_is_no_fault_of_ours(tmp_path):
    course = tmp_path / "course"
    make_course(course)
    path = course / "source" / "hw" / "hw.ipynb"
    source = nbformat.read(path, as_version=4)
    hidden = "from autograder import checks\nchecks.close(double(21), 42.0)"
    source.cells[3].source = source.cells[3].source.replace("assert double(21) == 42", hidden)
    nbformat.write(source, path)
    bridge.generate(course, "hw")
    source.cells[1].source = "def double(x):\n    return 2 * x + (x > 1) * 1e-6"
    submitted = course / "submitted" / "ann" / "hw" / "hw.ipynb"
    submitted.parent.mkdir(parents=True)
    nbformat.write(source, submitted)
    assert "ann 2 / 5 a human must look; double (partial)" in run(course, "grade", "hw")
    assert "A person must still decide on ann: left out." in run(
        course, "export", "hw", "--to", "canvas", "--file", tmp_path / "canvas.csv"
    )
    assert [row[5] for row in rows_of((tmp_path / "canvas.csv").read_text())[2:]] == [""]
