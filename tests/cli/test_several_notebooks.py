"""Of several notebooks, one that somebody has not handed in, or that is none: who is told of it, and by what."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from command import run
from tiny_course import make_course

from autograder import nbgrader_bridge as bridge
from autograder.api.outcomes import class_outcome
from autograder.outcomes import Person

TIME = "2026-01-10 11:00:00.000000 UTC"


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """Give a homework of two notebooks; of three students ann hands in one, and one of ben's is none."""
    root = tmp_path_factory.mktemp("several") / "course"
    make_course(root)
    shutil.copy(root / "source" / "hw" / "hw.ipynb", root / "source" / "hw" / "more.ipynb")
    bridge.generate(root, "hw")
    bridge.add_students(root, [Person("ann"), Person("ben"), Person("cy")])
    for student in ("ann", "ben", "cy"):
        for name in ("hw", "more"):
            hand_in(root, root / "submitted" / student / "hw", name)
    (root / "submitted" / "ann" / "hw" / "more.ipynb").unlink()
    (root / "submitted" / "ben" / "hw" / "hw.ipynb").write_text("no notebook")
    run(root, "grade", "hw", "--jobs", "1")
    return root


@pytest.fixture
def course(template, tmp_path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


@pytest.fixture(scope="module")
def pages(template, tmp_path_factory) -> Path:
    """Give a course whose feedback is made."""
    root = Path(shutil.copytree(template, tmp_path_factory.mktemp("pages") / "course"))
    bridge.generate_feedback(root, "hw")
    return root / "feedback"


def hand_in(root: Path, folder: Path, name: str) -> None:
    document = nbformat.read(root / "release" / "hw" / f"{name}.ipynb", as_version=4)
    document.cells[1].source = "def double(x):\n    return x + x"
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(document, folder / f"{name}.ipynb")


def put(course: Path, student: str) -> None:
    """Put a submission of one notebook into the exchange."""
    folder = course / "exchange" / "tiny" / "inbound" / f"{student}+hw+{TIME}+x"
    hand_in(course, folder, "hw")
    (folder / "timestamp.txt").write_text(TIME)
    (folder / "submission_secret.txt").write_text(folder.name)


def missing(course: Path) -> dict[str, tuple[str, ...]]:
    return {one.person.id: one.missing for one in class_outcome(course, "hw").outcomes}


def test_what_was_not_handed_in_is_known_and_what_cannot_be_read_was(course):
    assert missing(course) == {"ann": ("more",), "ben": (), "cy": ()}


def test_it_is_known_where_the_submissions_are_put_away(course):
    shutil.rmtree(course / "submitted")
    assert missing(course) == {"ann": ("more",), "ben": (), "cy": ()}


def test_what_came_since_is_not_missing(course):
    hand_in(course, course / "submitted" / "ann" / "hw", "more")
    assert missing(course)["ann"] == ()


def test_who_handed_in_nothing_lacks_no_notebook(course):
    bridge.add_students(course, [Person("dee")])
    assert missing(course)["dee"] == ()


def test_kept_results_that_cannot_be_read_are_of_what_was_handed_in(course):
    shutil.rmtree(course / "submitted")
    (course / "results" / "hw" / "cy" / "more.json").write_text("")
    assert missing(course)["cy"] == ()


def test_the_report_tells(course, tmp_path):
    told = run(course, "report", "hw", "--to", tmp_path / "class.html", "--pages", tmp_path / "pages")
    assert "more: not handed in by ann." in told
    assert "more: not handed in." in (tmp_path / "pages" / "ann.html").read_text()
    assert "not handed in" not in (tmp_path / "pages" / "cy.html").read_text()


def test_collecting_tells(course):
    shutil.rmtree(course / "submitted")
    put(course, "ann")
    put(course, "cy")
    assert "more: not handed in by ann, cy." in run(course, "collect", "hw")


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_collecting_a_download_tells(course, tmp_path, dry):
    hand_in(course, tmp_path / "download" / "ann", "hw")
    assert "more: not handed in" in run(course, "collect", "hw", "--zip", tmp_path / "download", *dry)


def test_grading_a_large_class_tells(course, monkeypatch):
    monkeypatch.setattr("autograder.cli.grade._SHOWN", 0)
    assert "more: not handed in by ann." in run(course, "grade", "hw", "--jobs", "1")


def test_of_chosen_students_grading_tells_of_no_other(course, monkeypatch):
    monkeypatch.setattr("autograder.cli.grade._SHOWN", 0)
    assert "not handed in" not in run(course, "grade", "hw", "--jobs", "1", "--student", "cy")


def test_the_feedback_tells(pages):
    assert "more: not handed in." in (pages / "ann" / "hw" / "hw.html").read_text()
    assert "not handed in" not in (pages / "cy" / "hw" / "hw.html").read_text()


def test_of_whom_one_notebook_cannot_be_read_there_is_a_page_of_the_other(pages):
    assert [path.name for path in (pages / "ben" / "hw").glob("*.html")] == ["more.html"]


def test_that_page_tells_of_the_one_that_cannot_be_read_and_that_the_points_are_not_final(pages):
    page = (pages / "ben" / "hw" / "more.html").read_text()
    assert "hw: it cannot be read, so there is no page of it." in page
    assert "the points are not final" in page
    assert "not handed in" not in page


def test_a_page_of_all_that_was_handed_in_is_final(pages):
    assert all("not final" not in page.read_text() for page in pages.glob("[ac]*/hw/*.html"))


def test_who_gets_some_pages_only_is_told_of(course):
    told = run(course, "feedback", "hw")
    assert "ben gets a page of the other notebooks only: hw.ipynb is no notebook:" in told
    assert "ben gets no page" not in told
    assert "Not final yet, and their pages say so: ben." in told


def test_an_unreadable_notebook_waits_for_a_person_and_the_other_one_does_not(course):
    ben = next(one for one in bridge.standing(course, "hw") if one.student == "ben")
    assert {name: cell.score for (name, _), cell in ben.cells.items() if name == "hw"} == {"hw": None}
    assert [cell.score for (name, _), cell in sorted(ben.cells.items()) if name == "more"] == [3.0, 2.0]


def test_the_command_that_makes_the_feedback_tells(course):
    assert "more: not handed in by ann." in run(course, "feedback", "hw")
