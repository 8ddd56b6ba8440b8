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
