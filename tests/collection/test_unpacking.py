"""What is dangerous in an archive is left, one by one and by name; the rest is taken."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from pathlib import Path

import pytest
from archives import archive, encrypted, entry, smaller

from autograder.collection import Left, few, unpack
from autograder.errors import UsageError

GOOD = {"ada/hw.ipynb": b"{}"}


@pytest.fixture
def unpacked(tmp_path: Path):
    def go(source: Path) -> tuple[list[str], dict[str, str]]:
        (tmp_path / "out").mkdir()
        files, left = unpack(source, tmp_path / "out")
        assert all(file.file.is_file() for file in files)
        return [file.name for file in files], {one.name: one.reason for one in left}

    return go


def packed(path: Path, contents: dict) -> bytes:
    return archive(path, contents).read_bytes()


REFUSED = {
    "climbs": ("../eve/hw.ipynb", "leads out of the archive"),
    "climbs inside": ("ada/../../hw.ipynb", "leads out of the archive"),
    "climbs with backslashes": ("ada\\..\\..\\hw.ipynb", "leads out of the archive"),
    "from the root": ("/etc/cron.d/x", "leads out of the archive"),
    "from a drive": ("C:/x.ipynb", "leads out of the archive"),
    "control characters": ("ada/a\x1b[2Jb.ipynb", "none that a file can have"),
    "too long": ("ada/" + "a" * 300, "too long"),
    "link": (entry("ada/link.ipynb", mode=stat.S_IFLNK | 0o777), "a link"),
    "pipe": (entry("ada/pipe", mode=stat.S_IFIFO | 0o600), "a device or a pipe"),
    "device": (entry("ada/device", mode=stat.S_IFBLK | 0o600), "a device or a pipe"),
    "socket": (entry("ada/socket", mode=stat.S_IFSOCK | 0o600), "a device or a pipe"),
}


@pytest.mark.parametrize(("name", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_entry_that_is_dangerous_is_left_and_named(tmp_path: Path, unpacked, name, reason: str) -> None:
    names, left = unpacked(archive(tmp_path / "a.zip", {name: b"x", **GOOD}))
    assert names == ["ada/hw.ipynb"]
    ((shown, why),) = left.items()
    assert shown == (name if isinstance(name, str) else name.filename)
    assert reason in why
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "out"]


def test_an_encrypted_entry_is_left(tmp_path: Path, unpacked) -> None:
    path = encrypted(archive(tmp_path / "a.zip", {"eve/secret.ipynb": b"{}", **GOOD}), "eve/secret.ipynb")
    assert unpacked(path) == (["ada/hw.ipynb"], {"eve/secret.ipynb": "it is encrypted"})


def test_a_damaged_entry_is_left(tmp_path: Path, unpacked) -> None:
    path = archive(tmp_path / "a.zip", {"eve/bad.ipynb": bytes(range(256)) * 40, **GOOD})
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(bytes(data))
    names, left = unpacked(path)
    assert names == ["ada/hw.ipynb"]
    assert left["eve/bad.ipynb"].startswith("it cannot be unpacked")


@pytest.mark.parametrize("inside", ["ada/hw.ipynb", "ada/inner.zip"])
def test_a_full_disk_is_the_machines_and_not_the_archives(tmp_path: Path, inside: str) -> None:
    (tmp_path / "out").mkdir()
    data = packed(tmp_path / "inner.zip", GOOD)
    # The first file is put there, or the second, which is that in the archive within.
    (tmp_path / "out" / ("000002" if inside.endswith(".zip") else "000001")).symlink_to("/dev/full")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        unpack(archive(tmp_path / "a.zip", {inside: data}), tmp_path / "out")


def test_a_bomb_by_ratio_is_left(tmp_path: Path, unpacked) -> None:
    names, left = unpacked(archive(tmp_path / "a.zip", {"eve/bomb.ipynb": bytes(2**25), **GOOD}))
    assert names == ["ada/hw.ipynb"]
    assert "it would grow from" in left["eve/bomb.ipynb"]


def test_a_bomb_that_lies_about_its_size_is_left(tmp_path: Path, unpacked) -> None:
    path = archive(tmp_path / "a.zip", {"eve/bomb.ipynb": bytes(2**25), **GOOD})
    names, left = unpacked(smaller(path, "eve/bomb.ipynb", 1000))
    assert names == ["ada/hw.ipynb"]
    assert left["eve/bomb.ipynb"].startswith("it cannot be unpacked")
    assert sum(file.stat().st_size for file in (tmp_path / "out").iterdir()) < 2000


def test_a_bomb_by_size_is_left(tmp_path: Path, unpacked, monkeypatch) -> None:
    monkeypatch.setattr("autograder.collection.unpacking._MOST_OF_ONE", 1000)
    names, left = unpacked(archive(tmp_path / "a.zip", {"eve/big.ipynb": os.urandom(2000), **GOOD}))
    assert (names, list(left)) == (["ada/hw.ipynb"], ["eve/big.ipynb"])


def test_what_is_too_much_in_all_is_left(tmp_path: Path, unpacked, monkeypatch) -> None:
    monkeypatch.setattr("autograder.collection.unpacking._MOST_OF_ALL", 2500)
    contents = {f"s{n}/hw.ipynb": os.urandom(1000) for n in range(4)}
    names, left = unpacked(archive(tmp_path / "a.zip", contents))
    assert (names, list(left)) == (["s0/hw.ipynb", "s1/hw.ipynb"], ["s2/hw.ipynb", "s3/hw.ipynb"])


def test_a_bomb_by_count_is_left_and_the_archive_round_it_taken(tmp_path: Path, unpacked, monkeypatch) -> None:
    monkeypatch.setattr("autograder.collection.unpacking._MOST_FILES", 10)
    bomb = packed(tmp_path / "b.zip", {f"{n}": b"" for n in range(20)})
    names, left = unpacked(archive(tmp_path / "a.zip", {"eve/b.zip": bomb, **GOOD}))
    assert names == ["ada/hw.ipynb"]
    assert "20 entries" in left["eve/b.zip"]


def test_an_archive_whose_list_of_entries_is_too_long_is_left_before_it_is_read(
    tmp_path: Path, unpacked, monkeypatch
) -> None:
    monkeypatch.setattr("autograder.collection.listing.MOST_OF_A_LIST", 900)
    crowded = packed(tmp_path / "b.zip", {f"{n}": b"" for n in range(20)})
    names, left = unpacked(archive(tmp_path / "a.zip", {"eve/b.zip": crowded, **GOOD}))
    assert names == ["ada/hw.ipynb"]
    assert left == {"eve/b.zip": "it says that it has far more entries; 20,000 are allowed"}


def test_after_some_archives_with_too_many_entries_no_more_of_that_person_is_opened(
    tmp_path: Path, unpacked, monkeypatch
) -> None:
    monkeypatch.setattr("autograder.collection.unpacking._MOST_FILES", 10)
    crowded = packed(tmp_path / "b.zip", {f"{n}": b"" for n in range(20)})
    some = packed(tmp_path / "c.zip", {"hw.ipynb": b""})
    eves = {f"eve/{n}.zip": crowded for n in range(5)} | {"eve/last.zip": some}
    names, left = unpacked(archive(tmp_path / "a.zip", eves | {"ada/work.zip": some}))
    assert names == ["ada/work.zip/hw.ipynb"]
    assert left["eve/last.zip"] == "it is not opened: 5 archives before it had too many entries"


@pytest.fixture
def small(monkeypatch) -> None:
    """Let one person hand in four files or 2,500 bytes."""
    monkeypatch.setattr("autograder.collection.unpacking._MOST_FILES", 4)
    monkeypatch.setattr("autograder.collection.unpacking._MOST_OF_EACH", 2500)


LAYOUTS = {
    "Canvas": "{who}_1_2_{file}",
    "Moodle": "{who}_1_assignsubmission_file_/{file}",
    "Brightspace": "1-2 - {who} - Jan 5, 2026 1159 PM/{file}",
    "plain": "{who}/{file}",
    "in one folder": "download/{who}/{file}",
    "in nbgrader's": "submitted/{who}/hw/{file}",
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_what_one_person_hands_in_takes_nothing_from_the_others(tmp_path: Path, unpacked, layout: str) -> None:
    many = {layout.format(who="aaron", file=f"{n}.ipynb"): b"" for n in range(6)}
    large = {layout.format(who="bob", file=f"{n}.ipynb"): os.urandom(1000) for n in range(3)}
    others = {layout.format(who=who, file="hw.ipynb"): b"{}" for who in ("carol", "dave")}
    names, left = unpacked(archive(tmp_path / "a.zip", {**many, **large, **others}))
    assert names == [*list(many)[:4], *list(large)[:2], *others]
    assert list(left) == [*list(many)[4:], *list(large)[2:]]


@pytest.mark.usefixtures("small")
def test_a_page_of_the_platform_beside_their_folder_makes_no_one_person_of_a_class(tmp_path: Path, unpacked) -> None:
    files = {f"hw/{who}/{n}.ipynb": b"" for who in ("ada", "bob") for n in range(5)}
    names, left = unpacked(archive(tmp_path / "a.zip", {**files, "Index.html": b""}))
    assert names == [*(f"hw/{who}/{n}.ipynb" for who in ("ada", "bob") for n in range(4)), "Index.html"]
    assert list(left) == ["hw/ada/4.ipynb", "hw/bob/4.ipynb"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("contents", [{f"{n}": b"" for n in range(4)}, {f"{n}": os.urandom(900) for n in range(3)}])
def test_what_one_person_has_packed_takes_nothing_from_the_others(tmp_path: Path, unpacked, contents: dict) -> None:
    inner = packed(tmp_path / "inner.zip", contents)
    others = {f"{who}/hw.ipynb": b"{}" for who in ("bob", "carol", "dave", "eve", "fay")}
    names, left = unpacked(archive(tmp_path / "a.zip", {"aaron/work.zip": inner, **others}))
    assert names[-5:] == list(others)
    assert {name.partition("/")[0] for name in left} == {"aaron"}


@pytest.mark.usefixtures("small")
def test_archives_that_are_not_opened_take_nothing_from_the_others_either(
    tmp_path: Path, unpacked, monkeypatch
) -> None:
    monkeypatch.setattr("autograder.collection.unpacking._MOST_FILES_OF_ALL", 20)
    inner = packed(tmp_path / "inner.zip", {f"{n}": b"" for n in range(9)})
    names, left = unpacked(archive(tmp_path / "a.zip", {f"aaron/{n}.zip": inner for n in range(4)} | GOOD))
    assert (names, len(left)) == (["ada/hw.ipynb"], 4)


@pytest.mark.usefixtures("small")
def test_a_folder_is_shared_by_person_too(tmp_path: Path, unpacked) -> None:
    files = [f"download/{who}/{n}.ipynb" for who in ("ada", "bob") for n in range(5)]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    names, left = unpacked(tmp_path / "download")
    assert names == [f"{who}/{n}.ipynb" for who in ("ada", "bob") for n in range(4)]
    assert list(left) == ["ada/4.ipynb", "bob/4.ipynb"]


@pytest.mark.usefixtures("small")
def test_who_hands_in_alone_may_have_all(tmp_path: Path, unpacked) -> None:
    files = {f"download/{n}.ipynb": b"" for n in range(6)}
    inner = packed(tmp_path / "inner.zip", files)
    names, left = unpacked(archive(tmp_path / "a.zip", {"download.zip": inner}))
    assert (names, left) == ([f"download.zip/{name}" for name in files], {})


def test_all_together_have_a_limit_too(tmp_path: Path, unpacked, monkeypatch) -> None:
    monkeypatch.setattr("autograder.collection.unpacking._MOST_FILES_OF_ALL", 3)
    files = [f"{who}/{n}.ipynb" for who in ("ada", "bob") for n in range(2)]
    for name in files:
        (tmp_path / "download" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "download" / name).write_bytes(b"")
    names, left = unpacked(tmp_path / "download")
    assert names == files[:3]
    assert left == {files[3]: "with it there are more than 3 files in all"}


def test_of_many_files_of_one_person_some_are_named_and_the_others_counted() -> None:
    left = [Left("a.zip", "there are no files in it"), *(Left(f"eve/{n}", "no", "eve") for n in range(2013))]
    left.insert(7, Left("bob/x", "no", "bob"))
    named = [*left[:12], Left("eve", "and 2,003 more files", "eve")]
    assert few(left) == named


def test_archives_in_archives_are_opened_and_not_too_deep(tmp_path: Path, unpacked) -> None:
    data = b"{}"
    for depth in range(4):
        data = packed(
            tmp_path / "inner.zip", {f"{depth}.ipynb" if depth == 0 else f"{depth}.zip": data, f"{depth}.txt": b""}
        )
    names, left = unpacked(archive(tmp_path / "a.zip", {"ada/work.zip": data, **GOOD}))
    assert names == ["ada/work.zip/3.zip/2.txt", "ada/work.zip/3.txt", "ada/hw.ipynb"]
    assert list(left) == ["ada/work.zip/3.zip/2.zip"]


@pytest.mark.parametrize("contents", [{}, {"__MACOSX/._hw.ipynb": b"x", "empty/": b""}], ids=["empty", "junk"])
def test_an_archive_in_the_archive_with_nothing_in_it_is_named(tmp_path: Path, unpacked, contents: dict) -> None:
    inner = packed(tmp_path / "inner.zip", contents)
    names, left = unpacked(archive(tmp_path / "a.zip", {"eve/hw.zip": inner, **GOOD}))
    assert (names, left) == (["ada/hw.ipynb"], {"eve/hw.zip": "there are no files in it"})


def test_a_download_with_nothing_in_it_is_named(tmp_path: Path, unpacked) -> None:
    assert unpacked(archive(tmp_path / "a.zip", {})) == ([], {"a.zip": "there are no files in it"})


def test_an_empty_folder_is_named(tmp_path: Path, unpacked) -> None:
    (tmp_path / "download").mkdir()
    assert unpacked(tmp_path / "download") == ([], {"download": "there are no files in it"})


def test_what_is_called_an_archive_and_is_none_is_a_file(tmp_path: Path, unpacked) -> None:
    assert unpacked(archive(tmp_path / "a.zip", {"ada/notes.zip": b"no"})) == (["ada/notes.zip"], {})


@pytest.mark.parametrize(
    "junk", ["__MACOSX/ada/._hw.ipynb", "ada/.DS_Store", "ada/.ipynb_checkpoints/hw.ipynb", "ada/"]
)
def test_what_nobody_handed_in_is_passed_over(tmp_path: Path, unpacked, junk: str) -> None:
    assert unpacked(archive(tmp_path / "a.zip", {junk: b"", **GOOD})) == (["ada/hw.ipynb"], {})


@pytest.mark.parametrize(
    "name", ["李明/作业 1.ipynb", "دانا/שיעור.ipynb", "Zoë, Åsa/hw (2).ipynb", "'; rm -rf ~/hw.ipynb"]
)
def test_odd_names_are_names(tmp_path: Path, unpacked, name: str) -> None:
    assert unpacked(archive(tmp_path / "a.zip", {name: b"{}"})) == ([name], {})


def test_names_in_utf_8_that_are_not_marked_so(tmp_path: Path, unpacked) -> None:
    path = archive(tmp_path / "a.zip", {"Zo#e/hw.ipynb": b"{}"})
    path.write_bytes(path.read_bytes().replace(b"Zo#e", "Zoë".encode()))
    assert unpacked(path)[0] == ["Zoë/hw.ipynb"]


def test_a_folder_is_taken_without_its_links_and_pipes(tmp_path: Path, unpacked) -> None:
    root = tmp_path / "download"
    (root / "ada").mkdir(parents=True)
    (root / "ada" / "hw.ipynb").write_bytes(b"{}")
    (root / "ada" / "link.ipynb").symlink_to("/etc/passwd")
    (root / "eve").symlink_to("/etc")
    os.mkfifo(root / "pipe")
    (root / "bea.zip").write_bytes(packed(tmp_path / "b.zip", {"hw.ipynb": b"[]"}))
    names, left = unpacked(root)
    assert sorted(names) == ["ada/hw.ipynb", "bea.zip/hw.ipynb"]
    assert sorted(left) == ["ada/link.ipynb", "eve", "pipe"]


def test_what_is_neither_archive_nor_folder_is_the_callers_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("no")
    with pytest.raises(UsageError, match="neither a zip archive nor a folder"):
        unpack(tmp_path / "a.txt", tmp_path)


def test_a_pipe_is_the_callers_mistake_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="neither a zip archive nor a folder"):
        unpack(tmp_path / "pipe", tmp_path)


def test_a_cut_off_archive_is_the_callers_mistake(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", GOOD)
    path.write_bytes(path.read_bytes()[:40])
    assert not zipfile.is_zipfile(path)
    with pytest.raises(UsageError):
        unpack(path, tmp_path)
