"""What a candidate may read: libraries and helpers, never a notebook or the judge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import SandboxError
from autograder.sandbox.levels import ROOT, layer
from autograder.sandbox.libraries import helpers, libraries, ours, parts
from autograder.sandbox.root import Root


@pytest.fixture
def assignment(tmp_path: Path) -> Path:
    for name in (
        "a.ipynb",
        "utils.py",
        "data/x.csv",
        "data/old.ipynb",
        "images/1.png",
        ".draft",
        ".ipynb_checkpoints/a.ipynb",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    (tmp_path / "alias.py").symlink_to(tmp_path / "a.ipynb")
    (tmp_path / "elsewhere").symlink_to("/usr")
    return tmp_path


def test_helpers_are_an_assignment_without_its_notebooks(assignment: Path) -> None:
    names = [str(path.relative_to(assignment)) for path in helpers([str(assignment)])]
    assert names == ["data/x.csv", "images", "utils.py"]


@pytest.mark.parametrize("target", ["/no/such/folder", "lost", "utils.py/inside"])
def test_a_link_that_leads_nowhere_is_no_helper(assignment: Path, target: str) -> None:
    before = helpers([str(assignment)])
    (assignment / "lost").symlink_to(target)
    assert helpers([str(assignment)]) == before


def test_a_folder_whose_only_secret_is_a_lost_link_is_one_part(assignment: Path) -> None:
    (assignment / "images" / "lost").symlink_to("/no/such/file")
    assert assignment / "images" in helpers([str(assignment)])


def test_a_file_that_is_gone_is_no_failed_layer(tmp_path: Path) -> None:
    with layer(ROOT), pytest.raises(SandboxError, match=r"utils\.py is not there any more"):
        Root(str(tmp_path)).furnish(0, 0, [tmp_path / "utils.py"])


def test_a_folder_without_secrets_is_one_part(assignment: Path) -> None:
    assert parts(assignment / "images", []) == [assignment / "images"]


@pytest.mark.parametrize("path", ["relative", "/usr/../etc", "/no/such/folder"])
def test_a_path_that_cannot_be_added_is_refused(path: str) -> None:
    with pytest.raises(SandboxError, match="absolute path"):
        helpers([path])


def test_numpy_is_among_the_libraries() -> None:
    numpy = pytest.importorskip("numpy")
    assert set(libraries()) & set(Path(numpy.__file__).parents)


def test_the_judge_beside_numpy_is_hidden(tmp_path: Path) -> None:
    for name in ("numpy", "autograder", "reference"):
        (tmp_path / "python3.11" / "site-packages" / name).mkdir(parents=True)
    assert {path.name for path in ours([tmp_path])} == {"autograder", "reference"}


@pytest.mark.parametrize("level", ["full", "reduced"])
def test_the_judge_beside_numpy_cannot_be_read(contained: Callable[..., Any], level: str) -> None:
    script = f"""
import numpy
import tempfile
from pathlib import Path
from autograder.limits import Limits
from autograder.sandbox import libraries
from autograder.sandbox.orders import Begin, Open
from autograder.sandbox.server import Server

libraries.OURS = ("msgspec",)
site = Path(numpy.__file__).parents[1]

def read(name):
    try:
        return bool((site / name / "__init__.py").read_bytes())
    except OSError:
        return False

def agent(_, writing, *rest):
    os.write(writing, json.dumps([read("numpy"), read("msgspec")]).encode())

folder = tempfile.mkdtemp()
os.chmod(folder, 0o711)
server = Server(agent)
server.obey(Open({level!r}, Limits(), folder), [])
reading, writing = os.pipe()
server.obey(Begin(Limits(), ()), [os.open(os.devnull, os.O_RDONLY), writing])
print(os.read(reading, 100).decode())
server.close()
"""
    assert contained(script) == [True, False]


@pytest.fixture(scope="module", params=["full", "reduced"])
def read(request: pytest.FixtureRequest, contained: Callable[..., Any]) -> Any:
    """Have candidates read what lies beside a notebook."""
    script = f"""
import tempfile
from pathlib import Path
from student import ask, opened

def beside(folder):
    folder.chmod(0o755)
    (folder / "utils.py").write_text("answer = 42")
    (folder / "a.ipynb").write_text("secret")
    return str(folder)

plain = beside(Path(tempfile.mkdtemp()))
linked = Path(tempfile.mkdtemp())
(linked / "dataset").symlink_to("/no/such/folder")
closed = Path(tempfile.mkdtemp()) / "inner"
closed.mkdir()
helper = "import utils\\ndef attack(): return utils.answer"
notebook = f'''
import utils
def attack():
    try:
        return open({{plain + "/a.ipynb"!r}}).read()
    except OSError:
        return utils.answer
'''
with opened({request.param!r}) as sandbox:
    print(json.dumps(dict(
        # The second candidate must not find what the first one left.
        twice=[ask(sandbox, notebook, plain)[0] for _ in range(2)],
        linked=ask(sandbox, helper, beside(linked))[0],
        closed=ask(sandbox, helper, beside(closed))[0] if sandbox.level == "full" else None,
    )))
"""
    return contained(script)


def test_a_candidate_reads_helpers_and_no_notebook(read: Any) -> None:
    assert read["twice"] == [42, 42]


def test_a_candidate_begins_beside_a_link_that_leads_nowhere(read: Any) -> None:
    assert read["linked"] == 42


@pytest.mark.parametrize("read", ["full"], indirect=True)
def test_helpers_in_a_closed_folder_are_readable_at_level_full(read: Any) -> None:
    assert read["closed"] == 42
