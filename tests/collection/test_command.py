"""``autograder collect --zip``, as it is typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from archives import archive, encrypted
from command import Done, typed

from autograder import nbgrader_bridge as bridge
from autograder.outcomes import Person

ROOT = Path(__file__).parents[2]
HE = {"cells": [{"cell_type": "code", "source": "def initialize_parameters_he(layers_dims):\n    return {}"}]}
WORK = json.dumps(HE).encode()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a course with a class list and a gradebook to copy."""
    root = tmp_path_factory.mktemp("template") / "course"
    for part in ("source", "reference"):
        shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    students = [Person("jdoe", "Jane", "Doe", lms_id="1234"), Person("li", "明", "李")]
    bridge.add_students(root, students)
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


@pytest.fixture
def download(tmp_path: Path) -> Path:
    contents = {
        "doejane_LATE_1234_5_my answers.ipynb": WORK,
        "李明_8_9_作业.ipynb": WORK,
        "李明_8_10_notes.ipynb": b"{}",
        "malloryeve_6_7_hw.ipynb": WORK,
        "../li/hw.ipynb": WORK,
        "doejane_1234_8_secret.txt": b"x",
    }
    return encrypted(archive(tmp_path / "download.zip", contents), "doejane_1234_8_secret.txt")


def collect(course: Path, *arguments: str | Path, columns: int = 80) -> Done:
    return typed(course, "collect", "initialization", *arguments, columns=columns)


def submitted(course: Path) -> dict[str, bytes]:
    folder = course / "submitted"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_download_is_collected_and_what_is_left_is_named(course: Path, download: Path) -> None:
    done = collect(course, "--zip", download)
    assert done.returncode == 0, done.stderr
    assert submitted(course) == {
        "jdoe/initialization/initialization.ipynb": WORK,
        "li/initialization/initialization.ipynb": WORK,
        "li/initialization/notes.ipynb": b"{}",
    }
    told = [line for line in done.stderr.splitlines() if line.startswith("not collected: ")]
    assert [line.split(": ")[1] for line in told] == [
        "../li/hw.ipynb",
        "doejane_1234_8_secret.txt",
        "malloryeve_6_7_hw.ipynb",
    ]
    told = "Late, and the platform does not say when they came: jdoe. Enter their penalty by hand."
    assert told in " ".join(done.stderr.split())


def test_a_dry_run_shows_the_same_and_writes_nothing(course: Path, download: Path) -> None:
    done = collect(course, "--zip", download, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert not (course / "submitted").exists()
    assert "2 submissions of initialization would be collected; nothing was written." in done.stdout
    assert any("jdoe" in line and "doejane" in line for line in done.stdout.splitlines())


def test_what_was_collected_can_be_graded(course: Path, download: Path) -> None:
    collect(course, "--zip", download)
    bridge.generate(course, "initialization")
    assert [found.student for found in bridge.submissions(course, "initialization")] == ["jdoe", "li"]


def test_the_dry_run_shows_under_which_name_a_notebook_came(course: Path, download: Path) -> None:
    shown = collect(course, "--zip", download, "--dry-run", columns=200).stdout
    assert "initialization.ipynb (came as my answers.ipynb)" in shown


def test_a_notebook_that_answers_another_assignment_only_is_not_collected(course: Path, tmp_path: Path) -> None:
    other = (course / "source" / "regularization" / "regularization.ipynb").read_bytes()
    both = json.loads(other)
    both["cells"] += HE["cells"]
    contents = {"doejane_1234_5_initialization.ipynb": other, "李明_8_9_作业.ipynb": json.dumps(both).encode()}
    done = collect(course, "--zip", archive(tmp_path / "a.zip", contents))
    assert list(submitted(course)) == ["li/initialization/initialization.ipynb"]
    assert "initialization.ipynb answers regularization, not initialization" in done.stderr


def test_an_older_submission_does_not_take_the_place_of_a_newer_one(course: Path, tmp_path: Path) -> None:
    new = {"1-2 - Jane Doe - Jan 6, 2026 1159 PM/hw.ipynb": WORK, "8-9 - 李 明 - Jan 6, 2026 900 AM/hw.ipynb": WORK}
    collect(course, "--zip", archive(tmp_path / "new.zip", new))
    before = submitted(course)
    old = archive(tmp_path / "old.zip", {"1-2 - Jane Doe - Jan 5, 2026 1159 PM/hw.ipynb": b"{}"})
    for arguments in (("--dry-run",), ()):
        done = collect(course, "--zip", old, *arguments)
        assert done.returncode == 2
        assert (
            "not collected: Jane Doe: it is of 2026-01-05 23:59, and what is stored is newer, of 2026-01-06 23:59"
            in (done.stderr)
        )
        assert submitted(course) == before


def test_where_nothing_is_collected_the_exit_status_says_so(course: Path, tmp_path: Path) -> None:
    done = collect(course, "--zip", archive(tmp_path / "empty.zip", {}))
    assert done.returncode == 2
    assert "not collected: empty.zip: there are no files in it." in done.stderr


def test_where_something_cannot_be_stored_the_exit_status_says_so(course: Path, download: Path) -> None:
    (course / "submitted").mkdir()
    (course / "submitted" / "li").write_text("in the way")
    done = collect(course, "--zip", download)
    assert done.returncode == 3
    assert "not collected: 李明: it cannot be stored: File exists." in done.stderr
    assert "1 submission of initialization collected." in done.stdout


MANY = 20_000


def test_whom_a_limit_leaves_with_nothing_is_told_in_few_lines_and_by_the_exit_status(
    course: Path, tmp_path: Path
) -> None:
    many = archive(tmp_path / "b.zip", {"hw.ipynb": WORK, **{f"{n}": b"" for n in range(MANY)}})
    contents = {"doejane_1234_5_b.zip": many.read_bytes(), "李明_8_9_hw.ipynb": WORK}
    done = collect(course, "--zip", archive(tmp_path / "a.zip", contents), "--dry-run")
    assert done.returncode == 3
    assert "not collected: doejane_1234_5_b.zip: it says that it has 20,001 entries; 20,000 are allowed." in done.stderr
    assert "1 submission of initialization would be collected" in done.stdout


def test_what_else_came_from_somebody_who_is_collected_is_no_fault(course: Path, tmp_path: Path) -> None:
    contents = {"jdoe/hw.ipynb": WORK, "jdoe/zeros.bin": bytes(2**25), "li/hw.ipynb": WORK}
    done = collect(course, "--zip", archive(tmp_path / "a.zip", contents), "--dry-run")
    assert "not collected: jdoe/zeros.bin: it would grow" in done.stderr
    assert done.returncode == 0


def test_thousands_of_files_of_one_student_take_few_lines(course: Path, tmp_path: Path) -> None:
    work = {"jdoe/hw.ipynb": WORK, **{f"jdoe/{n}": b"" for n in range(1000)}}
    nobodys = {f"mallory/{n}.ipynb": WORK for n in range(1000)}
    done = collect(course, "--zip", archive(tmp_path / "a.zip", {**work, **nobodys}), "--dry-run", columns=200)
    assert done.returncode == 0
    assert len(done.stdout.splitlines() + done.stderr.splitlines()) < 30
    assert "initialization.ipynb (came as hw.ipynb)" in done.stdout
    assert "and 981 more" in " ".join(done.stdout.split())
    assert "not collected: mallory: and 990 more files." in done.stderr


def test_an_archive_that_no_folder_can_hold_is_no_fault_of_the_machine(course: Path, tmp_path: Path) -> None:
    contents = {"jdoe/hw.ipynb": WORK, "jdoe/data": b"1", "jdoe/data/y": b"2"}
    done = collect(course, "--zip", archive(tmp_path / "a.zip", contents))
    assert done.returncode == 0
    assert list(submitted(course)) == ["jdoe/initialization/data/y", "jdoe/initialization/initialization.ipynb"]
    assert "not collected: jdoe/data: a folder has its name." in done.stderr


def test_a_course_without_a_class_list_takes_newcomers_after_grading(course: Path, tmp_path: Path) -> None:
    (course / "gradebook.db").unlink()
    bridge.add_students(course, [Person("doejane")])  # no more than that is written by grading
    contents = {"doejane_4_5_hw.ipynb": WORK, "roeann_6_7_hw.ipynb": WORK}
    done = collect(course, "--zip", archive(tmp_path / "a.zip", contents))
    assert done.returncode == 0, done.stderr
    assert [name.partition("/")[0] for name in submitted(course)] == ["doejane", "roeann"]
    assert "Without a class list" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--zip", "absent.zip"), "No such file"), (("--dry-run",), "name an archive with --zip")],
    ids=["no such file", "dry run of nothing"],
)
def test_a_mistake_of_the_caller_is_told(course: Path, arguments, message: str) -> None:
    done = collect(course, *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_who_is_on_the_class_list_and_has_nothing_collected_is_named(course: Path, tmp_path: Path) -> None:
    download = archive(tmp_path / "a.zip", {"doejane_1234_5_hw.ipynb": WORK})
    for arguments in (("--dry-run",), ()):
        assert "Nothing collected from: li." in collect(course, "--zip", download, *arguments).stderr


def test_who_has_something_from_an_earlier_download_is_not(course: Path, tmp_path: Path) -> None:
    collect(course, "--zip", archive(tmp_path / "a.zip", {"doejane_1234_5_hw.ipynb": WORK}))
    done = collect(course, "--zip", archive(tmp_path / "b.zip", {"李明_8_9_作业.ipynb": WORK}))
    assert "Nothing collected from" not in done.stderr


def test_texts_typed_into_the_platform_are_counted_beside_a_notebook_and_named_without(
    course: Path, tmp_path: Path
) -> None:
    contents = {
        "Jane Doe_7_assignsubmission_file_/hw.ipynb": WORK,
        "Jane Doe_7_assignsubmission_onlinetext_/onlinetext.html": b"sorry",
        (name := "李 明_8_assignsubmission_onlinetext_/onlinetext.html"): b"my answer",
    }
    done = collect(course, "--zip", archive(tmp_path / "a.zip", contents), columns=200)
    assert [line for line in done.stderr.splitlines() if line.startswith("not collected")] == [
        f"not collected: {name}: it was typed into the platform; a notebook is wanted."
    ]
    assert "1 text typed into the platform beside a notebook is left." in done.stderr


def test_a_submission_that_takes_the_time_away_with_the_one_before_is_noted(course: Path, tmp_path: Path) -> None:
    timed = {"1-2 - Jane Doe - Jan 6, 2026 1159 PM/hw.ipynb": WORK}
    collect(course, "--zip", archive(tmp_path / "a.zip", timed))
    untimed = archive(tmp_path / "b.zip", {"doejane_1234_5_hw.ipynb": WORK.replace(b"{}", b"{1: 2}")})
    for arguments in (("--dry-run",), ()):
        told = " ".join(collect(course, "--zip", untimed, *arguments).stderr.split())
        assert "No longer known when these were handed in, for this download does not say it: jdoe." in told
