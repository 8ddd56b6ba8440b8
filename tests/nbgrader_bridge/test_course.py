"""What nbgrader does to a process stays inside `open_course`."""

from __future__ import annotations

import os
import re
import sysconfig
from pathlib import Path

import pytest
from entering import write_grades
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, inspect, text
from tiny_course import ALL_PASSED

from autograder import nbgrader_bridge as bridge
from autograder.errors import BridgeError
from autograder.nbgrader_bridge.course import open_course
from autograder.nbgrader_bridge.gradebooks import gradebook
from autograder.outcomes import Person


def test_folder_and_environment_are_put_back(course, hand_in):
    hand_in("ada").write_text("no notebook")
    before = Path.cwd(), dict(os.environ)
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert (Path.cwd(), dict(os.environ)) == before


def test_what_nbgrader_leaves_in_the_environment_goes(course):
    with open_course(course):
        os.environ["NBGRADER_EXECUTION"] = "autograde"
    assert "NBGRADER_EXECUTION" not in os.environ


def test_nothing_is_printed_and_the_log_is_a_file(course, hand_in, capfd, caplog):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    bridge.generate_feedback(course, "hw")
    assert tuple(capfd.readouterr()) == ("", "")
    assert caplog.records == []
    assert "Converting notebook" in (course / ".nbgrader.log").read_text()


def test_a_folder_without_configuration_is_no_course(tmp_path):
    with pytest.raises(BridgeError, match=r"has no nbgrader_config\.py"):
        bridge.class_list(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("directory_structure", "{nbgrader_step}/{assignment_id}/{student_id}"),
        ("submitted_directory", "/srv/submitted"),
        ("autograded_directory", "../autograded"),
    ],
)
def test_a_course_with_its_files_in_other_places_is_refused(course, hand_in, name, value):
    hand_in("ada")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"c.CourseDirectory.{name} = {value!r}\n")
    with pytest.raises(BridgeError, match=re.escape(f"sets CourseDirectory.{name} to {value}. Wanted is")):
        bridge.submissions(course, "hw")


def test_a_course_may_call_its_folders_as_it_likes(course, hand_in):
    hand_in("ada")
    (course / "submitted").rename(course / "handed in")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseDirectory.submitted_directory = 'handed in'\n")
    assert [one.student for one in bridge.submissions(course, "hw")] == ["ada"]


@pytest.mark.parametrize("name", ["b[r]a ck", "all*", "why?"])
def test_a_course_folder_that_nbgrader_takes_for_a_pattern_is_named(course, name):
    with pytest.raises(BridgeError, match=re.escape(f"The name of the folder {course.parent / name} has ")):
        bridge.generate(course.rename(course.parent / name), "hw")


def test_of_the_folders_around_a_course_the_one_that_nbgrader_takes_for_a_pattern_is_named(course):
    around = course.parent / "[2026]"
    around.mkdir()
    with pytest.raises(BridgeError, match=re.escape(f"The name of the folder {around} has [ ], and nbgrader")) as told:
        bridge.generate(course.rename(around / "course"), "hw")
    assert "put the course elsewhere" in str(told.value)


def test_brackets_that_make_no_pattern_are_no_fault(course):
    around = course.parent / "a[b" / "c]d"
    around.mkdir(parents=True)
    bridge.generate(course.rename(around / "course"), "hw")


def test_an_assignment_that_nbgrader_takes_for_a_pattern_is_named(course):
    with pytest.raises(BridgeError, match=re.escape("The name of the assignment hw[red]1 has [ ], and nbgrader")):
        bridge.generate(course, "hw[red]1")


def test_a_configuration_that_cannot_be_read_is_named(course):
    (course / "nbgrader_config.py").write_text("1 / 0")
    with pytest.raises(BridgeError, match=r"nbgrader_config\.py cannot be read: ZeroDivisionError"):
        bridge.class_list(course)


def test_a_reason_has_nbgraders_words_and_its_log(course, hand_in):
    hand_in("ada")
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    (course / "autograded" / "ada" / "hw" / "hw.ipynb").unlink()
    with pytest.raises(BridgeError) as caught:
        bridge.generate_feedback(course, "hw")
    assert "making the feedback of hw for ada: No notebooks were matched" in str(caught.value)
    assert str(course / ".nbgrader.log") in str(caught.value)


def test_a_relative_root_will_do(course, monkeypatch):
    monkeypatch.chdir(course.parent)
    with open_course(Path("course")) as opened:
        assert opened.root == course


def test_students_are_added_and_renamed(course):
    bridge.add_students(course, [Person("ada", "A", "B", "a@example.org")])
    bridge.add_students(course, [Person("ada", "Ada", "Byron", "ada@example.org")])
    with open_course(course) as opened, opened.gradebook() as gradebook:
        (student,) = gradebook.students
        assert (student.id, student.first_name, student.last_name) == ("ada", "Ada", "Byron")


def test_a_new_gradebook_needs_no_command_on_the_path(course, monkeypatch):
    (course / "gradebook.db").unlink()
    monkeypatch.setenv("PATH", "")
    assert bridge.class_list(course) == ()


def test_collecting_into_a_new_gradebook_needs_none_either(course, tmp_path, monkeypatch):
    bridge.release(course, "hw")
    bridge.fetch(course, "ada", tmp_path / "ada", "hw")
    bridge.submit(course, "ada", tmp_path / "ada", "hw")
    (course / "gradebook.db").unlink()
    monkeypatch.setenv("PATH", "")
    bridge.collect(course, "hw")
    assert (course / "submitted" / "ada" / "hw" / "hw.ipynb").is_file()


def test_a_new_gradebook_is_as_nbgrader_makes_it(tmp_path, monkeypatch):
    scripts = sysconfig.get_path("scripts")
    monkeypatch.setenv("PATH", scripts, prepend=os.pathsep)  # nbgrader starts `alembic` from there
    ours, theirs = f"sqlite:///{tmp_path}/ours.db", f"sqlite:///{tmp_path}/theirs.db"
    with gradebook(ours, "a course"):
        pass
    with Gradebook(theirs, "a course"):
        pass
    assert contents(ours) == contents(theirs)
    assert contents(ours)["alembic_version"][1]


def contents(url: str) -> dict[str, tuple[list[str], list[tuple]]]:
    """Give the columns and rows of each table."""
    engine = create_engine(url)
    try:
        found = inspect(engine)
        with engine.connect() as connection:
            return {
                table: (
                    sorted(
                        f"{column['name']} {column['type']} {column['nullable']}" for column in found.get_columns(table)
                    ),
                    [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))],  # noqa: S608 - our table
                )
                for table in found.get_table_names()
            }
    finally:
        engine.dispose()


STEPS = {
    "release": lambda root: bridge.generate(root, "hw"),
    "grading": lambda root: bridge.submissions(root, "hw"),
    "writing": lambda root: write_grades(root, "hw", {("ada", "hw"): ALL_PASSED}),
    "feedback": lambda root: bridge.generate_feedback(root, "hw"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_course_that_nbgrader_itself_would_grade_is_refused(course, hand_in, step):
    hand_in("ada", lambda notebook: notebook.cells.append(new_code_cell("open('ran', 'w').close()")))
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "tiny"\n')
    with pytest.raises(BridgeError, match="leaves the grading to nbgrader itself"):
        STEPS[step](course)
    assert not list(course.rglob("ran"))


def test_a_course_that_runs_cells_beside_the_examiner_is_refused(course):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('c.Autograde.autograde_preprocessors.append("nbgrader.preprocessors.Execute")\n')
    with pytest.raises(BridgeError, match="leaves the grading to nbgrader itself"):
        bridge.submissions(course, "hw")


def test_the_two_lines_that_are_asked_for_are_enough(course, hand_in):
    hand_in("ada")
    (course / "nbgrader_config.py").write_text(
        'get_config().CourseDirectory.course_id = "tiny"\n'
        "from autograder.nbgrader_bridge import configure\nconfigure(get_config())\n"
    )
    assert [one.student for one in bridge.submissions(course, "hw")] == ["ada"]
