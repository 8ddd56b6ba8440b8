"""The text of a module is read as Python reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.files import legible_text, python_text

READ = {
    "no encoding named": "word = 'caf\xe9'\n".encode(),
    "a mark of the byte order": "word = 'caf\xe9'\n".encode("utf-8-sig"),
    "line ends of Windows": b"word = 'caf\xc3\xa9'\r\n",
}


@pytest.fixture
def module(tmp_path: Path) -> Path:
    return tmp_path / "module.py"


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_utf_8_is_what_a_module_without_a_named_encoding_is_in(module: Path, data: bytes) -> None:
    module.write_bytes(data)
    assert python_text(module) == "word = 'caf\xe9'\n"


def test_the_encoding_that_a_module_names_is_its_own(module: Path) -> None:
    text = "# -*- coding: latin-1 -*-\nword = 'caf\xe9'\n"
    module.write_bytes(text.encode("latin-1"))
    assert python_text(module) == legible_text(module) == text


@pytest.mark.parametrize("encoding", ["latin-x", "rot13"])
def test_an_encoding_that_is_none_of_texts_is_a_fault_of_the_module(module: Path, encoding: str) -> None:
    module.write_text(f"# coding: {encoding}\n")
    with pytest.raises(SyntaxError, match=encoding):
        python_text(module)


@pytest.mark.parametrize("data", [b"word = 'caf\xe9'\n", b"# coding: latin-x\nword = 'caf\xe9'\n"])
def test_what_python_cannot_read_people_can(module: Path, data: bytes) -> None:
    module.write_bytes(data)
    assert legible_text(module).endswith("word = 'caf\ufffd'\n")
