"""Who is matched to what, which of several submissions counts, and under which name."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from archives import NOON, archive, entry

from autograder.collection import Person, Plan, plan, unpack

JANE = Person("jdoe", "Jane", "Doe", "jane.doe@example.org", "1234")
ZOE = Person("zoe", "Zoë", "Åkerlund-O'Neil")
LI = Person("li", "明", "李")
PEOPLE = (JANE, ZOE, LI)


@pytest.fixture
def planned(tmp_path: Path):
    def go(contents: dict, people=PEOPLE, notebooks=("hw",), recognizes=lambda _path, _name: False) -> Plan:
        (tmp_path / "out").mkdir()
        files, left = unpack(archive(tmp_path / "a.zip", contents), tmp_path / "out")
        assert left == []
        return plan(files, "hw", notebooks, people, recognizes)

    return go


def collected(planned: Plan) -> dict[str, dict[str, bytes]]:
    return {
        one.student: {"/".join(parts): file.file.read_bytes() for parts, file in one.files.items()}
        for one in planned.submissions
    }


def reasons(planned: Plan) -> dict[str, str]:
    return {left.name: left.reason for left in planned.left}


MATCHED = {
    "Canvas": ("doejane_99_5_hw.ipynb", "jdoe"),
    "Canvas, by number": ("nicknamed_1234_5_hw.ipynb", "jdoe"),
    "Moodle": ("Jane Doe_77_assignsubmission_file_/hw.ipynb", "jdoe"),
    "Moodle, last name first": ("Doe, Jane_77_assignsubmission_file_/hw.ipynb", "jdoe"),
    "Brightspace": ("5-6 - Jane Doe - Jan 5, 2026 1159 PM/hw.ipynb", "jdoe"),
    "id": ("jdoe/hw.ipynb", "jdoe"),
    "e-mail": ("jane.doe@example.org/hw.ipynb", "jdoe"),
    "an archive of the student's": ("jdoe.zip.d/hw.ipynb", None),
    "no accents": ("akerlundoneilzoe_1_2_hw.ipynb", "zoe"),
    "accents in two characters": ("Zoe\u0308 A\u030akerlund-O'Neil/hw.ipynb", "zoe"),
    "Chinese": ("李明_8_9_作业.ipynb", "li"),
    "nobody": ("mallory/hw.ipynb", None),
}


@pytest.mark.parametrize(("name", "student"), MATCHED.values(), ids=MATCHED)
def test_a_name_is_matched_to_the_class_list(planned, name: str, student: str | None) -> None:
    found = planned({name: b"{}"})
    assert [one.student for one in found.submissions] == ([student] if student else [])
    assert len(found.left) == (student is None)


def test_two_students_whose_names_differ_in_case_only_are_two(planned) -> None:
    people = (Person("Ada"), Person("ada"))
    contents = {"Ada/hw.ipynb": b"1", "ada/hw.ipynb": b"2"}
    assert collected(planned(contents, people)) == {"Ada": {"hw.ipynb": b"1"}, "ada": {"hw.ipynb": b"2"}}


def test_a_name_that_may_be_two_students_is_left_to_a_human(planned) -> None:
    people = (Person("a1", "Ada", "Lee"), Person("a2", "ada", "lee"))
    found = planned({"leeada_1_2_hw.ipynb": b"1"}, people)
    assert reasons(found) == {"leeada_1_2_hw.ipynb": "leeada may be any of a1, a2"}


@pytest.mark.parametrize(
    ("contents", "students"),
    [
        ({"Jane Doe_7_assignsubmission_file_/hw.ipynb": b""}, ["Jane Doe"]),
        ({"leeada_1_2_hw.ipynb": b"", "leeada_3_4_hw.ipynb": b""}, ["leeada-1", "leeada-3"]),
        ({"Ada/hw.ipynb": b"", "ada/hw.ipynb": b""}, ["Ada", "ada"]),
    ],
    ids=["a name", "one name, two numbers", "case"],
)
def test_without_a_class_list_everybody_is_new(planned, contents, students) -> None:
    assert list(collected(planned(contents, ()))) == students


def test_of_files_that_canvas_counted_the_last_counts(planned) -> None:
    contents = {"doejane_9_5_hw-2.ipynb": b"3", "doejane_9_7_hw-10.ipynb": b"4", "doejane_9_9_hw.ipynb": b"1"}
    found = planned(contents)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"4"}}
    assert set(reasons(found).values()) == {"a newer file of that name takes its place"}


def test_a_counter_that_is_a_part_of_the_notebooks_name_is_none(planned) -> None:
    contents = {"doejane_9_5_part-1.ipynb": b"1", "doejane_9_6_part-2.ipynb": b"2"}
    found = planned(contents, notebooks=("part-1", "part-2"))
    assert collected(found) == {"jdoe": {"part-1.ipynb": b"1", "part-2.ipynb": b"2"}}


def test_of_several_deliveries_the_last_counts(planned) -> None:
    times = {"Jan 5, 2026 1159 PM": b"2", "Jan 5, 2026 900 AM": b"1", "Dec 30, 2025 1159 PM": b"0"}
    found = planned({f"1-2 - Jane Doe - {time}/hw.ipynb": data for time, data in times.items()})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"2"}}
    assert set(reasons(found).values()) == {"a newer submission takes its place"}
    assert found.submissions[0].notes == ("the last of 3",)


def test_deliveries_without_a_time_are_told_apart_by_the_archives(planned) -> None:
    later = entry("Jane Doe/hw.ipynb", NOON + timedelta(minutes=1))
    assert collected(planned({"jdoe/hw.ipynb": b"1", later: b"2"})) == {"jdoe": {"hw.ipynb": b"2"}}


def test_where_nothing_tells_which_is_the_last_a_human_decides(planned) -> None:
    found = planned({"jdoe/hw.ipynb": b"1", "Jane Doe/hw.ipynb": b"2"})
    assert found.submissions == ()
    assert "handed in 2 times, and nothing tells which is the last" in reasons(found)["jdoe/hw.ipynb"]


NOTEBOOKS = {
    "its name": ({"hw.ipynb": b"1", "scratch.ipynb": b"2"}, {"hw.ipynb": b"1", "scratch.ipynb": b"2"}),
    "another name, alone": ({"My Homework.ipynb": b"1"}, {"hw.ipynb": b"1"}),
    "nearly its name": ({"HW (2).ipynb": b"1", "x.ipynb": b"2"}, {"hw.ipynb": b"1", "x.ipynb": b"2"}),
    "nearly its name, final": ({"hw_v2_final.ipynb": b"1", "x.ipynb": b"2"}, {"hw.ipynb": b"1", "x.ipynb": b"2"}),
    "in a folder": ({"week 1/hw.ipynb": b"1", "week 1/data/a.csv": b"2"}, {"hw.ipynb": b"1", "data/a.csv": b"2"}),
    "in a folder of several": ({"a/hw.ipynb": b"1", "b.txt": b"2"}, {"hw.ipynb": b"1", "b.txt": b"2"}),
    "its answers": ({"one.ipynb": b"ok", "two.ipynb": b"2"}, {"hw.ipynb": b"ok", "two.ipynb": b"2"}),
    "unclear": ({"one.ipynb": b"1", "two.ipynb": b"2"}, None),
    "none": ({"hw.py": b"1"}, None),
}


@pytest.mark.parametrize(("files", "wanted"), NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_the_notebook_is_found_under_any_name(planned, files, wanted) -> None:
    contents = {f"jdoe/{name}": data for name, data in files.items()}
    found = planned(contents, recognizes=lambda path, _name: path.read_bytes() == b"ok")
    assert collected(found) == ({"jdoe": wanted} if wanted else {})
    assert bool(found.left) == (wanted is None)


def test_a_students_own_timestamp_is_not_believed(planned) -> None:
    found = planned({"doejane_1_2_hw.ipynb": b"1", "doejane_1_3_timestamp.txt": b"2020-01-01 00:00:00 UTC"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1"}}
    assert reasons(found) == {"doejane_1_3_timestamp.txt": "nbgrader would take it for its own"}


def test_nbgraders_own_timestamp_is_kept(planned) -> None:
    found = planned({"jdoe/hw/hw.ipynb": b"1", "jdoe/hw/timestamp.txt": b"2020-01-01 00:00:00 UTC"})
    assert set(collected(found)["jdoe"]) == {"hw.ipynb", "timestamp.txt"}


def test_the_platforms_word_that_it_is_late_is_kept(planned) -> None:
    assert planned({"doejane_LATE_1_2_hw.ipynb": b"1"}).submissions[0].late
