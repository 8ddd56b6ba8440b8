"""What students get back."""

from __future__ import annotations

import errno
import os
import re
import shutil

import pytest
from entering import write_grades
from nbconvert.writers import FilesWriter
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell
from tiny_course import ALL_PASSED, check, result
from tiny_edits import add_essay, answer_essay, forget, give, take_off

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.feedback import Feedback


@pytest.fixture
def page(course, hand_in):
    """Grade student ada's notebook, and read her page."""

    def make(graded=ALL_PASSED, change=lambda _: None):
        hand_in("ada", change)
        write_grades(course, "hw", {("ada", "hw"): graded})
        bridge.generate_feedback(course, "hw")
        return (course / "feedback" / "ada" / "hw" / "hw.html").read_text()

    return make


def failed(message):
    return result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", 0.0, 3.0, "failed", message))


def test_the_message_is_on_the_page(page):
    assert "wanted a number" in page(failed("wanted a number"))


def test_hidden_tests_are_not(page):
    text = page()
    assert "Other numbers." in text
    assert "double" in text
    assert "21" not in text.partition("Other numbers.")[2].partition("</pre>")[0]
    assert "HIDDEN" not in text


def test_a_message_is_no_markup(page):
    assert "<script>alert" not in page(failed("<script>alert(1)</script>"))


def test_markers_in_a_students_cell_are_no_fault(page):
    def write_markers(notebook):
        notebook.cells[1].source = "### BEGIN HIDDEN TESTS\nlost = 1"

    assert "lost" in page(change=write_markers)


def test_feedback_is_made_anew(page, course):
    page(failed("first"))
    write_grades(course, "hw", {("ada", "hw"): failed("second")})
    bridge.generate_feedback(course, "hw")
    assert "second" in (course / "feedback" / "ada" / "hw" / "hw.html").read_text()


@pytest.mark.parametrize("attached", [{}, {"nix.png": {}}, {"nix.png": {"image/png": 3}}])
def test_a_picture_that_is_not_attached_costs_nobody_the_page(page, attached):
    def copy_text(notebook):
        cell = new_markdown_cell("Look: ![my plot](attachment:nix.png)")
        cell.attachments = from_dict(attached)
        notebook.cells.append(cell)

    assert "Look: my plot" in page(change=copy_text)


def released_to(course) -> int:
    return len(list((course / "exchange" / "tiny" / "feedback").glob("*.html")))


@pytest.fixture
def through_the_exchange(course, tmp_path):
    """Hand in as a student does in JupyterLab, and grade it."""

    def hand_in(student: str, name: str = "hw") -> None:
        folder = bridge.fetch(course, student, tmp_path / student, "hw")
        (folder / "hw.ipynb").rename(folder / f"{name}.ipynb")
        bridge.submit(course, student, tmp_path / student, "hw")
        bridge.collect(course, "hw")
        write_grades(course, "hw", {(student, "hw"): ALL_PASSED})

    bridge.release(course, "hw")
    return hand_in


def test_released_feedback_is_in_the_exchange(course, through_the_exchange):
    through_the_exchange("ada")
    bridge.generate_feedback(course, "hw")
    assert bridge.release_feedback(course, "hw") == Feedback(1, ())
    assert released_to(course) == 1


def fetched(course, student: str) -> list[str]:
    """Fetch a student's pages, and give their names."""
    with open_course(course, "hw", student) as opened:
        step = opened.exchange("FetchFeedback")
        step.assignment_dir = str(course.parent / student)
        opened.run(step, "fetching")
    return [path.name for path in (course.parent / student).glob("hw/feedback/*/*.html")]


@pytest.mark.parametrize("name", ["hw", "Homework (2)", "ü+ß"])
def test_who_has_renamed_the_notebook_can_fetch_the_page_too(course, through_the_exchange, name):
    through_the_exchange("ada", name)
    bridge.generate_feedback(course, "hw")
    assert bridge.release_feedback(course, "hw") == Feedback(1, ())
    assert fetched(course, "ada") == [f"{name}.html"]


@pytest.mark.parametrize("name", ["a\nb", "\udcff"])
def test_a_name_that_nbgrader_cannot_take_keeps_nobody_from_their_page(course, through_the_exchange, name):
    for student, handed_in in (("ada", name), ("bela", "mine")):
        through_the_exchange(student, handed_in)
    bridge.generate_feedback(course, "hw")
    assert bridge.release_feedback(course, "hw") == Feedback(2, ())
    assert released_to(course) == 3
    assert [path.name for path in course.glob("feedback/*/hw/*.html")] == ["hw.html", "hw.html"]


def test_who_has_not_handed_in_there_keeps_nobody_from_their_page(course, hand_in, through_the_exchange):
    hand_in("aaron")
    write_grades(course, "hw", {("aaron", "hw"): ALL_PASSED})
    through_the_exchange("ada")
    bridge.generate_feedback(course, "hw")
    assert bridge.release_feedback(course, "hw") == Feedback(1, ("aaron",))
    assert released_to(course) == 1


def test_without_the_exchange_nothing_is_released(course, hand_in):
    hand_in("aaron")
    write_grades(course, "hw", {("aaron", "hw"): ALL_PASSED})
    bridge.generate_feedback(course, "hw")
    assert bridge.release_feedback(course, "hw") == Feedback(0, ("aaron",))
    assert released_to(course) == 0


NOT_FINAL = "A person will look at this submission; the points are not final."
WAITING = result(check("test_visible", 2.0, 2.0, "passed"), check("test_hidden", None, 3.0, "failed", "Close."))


def test_a_settled_page_says_nothing_of_waiting(page):
    assert "not final" not in page()


def test_a_test_that_waits_is_told_on_the_page(page):
    text = page(WAITING)
    assert NOT_FINAL in text
    assert "– / 3" in text  # noqa: RUF001
    assert "0 / 3" not in text
    assert "waits for your instructor" in text


@pytest.fixture
def essay_page(course, page):
    """Answer the essay too, and read the page before and after it is graded."""

    def make(points=None):
        if points is None:
            add_essay(course)
            return page(change=answer_essay)
        give(course, "ada", "essay", points)
        bridge.generate_feedback(course, "hw")
        return (course / "feedback" / "ada" / "hw" / "hw.html").read_text()

    return make


def overview(text):
    return text.partition("<tbody>")[2].partition("</tbody>")[0]


def test_an_essay_that_nobody_has_graded_is_told_on_the_page(essay_page):
    text = essay_page()
    assert NOT_FINAL in text
    assert re.search(r"essay.*– / 4.*waits for your instructor", overview(text), re.DOTALL)  # noqa: RUF001


def test_an_essay_that_somebody_has_graded_has_its_points_in_the_overview(essay_page):
    essay_page()
    text = essay_page(3.5)
    assert NOT_FINAL not in text
    assert re.search(r"essay.*3.5 / 4.*graded by hand", overview(text), re.DOTALL)


@pytest.mark.parametrize(("points", "verdict"), [(3, "passed"), (1, "partial")])
def test_a_test_that_somebody_has_decided_waits_no_more(course, page, points, verdict):
    fault = check("test_hidden", None, 3.0, "internal_error", "Failed.")
    page(result(check("test_visible", 2.0, 2.0, "passed"), fault))
    give(course, "ada", "test_hidden", points)
    bridge.generate_feedback(course, "hw")
    text = (course / "feedback" / "ada" / "hw" / "hw.html").read_text()
    assert "could not be graded" not in text
    assert verdict in overview(text)


def test_a_penalty_takes_no_more_off_than_there_was(course, page):
    wrong = result(check("test_visible", 0.0, 2.0, "failed"), check("test_hidden", 0.0, 3.0, "failed"))
    page(wrong)
    take_off(course, "ada", 7.5)
    bridge.generate_feedback(course, "hw")
    text = (course / "feedback" / "ada" / "hw" / "hw.html").read_text()
    assert "0 of 5 points" in re.sub(r"<[^>]*>", " ", text).split("Overview")[0]
    assert ("-7.5" in text, "taken off" in text) == (False, False)


@pytest.mark.parametrize("new", [new_markdown_cell, new_code_cell])
def test_a_cell_that_is_too_long_to_be_set_stands_as_it_is(page, new):
    text = page(change=lambda notebook: notebook.cells.append(new("\\begin{a} **def** <b>\n" * 20_000)))
    assert "\\begin{a} **def** &lt;b&gt;\n" * 20_000 in text


@pytest.fixture
def two(course, hand_in):
    """Grade two students, one of whom nobody can make a page for."""
    for student in ("ada", "bela"):
        hand_in(student)
        write_grades(course, "hw", {(student, "hw"): ALL_PASSED})
    file = course / "autograded" / "ada" / "hw" / "hw.ipynb"
    file.chmod(0o600)
    file.write_text("no notebook")
    return course


def test_a_page_that_cannot_be_made_keeps_nobody_else_from_theirs(two):
    assert [name for name, _ in bridge.generate_feedback(two, "hw")] == ["ada"]
    assert [path.parent.parent.name for path in two.glob("feedback/*/hw/hw.html")] == ["bela"]


def test_what_went_wrong_with_a_page_is_told(two):
    ((_, reason),) = bridge.generate_feedback(two, "hw")
    assert "making the feedback of hw for ada" in reason
    assert "not appear to be JSON" in reason


def test_an_earlier_page_does_not_stand_for_one_that_cannot_be_made(two):
    page = two / "feedback" / "ada" / "hw" / "hw.html"
    page.parent.mkdir(parents=True)
    page.write_text("of an earlier submission")
    bridge.generate_feedback(two, "hw")
    assert not page.exists()


def test_where_no_page_can_be_made_that_is_an_error(two):
    shutil.rmtree(two / "autograded" / "bela")
    with pytest.raises(BridgeError, match=r"for ada: .* not appear to be JSON"):
        bridge.generate_feedback(two, "hw")


@pytest.mark.parametrize("data", [b"\xff", b"", b" " * 10**6])
@pytest.mark.parametrize("name", ["submission_secret.txt", "timestamp.txt"])
def test_what_a_student_has_put_beside_a_submission_keeps_nobody_from_their_page(
    course, through_the_exchange, name, data
):
    for student in ("ada", "bela"):
        through_the_exchange(student)
    bridge.generate_feedback(course, "hw")
    (course / "feedback" / "ada" / "hw" / name).write_bytes(data)
    found = bridge.release_feedback(course, "hw")
    assert (found, released_to(course)) == (Feedback(1, ("ada",)), 1)


def test_a_name_with_commas_is_one_name(course, hand_in, through_the_exchange):
    through_the_exchange("ada")
    hand_in("zz,ada,chen")
    write_grades(course, "hw", {("zz,ada,chen", "hw"): ALL_PASSED})
    bridge.generate_feedback(course, "hw")
    assert bridge.release_feedback(course, "hw") == Feedback(1, ("zz,ada,chen",))
    assert released_to(course) == 1


def test_a_name_that_nbgrader_takes_for_a_pattern_gets_no_page_and_touches_no_other(course, hand_in):
    for student in ("bela", "[b-z]*"):
        hand_in(student)
        write_grades(course, "hw", {(student, "hw"): ALL_PASSED})
    ((student, reason),) = bridge.generate_feedback(course, "hw")
    assert (student, "pattern" in reason) == ("[b-z]*", True)
    assert [path.name for path in course.glob("feedback/*")] == ["bela"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS], ids=os.strerror)
def test_a_disk_that_takes_nothing_is_told_as_that_and_once(course, hand_in, monkeypatch, number):
    def refused(*_, **__):
        raise OSError(number, os.strerror(number))

    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    monkeypatch.setattr(FilesWriter, "write", refused)
    with pytest.raises(OSError, match="making the feedback of hw") as told:
        bridge.generate_feedback(course, "hw")
    assert told.value.errno == number
    assert str(told.value).count("[Errno") == 1
    assert os.strerror(number) in str(told.value)


def test_a_bracket_that_is_not_closed_is_no_pattern(course, hand_in):
    hand_in("a[31m")
    write_grades(course, "hw", {("a[31m", "hw"): ALL_PASSED})
    assert bridge.generate_feedback(course, "hw") == ()
    assert (course / "feedback" / "a[31m" / "hw" / "hw.html").exists()


@pytest.fixture
def forgotten(course, hand_in):
    """Grade two students, and take one of them off the class list."""
    for student in ("ada", "mia"):
        hand_in(student)
        write_grades(course, "hw", {(student, "hw"): ALL_PASSED})
    bridge.generate_feedback(course, "hw")
    forget(course, "mia")
    return course


def test_whom_the_gradebook_does_not_know_any_more_gets_no_page_and_fails_nothing(forgotten):
    assert bridge.generate_feedback(forgotten, "hw") == ()
    assert [path.parent.name for path in forgotten.glob("feedback/*/hw")] == ["ada"]


def test_whom_the_gradebook_does_not_know_any_more_is_named(forgotten):
    bridge.generate_feedback(forgotten, "hw")
    assert bridge.release_feedback(forgotten, "hw") == Feedback(0, ("ada",), unknown=("mia",))


def test_where_the_gradebook_knows_nobody_that_is_an_error(forgotten):
    forget(forgotten, "ada")
    with pytest.raises(BridgeError, match="The gradebook knows no graded notebook of hw"):
        bridge.generate_feedback(forgotten, "hw")
