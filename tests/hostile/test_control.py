"""The same attacks on plain nbgrader succeed: they are real ones."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attacks import ATTACKS
from hostile_course import PLAIN, SECRETS, leaks
from raid import Scene, once, student_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("control")]

_CANNOT = 77
_GAINS = [
    "notebook: tests tagged skip-execution",
    "python: an answer equal to everything",
    "python: patched numpy.testing",
    "python: an input transformer that drops the tests",
    "python: a syntax transformer that drops the tests",
    "python: a formatter that prints the score",
    "python: a formatter that prints nan",
    "files: answer with the reference",
]
_TELLS = {
    "files: read the hidden tests beside the notebook": "hidden test",
    "files: read the gradebook": "gradebook",
    "files: read a neighbour's work": "neighbour",
    "files: read the environment": "environment",
    "files: read the reference": "reference",
    "python: search the frames": "hidden test",
    "kernel: run a program": "file",
}
_WRITES = "files: write a file outside"


@pytest.fixture(scope="module")
def plain(arena: Path, template: Path) -> dict:
    """Grade with nbgrader's own lists and kernels, in a containment."""

    def control() -> dict:
        folder = arena / "control"
        folder.mkdir()
        shutil.copytree(template, folder / "course")
        (folder / "course" / "nbgrader_config.py").write_text(PLAIN)
        scene = Scene(folder / "course", folder / "outside")
        scene.hand_in([*_GAINS, *_TELLS, _WRITES])
        command = [sys.executable, str(Path(__file__).with_name("apart.py")), scene.root, scene.outside]
        environment = {"PATH": str(Path(sys.executable).parent) + ":/usr/bin:/bin", "CANARY": SECRETS["environment"]}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
        return {"status": done.returncode, "stdout": done.stdout, "stderr": done.stderr}

    done = once(arena, "control-done", control)
    if done["status"] == _CANNOT:
        pytest.skip(f"no containment for attacks here: {done['stderr'].strip()}")
    assert done["status"] == 0, done["stderr"]
    return json.loads(done["stdout"])


@pytest.mark.parametrize("attack", _GAINS)
def test_plain_nbgrader_gives_marks_for_it(plain, attack):
    assert plain["scores"][student_of(attack)] > ATTACKS[attack].worth


@pytest.mark.parametrize("attack", _TELLS)
def test_plain_nbgrader_shows_the_secret(plain, attack):
    cells = plain["notebooks"][student_of(attack)]["cells"]
    assert _TELLS[attack] in leaks(" ".join(json.dumps(cell.get("outputs", [])) for cell in cells))


def test_plain_nbgrader_lets_a_file_be_written(plain):
    assert "written" in plain["outside"]


def test_plain_nbgrader_gives_honest_work_full_marks(plain):
    assert plain["scores"]["zz honest"] == plain["scores"]["neighbour"] == 10
