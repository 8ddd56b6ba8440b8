"""Each assignment imports its own helpers, whatever another one calls its own."""

from __future__ import annotations

import importlib
import json  # noqa: F401 - it is in use
import sys
from pathlib import Path

import pytest

from autograder.examiner.modules import TrustedModules

KINDS = {
    "a module": ("utils_of_toys.py", "utils_of_toys"),
    "a package": ("utils_of_toys/__init__.py", "utils_of_toys"),
    "a module of a package": ("utils_of_toys/deep.py", "utils_of_toys.deep"),
    "a module of a package in another": ("utils_of_toys/inner/deep.py", "utils_of_toys.inner.deep"),
}


def folder(root: Path, name: str, file: str) -> Path:
    path = root / name / file
    path.parent.mkdir(parents=True)
    path.write_text(f"OF = {name!r}\n")
    return root / name


@pytest.mark.parametrize(("file", "module"), KINDS.values(), ids=KINDS)
def test_two_assignments_have_helpers_of_one_name(tmp_path, file, module):
    told = []
    for name in ("a", "b"):
        with TrustedModules(tmp_path, folder(tmp_path, name, file)).importable():
            told.append(importlib.import_module(module).OF)
    assert told == ["a", "b"]


@pytest.mark.parametrize(("file", "module"), KINDS.values(), ids=KINDS)
def test_a_helper_is_gone_afterwards(tmp_path, file, module):
    with TrustedModules(tmp_path, folder(tmp_path, "a", file)).importable():
        importlib.import_module(module)
    assert not [name for name in sys.modules if name.startswith("utils_of_toys")]


def test_a_helper_is_the_same_object_the_next_time(tmp_path):
    modules = TrustedModules(tmp_path, folder(tmp_path, "a", "utils_of_toys/__init__.py"))
    with modules.importable():
        first = importlib.import_module("utils_of_toys")
    with modules.importable():
        assert importlib.import_module("utils_of_toys") is first


def test_a_folder_of_data_takes_the_place_of_no_module(tmp_path):
    folder(tmp_path, "a", "json/weights.txt")
    with TrustedModules(tmp_path, tmp_path / "a").importable():
        assert "json" in sys.modules


def reference_of(root: Path, *files: str) -> TrustedModules:
    (root / "source" / "toy").mkdir(parents=True)
    for file in files:
        path = root / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"OF = {root.name!r}\n")
    return TrustedModules(root, root / "source" / "toy")


@pytest.mark.parametrize("files", [("toy.py", "__init__.py"), ("toy.py",)], ids=["with init", "without"])
def test_two_courses_have_references_of_one_name(tmp_path, files):
    told = []
    for name in ("a", "b"):
        with reference_of(tmp_path / name, *(f"reference/{file}" for file in files)).importable():
            told.append(importlib.import_module("reference.toy").OF)
    assert told == ["a", "b"]


OF_THE_ROOT = ["shared_by_toys.py", "shared_by_toys/__init__.py", "shared_by_toys/deep.py"]


@pytest.mark.parametrize("file", OF_THE_ROOT)
def test_a_module_of_the_course_folder_is_not_found_and_both_places_for_it_are_told(tmp_path, file):
    said = (
        r"lies in the course folder itself, .* move it to reference/shared_by_toys(\.py)? and import "
        r"reference\.shared_by_toys, or, for a cell that students run too, to source/toy/shared_by_toys(\.py)?$"
    )
    with (
        reference_of(tmp_path, "reference/__init__.py", file).importable(),
        pytest.raises(ModuleNotFoundError, match=said) as told,
    ):
        importlib.import_module("shared_by_toys")
    assert told.value.name == "shared_by_toys"


def test_a_folder_with_nothing_but_an_editor_s_copy_is_no_module_of_the_course_folder(tmp_path):
    with (
        reference_of(tmp_path, "shared_by_toys/.#deep.py").importable(),
        pytest.raises(ModuleNotFoundError, match=r"^No module named 'shared_by_toys'$"),
    ):
        importlib.import_module("shared_by_toys")


def test_a_module_that_is_installed_is_not_hidden_by_the_course_folder(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with reference_of(tmp_path, "colorsys.py").importable():
        assert importlib.import_module("colorsys").rgb_to_hsv


def test_a_helper_that_is_called_reference_comes_before_the_course_s(tmp_path):
    modules = reference_of(tmp_path, "reference/__init__.py", "source/toy/reference.py")
    with modules.importable():
        assert importlib.import_module("reference").__file__ == str(tmp_path / "source" / "toy" / "reference.py")


def test_nothing_of_it_is_left_to_find_modules_with(tmp_path):
    before = sys.meta_path[:], sys.path[:]
    with reference_of(tmp_path, "reference/__init__.py").importable():
        pass
    assert (sys.meta_path, sys.path) == before
