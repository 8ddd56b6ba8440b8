"""What the names of learning platforms tell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from autograder.collection.names import told
from autograder.collection.records import Unpacked

NAMES = {
    "Canvas": ("doejane_1234_56789_hw.ipynb", ("Canvas", "doejane", "1234", "hw.ipynb")),
    "Canvas, late": ("doejane_LATE_1234_56789_hw.ipynb", ("Canvas", "doejane", "1234", "hw.ipynb")),
    "Canvas, underscores in the file": (
        "doejane_1234_56789_my_hw_2.ipynb",
        ("Canvas", "doejane", "1234", "my_hw_2.ipynb"),
    ),
    "Canvas, Chinese": ("李明_1234_56789_作业.ipynb", ("Canvas", "李明", "1234", "作业.ipynb")),
    "Canvas, a file named as Moodle's": (
        "mal_88_502_x_77_assignsubmission_file_hw.ipynb",
        ("Canvas", "mal", "88", "x_77_assignsubmission_file_hw.ipynb"),
    ),
    "Moodle, a file named as its own": (
        "Mal_88_assignsubmission_file_x_77_assignsubmission_file_hw.ipynb",
        ("Moodle", "Mal", "88", "x_77_assignsubmission_file_hw.ipynb"),
    ),
    "Moodle, a file named as Canvas's": (
        "Mal_88_assignsubmission_file_x_77_501_hw.ipynb",
        ("Moodle", "Mal", "88", "x_77_501_hw.ipynb"),
    ),
    "Moodle, folder": ("Jane Doe_77_assignsubmission_file_/hw.ipynb", ("Moodle", "Jane Doe", "77", "hw.ipynb")),
    "Moodle, newer": ("Jane Doe_77_assignsubmission_file/hw.ipynb", ("Moodle", "Jane Doe", "77", "hw.ipynb")),
    "Moodle, no folder": ("Jane Doe_77_assignsubmission_file_hw.ipynb", ("Moodle", "Jane Doe", "77", "hw.ipynb")),
    "Moodle, comma": ("Doe, Jane_77_assignsubmission_file_/a/b.ipynb", ("Moodle", "Doe, Jane", "77", "a/b.ipynb")),
    "Moodle, right to left": ("دانا כהן_77_assignsubmission_file_/hw.ipynb", ("Moodle", "دانا כהן", "77", "hw.ipynb")),
    "Brightspace": (
        "12-345 - Jane Doe - Jan 5, 2026 1159 PM/hw.ipynb",
        ("Brightspace", "Jane Doe", "12-345", "hw.ipynb"),
    ),
    "Brightspace, no folder": (
        "12-345 - Anne-Marie O'Neil - 5 January, 2026 11:59 PM - hw.ipynb",
        ("Brightspace", "Anne-Marie O'Neil", "12-345", "hw.ipynb"),
    ),
    "a folder": ("jane/hw.ipynb", ("plain", "jane", "", "hw.ipynb")),
    "a file": ("jane.ipynb", ("plain", "jane", "", "jane.ipynb")),
    "a file with the assignment's name": ("Jane Doe - HW.ipynb", ("plain", "Jane Doe", "", "Jane Doe - HW.ipynb")),
    "nbgrader's": ("jane/hw/hw.ipynb", ("plain", "jane", "", "hw.ipynb")),
}


def nobody(_name: str) -> bool:
    return False


def files(*names: str) -> list[Unpacked]:
    return [Unpacked(tuple(name.split("/")), Path("0")) for name in names]


@pytest.mark.parametrize(("name", "wanted"), NAMES.values(), ids=NAMES)
def test_a_name_tells_who_handed_in_what(name: str, wanted: tuple[str, ...]) -> None:
    found = [one for one in told(files(name, "zz/other.ipynb"), "hw", nobody) if one.file.parts[0] != "zz"]
    assert [(one.platform, one.who, one.number, "/".join(one.rest)) for one in found] == [wanted]


@pytest.mark.parametrize(
    ("name", "assignment", "who"),
    [
        ("alex.ipynb", "ex", "alex"),
        ("ex_al.ipynb", "ex", "al"),
        ("al-ex10.ipynb", "ex", "al-ex10"),
        ("al ex1.ipynb", "ex", "al ex1"),
        ("张三作业.ipynb", "作业", "张三"),
        ("作业1李明.ipynb", "作业1", "李明"),
        ("李明作业10.ipynb", "作业1", "李明作业10"),
    ],
)
def test_the_name_of_the_assignment_is_taken_off_only_as_a_word(name: str, assignment: str, who: str) -> None:
    assert [one.who for one in told(files(name), assignment, nobody)] == [who]


def test_what_the_platform_says_of_the_time() -> None:
    late, timed = told(files("a_LATE_1_2_hw.ipynb", "1-2 - B - Jan 5, 2026 115 PM/hw.ipynb"), "hw", nobody)
    assert (late.late, late.when, timed.late) == (True, None, False)
    assert timed.when == datetime(2026, 1, 5, 13, 15).astimezone()


@pytest.mark.parametrize("outer", ["download", "submissions/week 1"])
def test_folders_round_everything_are_nobodys(outer: str) -> None:
    names = [f"{outer}/{name}" for name in ("jane/hw.ipynb", "ada/hw.ipynb")]
    assert [one.who for one in told(files(*names), "hw", nobody)] == ["jane", "ada"]
    assert [one.who for one in told(files(f"{outer}/a_1_2_hw.ipynb"), "hw", nobody)] == ["a"]


def test_the_folder_of_the_one_student_is_not_taken_for_one_round_everything() -> None:
    assert [one.who for one in told(files("jane/week 1/hw.ipynb"), "hw", frozenset({"jane"}).__contains__)] == ["jane"]
    assert [one.who for one in told(files("jane/hw.ipynb"), "hw", nobody)] == ["jane"]


@pytest.mark.parametrize("outer", ["", "submitted/", "a/b/"])
@pytest.mark.parametrize("inner", [("hw.ipynb",), ("HW.ipynb", "timestamp.txt"), ("hw.ipynb", "data/a.csv")])
def test_the_one_student_in_nbgraders_folders_is_found(outer: str, inner: tuple[str, ...]) -> None:
    found = told(files(*(f"{outer}jane/hw/{name}" for name in inner)), "hw", nobody)
    assert {(one.who, "/".join(one.rest)) for one in found} == {("jane", name) for name in inner}


def test_the_folder_round_that_of_the_assignment_is_nobodys_where_several_lie_in_it() -> None:
    names = ("week 1/hw/jane.ipynb", "week 1/hw/ada.ipynb")
    assert [one.who for one in told(files(*names), "hw", nobody, lambda _files: True)] == ["jane", "ada"]


def test_pages_of_the_platform_are_no_work() -> None:
    assert told(files("index.html"), "hw", nobody) == []
    names = ("week 1/index.html", "week 1/jane/hw.ipynb", "week 1/ada/hw.ipynb")
    assert [one.who for one in told(files(*names), "hw", nobody)] == ["jane", "ada"]


def test_a_students_page_of_the_same_name_is_work() -> None:
    (one,) = told(files("Jane_7_assignsubmission_file_/index.html"), "hw", nobody)
    assert (one.who, one.rest) == ("Jane", ("index.html",))


@pytest.mark.parametrize("between", ["/", ""], ids=["folder", "no folder"])
def test_text_typed_into_the_platform_is_told_from_files(between: str) -> None:
    name = f"Jane_7_assignsubmission_onlinetext_{between}onlinetext.html"
    typed, handed_in = told(files(name, "Jane_7_assignsubmission_file_/hw.ipynb"), "hw", nobody)
    assert (typed.typed, handed_in.typed) == (True, False)
