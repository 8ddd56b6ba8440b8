"""What is in an archive, and what is not."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from command import typed
from spoken import NAME

from autograder.errors import UsageError
from autograder.hosts.contracts import HOSTS
from autograder.hosts.packing import packed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hosts")]

ROOT = Path(__file__).parents[2]
ODD_NAMES = (NAME, """it's "$(id)" @level@""")
TEXT = re.compile(r"\.(py|sh|txt|toml|ipynb)$|Dockerfile$|run_autograder$")


@pytest.fixture(scope="module", params=HOSTS)
def host(request):
    return HOSTS[request.param]


@pytest.fixture(scope="module")
def archive(course, host):
    return packed(course, "toy", host)


@pytest.fixture(scope="module")
def contents(archive, host) -> dict[str, bytes]:
    if host.ending == ".zip":
        with zipfile.ZipFile(io.BytesIO(archive.data)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    with tarfile.open(fileobj=io.BytesIO(archive.data)) as opened:
        return {one.name: opened.extractfile(one).read() for one in opened.getmembers()}


def test_the_same_course_gives_the_same_bytes(course, host, archive):
    for path in course.rglob("*"):
        os.utime(path, (1, 1))
    assert packed(course, "toy", host).data == archive.data


def test_it_holds_one_assignment_of_the_course(contents):
    assert sorted(name for name in contents if name.startswith("course/")) == [
        "course/course.toml",
        "course/reference/__init__.py",
        "course/reference/toy.py",
        "course/source/toy/toy.ipynb",
        "course/source/toy/toy_helpers.py",
    ]


def test_it_holds_the_tests_that_nbgrader_has_written(course, host, tmp_path):
    written = shutil.copytree(course, tmp_path / "course")
    shutil.copytree(written / "source" / "toy", written / "source_with_tests" / "toy")
    assert "course/source_with_tests/toy/toy.ipynb" in packed(written, "toy", host).files


def test_it_says_nothing_of_another_assignment(contents):
    assert [name for name, data in contents.items() if b"answers of another" in data] == []
    assert tomllib.loads(contents["course/course.toml"].decode()) == {
        "limits": {"seconds_per_call": 1, "seconds_per_cell": 2, "seconds_to_define": 3, "memory_mb": 600}
    }


def test_it_leaves_out_the_rooms_that_grade_nothing(contents):
    rooms = {name.split("/")[2] for name in contents if name.startswith("package/autograder/")}
    assert {"examiner", "sandbox", "candidate"} <= rooms
    assert rooms.isdisjoint({"cli", "demo", "audit", "nbgrader_bridge", "reports", "adoption", "collection"})


def test_it_installs_the_pinned_versions_of_what_is_imported(contents, archive):
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert {pin.split("==")[0] for pin in archive.pins} == {"msgspec", "numpy"}
    assert set(contents["requirements.txt"].decode().split()) <= set(constraints)


def test_no_file_of_it_names_a_registry_or_a_machine(contents, course):
    place = re.compile(rf"{re.escape(str(ROOT))}|{re.escape(str(course))}|index-url|/simple/")
    assert [name for name, data in contents.items() if TEXT.search(name) and place.search(data.decode())] == []


@pytest.mark.parametrize(("level", "word"), [(None, "strongest"), ("full", "full")])
def test_it_asks_for_the_level_that_was_asked_for(course, level, word):
    with zipfile.ZipFile(io.BytesIO(packed(course, "toy", HOSTS["gradescope"], level).data)) as opened:
        assert opened.read("run_autograder").decode().endswith(f"autograder.hosts gradescope toy {word}\n")


@pytest.fixture
def odd_names(course, tmp_path):
    """Give a course in which names hold what a shell, JSON and we ourselves would obey."""
    copied = shutil.copytree(course, tmp_path / "course")
    for name in ODD_NAMES:
        shutil.copytree(copied / "source" / "toy", copied / "source" / name, dirs_exist_ok=True)
    return copied


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_reaches_the_program_as_it_is(odd_names, name):
    with zipfile.ZipFile(io.BytesIO(packed(odd_names, name, HOSTS["gradescope"]).data)) as opened:
        assert shlex.split(opened.read("run_autograder").decode(), comments=True)[-3:] == [
            "gradescope", name, "strongest",
        ]  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(packed(odd_names, name, HOSTS["docker"]).data)) as opened:
        entry = opened.extractfile("Dockerfile").read().decode().split("ENTRYPOINT ")[1]
        assert json.loads(entry)[-3:] == ["docker", name, "strongest"]


def test_wheels_go_in_with_their_versions(course, wheels):
    files = packed(course, "toy", HOSTS["gradescope"], None, wheels).files
    assert {name.split("-")[0] for name in files if name.endswith(".whl")} == {"wheels/msgspec", "wheels/numpy"}


@pytest.mark.parametrize("name", ["notes.whl", "numpy-latest-py3-none-any.whl", "._numpy-2.0-py3-none-any.whl"])
def test_what_bears_no_name_of_a_wheel_is_passed_over(course, wheels, tmp_path, name):
    folder = shutil.copytree(wheels, tmp_path / "wheels")
    (folder / name).touch()
    files = packed(course, "toy", HOSTS["gradescope"], None, folder).files
    assert len([file for file in files if file.endswith(".whl")]) == 2


def test_a_missing_wheel_is_named_with_what_fetches_it(course, tmp_path):
    with pytest.raises(UsageError, match=r"no wheels of msgspec==\S+, numpy==.*pip download .* msgspec=="):
        packed(course, "toy", HOSTS["gradescope"], None, tmp_path)


def test_the_command_that_fetches_wheels_takes_any_folder(course, tmp_path):
    folder = tmp_path / "my wheels"
    folder.mkdir()
    with pytest.raises(UsageError, match=f"--dest '{folder}' msgspec=="):
        packed(course, "toy", HOSTS["gradescope"], None, folder)


def test_a_reference_that_needs_more_than_was_packed_gives_no_archive(course, tmp_path):
    copied = tmp_path / "course"
    shutil.copytree(course, copied)
    module = copied / "reference" / "toy.py"
    module.write_text(
        "import pathlib\nDATA = pathlib.Path(__file__).with_name('toy.txt').read_text()\n" + module.read_text()
    )
    module.with_name("toy.txt").write_text("what the reference reads")
    with pytest.raises(UsageError, match=r"would not grade .*toy.txt"):
        packed(copied, "toy", HOSTS["docker"])


def test_the_command_writes_the_archive_and_says_what_to_do(course, tmp_path):
    done = typed(tmp_path, "bundle", "toy", "--for", "docker", "--course", course)
    assert done.returncode == 0, done.stderr
    with tarfile.open(tmp_path / "toy-docker.tar.gz") as archive:
        assert "requirements.txt" in archive.getnames()
    assert "docker build -t NAME - < toy-docker.tar.gz" in done.stdout
    assert "not for students" in done.stderr


def test_the_command_that_builds_an_image_takes_any_name(course, tmp_path):
    done = typed(tmp_path, "bundle", NAME, "--for", "docker", "--course", course)
    assert f"`docker build -t NAME - < '{NAME}-docker.tar.gz'`" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "--for", "docker"], "There is no assignment 'nothing'"),
        (["toy", "--for", "docker", "--wheels", "nowhere"], "nowhere is no folder"),
        (["toy", "--for", "docker", "--to", "nowhere/file"], "its folder does not exist"),
        (["toy", "--for", "moodle"], "'moodle' is not one of"),
    ],
)
def test_a_mistake_of_the_caller_is_told(course, tmp_path, arguments, told):
    done = typed(tmp_path, "bundle", *arguments, "--course", course, columns=200)
    assert done.returncode == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []
