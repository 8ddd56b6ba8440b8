"""Who is matched to what, which of several submissions counts, and under which name."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from archives import NOON, archive, entry

from autograder.collection import Plan, Unpacked, plan, store, unpack
from autograder.errors import UsageError
from autograder.outcomes import Person

JANE = Person("jdoe", "Jane", "Doe", "jane.doe@example.org", "1234")
ZOE = Person("zoe", "Zoë", "Åkerlund-O'Neil")
LI = Person("li", "明", "李")
PEOPLE = (JANE, ZOE, LI)


@pytest.fixture
def planned(tmp_path: Path):
    def go(contents: dict, people=PEOPLE, notebooks=("hw",), assignment="hw", **tells: Callable) -> Plan:
        (tmp_path / "out").mkdir()
        files, left = unpack(archive(tmp_path / "a.zip", contents), tmp_path / "out")
        assert left == []
        return plan(files, assignment, notebooks, people, **tells)

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
    "Moodle, with another's number": ("Zoë Åkerlund-O'Neil_1234_assignsubmission_file_/hw.ipynb", "zoe"),
    "Moodle, a number alone": ("Nicknamed_1234_assignsubmission_file_/hw.ipynb", None),
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


def test_a_name_and_a_number_of_two_students_are_left_to_a_human(planned) -> None:
    found = planned({"李明_1234_5_hw.ipynb": b"1"})
    assert found.submissions == ()
    assert reasons(found) == {"李明_1234_5_hw.ipynb": "its number 1234 is that of jdoe, its name 李明 that of li"}


def test_a_number_tells_who_of_those_with_one_name_it_is(planned) -> None:
    people = (Person("a1", "Ada", "Lee", lms_id="7"), Person("a2", "Ada", "Lee"))
    assert list(collected(planned({"leeada_7_2_hw.ipynb": b"1"}, people))) == ["a1"]


SAME_NAME = {
    "Canvas": ("doejane_1_5_hw.ipynb", "doejane_2_6_hw.ipynb"),
    "Moodle": ("Jane Doe_1_assignsubmission_file_/hw.ipynb", "Jane Doe_2_assignsubmission_file_/hw.ipynb"),
    "Brightspace": (
        "1-3 - Jane Doe - Jan 5, 2026 1159 PM/hw.ipynb",
        "2-3 - Jane Doe - Jan 6, 2026 1159 PM/hw.ipynb",
    ),
}


@pytest.mark.parametrize("names", SAME_NAME.values(), ids=SAME_NAME)
def test_two_people_with_the_name_of_one_on_the_class_list_are_not_taken_for_that_one(planned, names) -> None:
    one, other = names
    found = planned({one: b"1", entry(other, NOON + timedelta(hours=1)): b"2"})
    assert collected(found) == {}
    (reason,) = set(reasons(found).values())
    assert "several people in this download are" in reason
    assert reason.endswith("and a name alone does not tell which of them is jdoe")


def test_two_people_with_the_name_of_one_that_grading_has_added_are_left_to_a_human(planned) -> None:
    one, other = SAME_NAME["Canvas"]
    found = planned({one: b"1", entry(other, NOON + timedelta(hours=1)): b"2"}, GRADED)
    assert (collected(found), list(reasons(found))) == ({}, [one, other])


def test_of_two_people_with_one_name_the_number_tells_which_is_on_the_class_list(planned) -> None:
    found = planned({"doejane_1234_5_hw.ipynb": b"1", "doejane_99_6_hw.ipynb": b"2"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1"}}
    assert list(reasons(found)) == ["doejane_99_6_hw.ipynb"]


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


# What grading writes into the gradebook of a course that has no class list.
GRADED = (Person("doejane"), Person("leeada-1"), Person("leeada-3"))


def test_where_only_grading_has_added_students_a_newcomer_is_taken_and_noted(planned) -> None:
    found = planned({"doejane_4_5_hw.ipynb": b"1", "roeann_6_7_hw.ipynb": b"2"}, GRADED)
    assert {one.student: one.newcomer for one in found.submissions} == {"doejane": False, "roeann": True}


def test_ids_that_collecting_made_of_names_and_numbers_are_found_again(planned) -> None:
    found = planned({"leeada_3_5_hw.ipynb": b"1"}, GRADED)
    assert list(collected(found)) == ["leeada-3"]


def test_a_newcomer_who_may_be_somebody_that_grading_has_added_is_left_to_a_human(planned) -> None:
    found = planned({"Jane Doe_7_assignsubmission_file_/hw.ipynb": b"1"}, GRADED)
    assert found.submissions == ()
    (reason,) = reasons(found).values()
    assert "nobody in the gradebook is Jane Doe, and doejane may be" in reason


@pytest.mark.parametrize("people", [(), GRADED], ids=["no list", "what grading has added"])
@pytest.mark.parametrize("names", [("doejane.ipynb", "Ann Roe/hw.ipynb"), ("doejane.ipynb", "Ann Roe.ipynb")])
def test_a_folder_round_several_peoples_work_is_nobodys(planned, people, names) -> None:
    contents = {f"All of it/{name}": b"ok" for name in names}
    found = planned(contents, people, recognizes=lambda path, _name: path.read_bytes() == b"ok")
    assert list(collected(found)) == ["Ann Roe", "doejane"]


def test_a_folder_round_the_work_of_several_of_the_class_is_nobodys(planned) -> None:
    found = planned({"downloads/jdoe.ipynb": b"1", "downloads/zoe.ipynb": b"2", "downloads/eve.ipynb": b"3"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1"}, "zoe": {"hw.ipynb": b"2"}}


@pytest.mark.parametrize(
    ("names", "people"),
    [(("hw.ipynb", "try.ipynb"), ()), (("a.ipynb", "b.txt"), ()), (("a/hw.ipynb", "b/x.ipynb", "zoe.ipynb"), PEOPLE)],
    ids=["the notebook and another", "one notebook", "a student's"],
)
def test_a_folder_of_one_persons_work_is_that_persons(planned, names, people) -> None:
    found = planned({f"Jane Doe/{name}": b"ok" for name in names}, people, recognizes=lambda _path, _name: True)
    assert [one.who for one in found.submissions] == ["Jane Doe"]


def test_of_files_that_canvas_counted_the_last_counts(planned) -> None:
    contents = {"doejane_9_5_hw-2.ipynb": b"3", "doejane_9_7_hw-10.ipynb": b"4", "doejane_9_9_hw.ipynb": b"1"}
    found = planned(contents)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"4"}}
    assert set(reasons(found).values()) == {"a newer file of that name takes its place"}


def test_files_that_a_student_has_numbered_are_all_kept(planned) -> None:
    contents = {"doejane_9_5_hw-1.ipynb": b"1", "doejane_9_6_plot-1.png": b"2", "doejane_9_7_plot-2.png": b"3"}
    found = planned(contents)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1", "plot-1.png": b"2", "plot-2.png": b"3"}}
    assert found.left == ()


def test_of_archives_that_canvas_counted_the_last_counts_with_all_that_is_in_it(planned) -> None:
    inner = ("hw/hw.ipynb", "hw/data.csv")
    contents = {f"doejane_9_{n}_hw{end}.zip/{name}": b"%d" % n for n, end in ((5, ""), (6, "-1")) for name in inner}
    found = planned(contents)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"6", "data.csv": b"6"}}


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


FRENCH = ("1-2 - Jane Doe - 9 janvier 2026 11:59/hw.ipynb", "1-2 - Jane Doe - 10 janvier 2026 11:59/hw.ipynb")


def test_deliveries_whose_dates_cannot_be_read_are_told_apart_by_the_archives(planned) -> None:
    older, newer = FRENCH
    found = planned({entry(newer, NOON + timedelta(hours=1)): b"2", older: b"1"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"2"}}
    assert reasons(found) == {older: "a newer submission takes its place"}


@pytest.mark.parametrize("apart", [timedelta(0), timedelta(seconds=4)], ids=["packed at once", "packed in turn"])
def test_deliveries_whose_dates_cannot_be_read_and_that_were_packed_together_are_left(planned, apart) -> None:
    older, newer = FRENCH
    found = planned({newer: b"2", entry(older, NOON + apart): b"1"})
    assert found.submissions == ()
    assert set(reasons(found).values()) == {"Jane Doe handed in 2 times, and nothing tells which is the last"}


def test_a_date_that_can_be_read_is_not_compared_with_the_time_of_a_file(planned) -> None:
    found = planned({"1-2 - Jane Doe - Jan 4, 2026 1159 PM/hw.ipynb": b"1", FRENCH[1]: b"2"})
    assert found.submissions == ()


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


FRANCE = "régression"
MAC = unicodedata.normalize("NFD", FRANCE)


@pytest.mark.parametrize("name", [MAC, f"week 1/{MAC}", MAC.upper(), f"{MAC} (1)", f"{MAC}_v2_final"])
def test_the_notebook_is_found_as_a_mac_spells_its_name(planned, name: str) -> None:
    found = planned({f"jdoe/{name}.ipynb": b"1", "jdoe/scratch.ipynb": b"2"}, notebooks=(FRANCE,))
    assert collected(found)["jdoe"][f"{FRANCE}.ipynb"] == b"1"


def test_another_spelling_is_not_told_as_another_name(planned) -> None:
    assert planned({f"jdoe/{MAC}.ipynb": b"1"}, notebooks=(FRANCE,)).submissions[0].came_as == {}


def test_the_very_name_counts_before_another_spelling_of_it(planned) -> None:
    found = planned({"jdoe/HW.ipynb": b"2", "jdoe/hw.ipynb": b"1"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1", "HW.ipynb": b"2"}}


def test_another_spelling_of_the_name_counts_before_what_is_nearly_it(planned) -> None:
    found = planned({"jdoe/HW.ipynb": b"1", "jdoe/hw (1).ipynb": b"2"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1", "hw (1).ipynb": b"2"}}


@pytest.mark.parametrize("newer", [MAC, FRANCE.upper()], ids=["a mac's", "in capitals"])
def test_of_two_spellings_that_canvas_numbered_the_last_counts(planned, newer: str) -> None:
    contents = {f"doejane_9_7_{FRANCE}.ipynb": b"1", f"doejane_9_8_{newer}.ipynb": b"2"}
    found = planned(contents, notebooks=(FRANCE,))
    assert collected(found) == {"jdoe": {f"{FRANCE}.ipynb": b"2"}}
    assert reasons(found) == {f"doejane_9_7_{FRANCE}.ipynb": "a newer file of that name takes its place"}


def test_a_counter_that_is_a_part_of_a_name_is_none_as_a_mac_spells_it(planned) -> None:
    contents = {f"doejane_9_{count}_{MAC}-{count}.ipynb": b"%d" % count for count in (1, 2)}
    found = planned(contents, notebooks=(f"{FRANCE}-1", f"{FRANCE}-2"))
    assert collected(found) == {"jdoe": {f"{FRANCE}-1.ipynb": b"1", f"{FRANCE}-2.ipynb": b"2"}}


def test_the_assignments_name_beside_the_students_is_read_as_a_mac_spells_it(planned) -> None:
    found = planned({f"jdoe_{MAC}.ipynb": b"1"}, notebooks=(FRANCE,), assignment=FRANCE)
    assert collected(found) == {"jdoe": {f"{FRANCE}.ipynb": b"1"}}


def test_nbgraders_own_timestamp_is_kept_as_a_mac_spells_its_folder(planned) -> None:
    contents = {f"jdoe/{MAC}/{name}": b"1" for name in (f"{FRANCE}.ipynb", "timestamp.txt")}
    found = planned(contents, notebooks=(FRANCE,), assignment=FRANCE)
    assert set(collected(found)["jdoe"]) == {f"{FRANCE}.ipynb", "timestamp.txt"}


def test_a_students_own_timestamp_is_not_believed(planned) -> None:
    found = planned({"doejane_1_2_hw.ipynb": b"1", "doejane_1_3_timestamp.txt": b"2020-01-01 00:00:00 UTC"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1"}}
    assert reasons(found) == {"doejane_1_3_timestamp.txt": "nbgrader would take it for its own"}


def test_a_timestamp_that_lies_loose_is_nobodys(planned) -> None:
    found = planned({"jdoe.ipynb": b"1", "timestamp.txt": b"2020-01-01 00:00:00 UTC"}, ())
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1"}}
    assert list(reasons(found)) == ["timestamp.txt"]


def test_nbgraders_own_timestamp_is_kept(planned) -> None:
    found = planned({"jdoe/hw/hw.ipynb": b"1", "jdoe/hw/timestamp.txt": b"2020-01-01 00:00:00 UTC"})
    assert set(collected(found)["jdoe"]) == {"hw.ipynb", "timestamp.txt"}


def test_the_platforms_word_that_it_is_late_is_kept(planned) -> None:
    assert planned({"doejane_LATE_1_2_hw.ipynb": b"1"}).submissions[0].late


def test_the_name_that_a_notebook_came_under_is_told(planned) -> None:
    found = planned({"doejane_1_2_my answers.ipynb": b"1", "li/week 1/hw.ipynb": b"2"})
    assert [one.came_as for one in found.submissions] == [{("hw.ipynb",): "my answers.ipynb"}, {}]


def of_other(path: Path) -> str:
    return path.read_bytes().decode().partition(":")[2]


@pytest.mark.parametrize("name", ["hw.ipynb", "hw-2.ipynb", "x.ipynb"])
def test_a_notebook_of_another_assignment_is_left_and_named(planned, name: str) -> None:
    found = planned({f"jdoe/{name}": b"1:other"}, answers_other=of_other)
    assert found.submissions == ()
    assert reasons(found) == {f"jdoe/{name}": f"{name} answers other, not hw"}


def test_a_notebook_beside_that_of_another_assignment_is_found(planned) -> None:
    found = planned({"jdoe/other.ipynb": b"1:other", "jdoe/mine.ipynb": b"2"}, answers_other=of_other)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"2", "other.ipynb": b"1:other"}}


def test_what_lies_in_the_place_of_the_notebook_that_is_chosen_is_left_and_named(planned) -> None:
    contents = {"jdoe/answers.ipynb": b"right", "jdoe/hw.ipynb": b"wrong:other", "jdoe/hw.ipynb.d/a.csv": b"1"}
    found = planned(contents, answers_other=of_other)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"right", "hw.ipynb.d/a.csv": b"1"}}
    assert reasons(found) == {"jdoe/hw.ipynb": "it answers other, and answers.ipynb takes its place"}


@pytest.mark.parametrize("name", ["HW.ipynb", "hw.IPYNB"])
def test_so_is_what_bears_its_name_in_other_capitals(planned, name: str) -> None:
    found = planned({"jdoe/answers.ipynb": b"right", f"jdoe/{name}": b"wrong:other"}, answers_other=of_other)
    assert collected(found) == {"jdoe": {"hw.ipynb": b"right"}}
    assert reasons(found) == {f"jdoe/{name}": "it answers other, and answers.ipynb takes its place"}


def test_of_notebooks_whose_names_differ_in_capitals_each_has_its_place(planned) -> None:
    contents = {"jdoe/HW.ipynb": b"1", "jdoe/hw.ipynb": b"2:other"}
    found = planned(contents, notebooks=("HW", "hw"), answers_other=of_other)
    assert collected(found) == {"jdoe": {"HW.ipynb": b"1"}}
    assert reasons(found) == {"jdoe/hw.ipynb": "it answers other, not hw"}


def test_one_of_several_notebooks_that_answers_another_assignment_is_left_and_named(planned) -> None:
    contents = {"jdoe/one.ipynb": b"1", "jdoe/two.ipynb": b"2:other"}
    found = planned(contents, notebooks=("one", "two"), answers_other=of_other)
    assert collected(found) == {"jdoe": {"one.ipynb": b"1"}}
    assert reasons(found) == {"jdoe/two.ipynb": "it answers other, not hw"}


def test_no_notebook_of_several_takes_the_place_of_another(planned) -> None:
    contents = {"jdoe/two.ipynb": b"one", "jdoe/second.ipynb": b"two"}
    found = planned(contents, notebooks=("one", "two"), recognizes=lambda path, name: path.read_text() == name)
    assert {name: data.decode() for name, data in collected(found)["jdoe"].items()} == {
        "one.ipynb": "one",
        "two.ipynb": "two",
    }
    assert found.left == ()


PARTS = ("part1", "part2")


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"part2": b"2"}, {"part2": b"2"}),
        ({"part2": b"2", "part1 (1)": b"1"}, {"part1": b"1", "part2": b"2"}),
        ({"Part 2 final": b"2", "Part-1": b"1"}, {"part1": b"1", "part2": b"2"}),
    ],
    ids=["one of them", "one with a mark", "nearly both"],
)
def test_of_notebooks_whose_names_differ_in_a_number_none_is_taken_for_another(planned, files, wanted) -> None:
    found = planned({f"jdoe/{name}.ipynb": data for name, data in files.items()}, notebooks=PARTS)
    assert collected(found) == {"jdoe": {f"{name}.ipynb": data for name, data in wanted.items()}}


def test_a_notebook_that_answers_another_one_does_not_take_its_place(planned) -> None:
    contents = {"jdoe/part1.ipynb": b"part1", "jdoe/part2.ipynb": b"part1", "jdoe/x.ipynb": b"part2"}
    found = planned(contents, notebooks=PARTS, recognizes=lambda path, name: path.read_text() == name)
    assert collected(found) == {"jdoe": {"part1.ipynb": b"part1", "part2.ipynb": b"part2"}}
    assert reasons(found) == {"jdoe/part2.ipynb": "it answers another notebook, and x.ipynb takes its place"}


DAY = "1-2 - Jane Doe - Jan 5, 2026 1159 PM"
NO_FOLDER_HOLDS = {
    "a file and a folder of one name": (["jdoe/hw.ipynb", "jdoe/a/b", "jdoe/a/b/c"], "a/b", "a folder has its name"),
    "a folder where the notebook goes": (
        ["jdoe/x.ipynb", "jdoe/hw.ipynb/a"],
        "hw.ipynb/a",
        "its folder has the name of the notebook",
    ),
    "a folder that nbgrader reads": (
        [f"{DAY}/hw.ipynb", f"{DAY}/timestamp.txt/a"],
        "timestamp.txt/a",
        "would take timestamp.txt for its own",
    ),
    "too long": (
        ["jdoe/hw.ipynb", f"jdoe/{'/'.join(['长' * 80] * 5)}"],
        "长",
        "with its folders, more than 1,000 bytes",
    ),
    "too deep": (["jdoe/hw.ipynb", f"jdoe/{'a/' * 101}b"], "a/b", "more than 100 folders deep"),
}


@pytest.mark.parametrize(("names", "file", "reason"), NO_FOLDER_HOLDS.values(), ids=NO_FOLDER_HOLDS)
def test_a_file_that_no_folder_holds_beside_the_others_is_left_and_named(planned, names, file, reason) -> None:
    found = planned(dict.fromkeys(names, b""))
    ((left, why),) = reasons(found).items()
    assert left.endswith(file)
    assert reason in why
    assert len(found.submissions[0].files) == len(names) - 1


@pytest.mark.parametrize("names", [names for names, _, _ in NO_FOLDER_HOLDS.values()], ids=NO_FOLDER_HOLDS)
def test_what_was_planned_can_be_stored(planned, tmp_path: Path, names) -> None:
    (one,) = planned(dict.fromkeys(names, b"")).submissions
    assert store(one, tmp_path / "submitted" / "jdoe" / "hw") == "new"


def test_text_typed_into_the_platform_is_left_and_named(planned) -> None:
    name = "Jane Doe_7_assignsubmission_onlinetext_"
    found = planned({f"{name}/onlinetext.html": b"sorry", "Jane Doe_7_assignsubmission_file_/hw.ipynb": b"1"})
    assert collected(found) == {"jdoe": {"hw.ipynb": b"1"}}
    assert reasons(found) == {f"{name}/onlinetext.html": "it was typed into the platform; a notebook is wanted"}


def test_a_class_of_thousands_is_matched_in_seconds(tmp_path: Path) -> None:
    notebook, numbers = tmp_path / "hw.ipynb", range(3000)
    notebook.write_text("{}")
    people = [Person(f"id{number}", f"Ann{number}", f"Doe{number}") for number in numbers]
    files = [Unpacked((f"doe{number}ann{number}_{number}_{number}_hw.ipynb",), notebook) for number in numbers]
    before = time.process_time()
    assert len(plan(files, "hw", ["hw"], people).submissions) == len(people)
    # Half a second; each with each, minutes.
    assert time.process_time() - before < 20


def test_a_download_of_gradescope_is_none_that_is_known(planned) -> None:
    names = ("submission_metadata.yml", "submission_1/hw.ipynb", "submission_2/hw.ipynb")
    with pytest.raises(UsageError, match=r"of Gradescope.*known are downloads of Canvas, Moodle and Brightspace"):
        planned({f"assignment_4242_export/{name}": b"1" for name in names}, ())


def test_a_student_cannot_make_it_one(planned) -> None:
    found = planned({"jdoe/hw.ipynb": b"1", "li/submission_metadata.yml": b"", "li/submission_1/hw.ipynb": b"2"})
    assert [one.student for one in found.submissions] == ["jdoe", "li"]
