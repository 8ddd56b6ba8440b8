"""A course's own code lies in its folder, as for nbgrader; where it fails it is named, and no student's work."""

from __future__ import annotations

import sys

import pytest
from entering import write_grades
from tiny_course import ALL_PASSED
from tiny_edits import late

from autograder import nbgrader_bridge as bridge
from autograder.api.gradebook import grade_assignments
from autograder.api.regrading import regrade
from autograder.api.runs import LOG, STATE
from autograder.errors import BridgeError

PLUG_IN = """
from nbgrader.plugins import BasePlugin


class Own(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {penalty}
"""


@pytest.fixture
def plug_in(course, request):
    """Put a plug-in for penalties beside the course's configuration; each has a name of its own in this process."""

    def put(penalty: str = "1.5", text: str = PLUG_IN) -> str:
        name = f"late_{request.node.name.partition('[')[0]}"
        (course / f"{name}.py").write_text(text.replace("{penalty}", penalty))
        with (course / "nbgrader_config.py").open("a") as config:
            config.write(f'\nc.AssignLatePenalties.plugin_class = "{name}.Own"\n')
        return name

    return put


def penalty(course, student="ada"):
    return next(one.penalty for one in bridge.standing(course, "hw") if one.student == student)


def test_a_plug_in_in_the_course_folder_is_found_from_any_folder(course, hand_in, plug_in):
    plug_in()
    late(course, hand_in("ada"))
    assert write_grades(course, "hw", {("ada", "hw"): ALL_PASSED}) == ()
    assert penalty(course) == 1.5


def test_so_is_what_the_plug_in_imports_when_it_is_asked(course, hand_in, plug_in):
    (course / "points_for_hours.py").write_text("POINTS = 2.5")
    plug_in("__import__('points_for_hours').POINTS")
    late(course, hand_in("ada"))
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert penalty(course) == 2.5


def test_the_course_folder_is_not_importable_afterwards(course, hand_in, plug_in):
    plug_in()
    late(course, hand_in("ada"))
    before = list(sys.path)
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert sys.path == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("class Own: pass", "subclass of"),
        ("class Another: pass", "No module named Own"),
    ],
    ids=["lacks a module", "raises", "is no plug-in", "is not there"],
)
@pytest.mark.parametrize("command", [grade_assignments, regrade])
def test_a_plug_in_that_cannot_be_loaded_is_told_before_anything_is_graded(
    course, hand_in, plug_in, command, text, reason
):
    hand_in("ada")
    name = plug_in(text=text)
    sys.modules.pop(name, None)
    with pytest.raises(BridgeError, match=rf"nbgrader_config\.py.*{name}.*") as told:
        command(course, ["hw"])
    assert reason in str(told.value)
    assert "\n" not in str(told.value)
    assert not (course / STATE / LOG).exists()


def test_where_a_plug_in_fails_it_is_named_with_its_file_and_the_work_is_not(course, hand_in, plug_in):
    name = plug_in("1 / 0")
    late(course, hand_in("ada"))
    (refused,) = write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert f"{name}.Own ({course / name}.py)" in refused.reason
    assert "ZeroDivisionError: division by zero" in refused.reason
    assert "hw.ipynb" not in refused.reason


def test_nobody_is_asked_for_points_because_a_plug_in_fails(course, hand_in, plug_in):
    plug_in("1 / 0")
    late(course, hand_in("ada"))
    write_grades(course, "hw", {("ada", "hw"): ALL_PASSED})
    assert bridge.waiting(course, "hw") == bridge.Waiting()


def test_who_is_not_late_is_graded_all_the_same(course, hand_in, plug_in):
    plug_in("1 / 0")
    late(course, hand_in("ada"))
    hand_in("bo")
    refused = write_grades(course, "hw", {("ada", "hw"): ALL_PASSED, ("bo", "hw"): ALL_PASSED})
    assert [one.student for one in refused] == ["ada"]
