"""The three ways into the grader, each tried with all attacks at once; what came of it is good JSON."""

from __future__ import annotations

import csv
import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attacks import ATTACKS, CLASSES, OF_NBGRADER, WAITING
from attacks.output import MARK
from hostile_course import SECRETS, honest, leaks, make_course
from nbgrader.api import Gradebook
from raid import BIN, Scene, run, student_of, write

from autograder import nbgrader_bridge as bridge
from autograder.nbgrader_bridge.course import open_course
from autograder.outcomes import Person

Outcome = dict[str, Any]
_TIMEOUT = 900
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LIVE = re.compile(rf"<script>\s*{MARK}|onerror\s*=\s*.?{MARK}|<b onclick", re.IGNORECASE)


def chosen(door: str) -> list[str]:
    """Name the attacks for a door; all are tried at one.

    Those that wait for a deadline cost seconds, and are tried at `score` only. What judges an answer is the same at all
    doors, so at nbgrader's, where each submission goes slowly through its own passes, all attacks are tried that meet
    something of these, and of every other class each fourth.
    """
    if door == "score":
        return list(ATTACKS)
    swift = [name for name in ATTACKS if name not in WAITING]
    if door == "grade":
        return swift
    by_class = {kind: [name for name in swift if name.startswith(f"{kind}: ")] for kind in CLASSES}
    return [name for kind, names in by_class.items() for name in (names if kind in OF_NBGRADER else names[::4])]


def generated(folder: Path) -> str:
    """Make the course that the two gradebooks begin with."""
    root = folder / "template"
    make_course(root)
    bridge.add_students(root, [Person("neighbour", first_name=SECRETS["gradebook"])])
    bridge.generate(root, "hw")
    return str(root)


def score(folder: Path, _template: Path) -> Outcome:
    """`autograder score`, an honest notebook after every attack."""
    make_course(folder / "course")
    scene = Scene(folder / "course", folder / "outside")
    paths = []
    for number, attack in enumerate(ATTACKS.values()):
        paths += [folder / "in" / f"{number}.ipynb", folder / "in" / f"{number} honest.ipynb"]
        write(scene.notebook(attack), paths[-2])
        write(honest(), paths[-1])
    command = ["score", *paths, "--assignment", "hw", "--jobs", "2", "--json", folder / "rows", "--course", scene.root]
    outcome = _raided(scene, [BIN / "autograder", *command])
    rows = (folder / "rows").read_text(encoding="utf-8").splitlines()
    found = dict(zip(paths, rows, strict=True))
    return outcome | {
        "attacks": {
            name: _judged(
                json.loads(found[path]).get("score", 0.0), found[path], json.loads(found[path]).get("seconds", 0)
            )
            for name, path in zip(ATTACKS, paths[::2], strict=True)
        },
        "honest": [json.loads(found[path])["score"] for path in paths[1::2]],
    }


def grade(folder: Path, template: Path) -> Outcome:
    """`autograder grade`, with the pages and the table that follow."""
    names = chosen("grade")
    scene = _submitted(folder, template, names)
    outcome = _raided(scene, [BIN / "autograder", "grade", "hw", "--course", scene.root])
    bridge.generate_feedback(scene.root, "hw")
    bridge.export(scene.root, folder / "grades.csv")
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    found = {path.parents[1].name: path.read_text() for path in scene.root.glob("feedback/*/hw/hw.html")}
    pages = {name: found.get(student_of(name), "") for name in names}
    return outcome | _in_gradebook(scene, pages) | {"table": rows, "paged": sorted(n for n in names if pages[n])}


def autograde(folder: Path, template: Path) -> Outcome:
    """`nbgrader autograde` with our configuration."""
    names = chosen("autograde")
    scene = _submitted(folder, template, names)
    outcome = _raided(scene, [BIN / "nbgrader", "autograde", "hw"])
    return outcome | _in_gradebook(scene, dict.fromkeys(names, ""))


DOORS: dict[str, Callable[[Path, Path], Outcome]] = {"score": score, "grade": grade, "autograde": autograde}


def _submitted(folder: Path, template: Path, names: list[str]) -> Scene:
    shutil.copytree(template, folder / "course")
    scene = Scene(folder / "course", folder / "outside")
    scene.hand_in(names)
    return scene


def _raided(scene: Scene, command: list[object]) -> Outcome:
    before, started = scene.fingerprints(), time.monotonic()
    done, left = run(command, scene.root, _TIMEOUT)
    after = scene.fingerprints()
    printed = done.stdout + done.stderr
    return {
        "status": done.returncode,
        "seconds": time.monotonic() - started,
        "left": left,
        "changed": sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)),
        "printed": printed[-4000:],
        "told": leaks(printed),
        "controls": _CONTROLS.findall(printed.replace("\r", "")),
    }


def _in_gradebook(scene: Scene, pages: dict[str, str]) -> Outcome:
    rows = {row.student: row for row in bridge.standing(scene.root, "hw")}
    scores = {name: row.points for name, row in rows.items()}
    with open_course(scene.root, "hw") as course, course.gradebook() as gradebook:
        shown = {name: _outputs(scene, gradebook, student_of(name)) for name in pages}
    return {
        "attacks": {
            name: _judged(scores.get(student_of(name), 0.0), shown[name], page=page) for name, page in pages.items()
        },
        "honest": [score for student, score in scores.items() if student.endswith("honest")],
        "neighbour": scores["neighbour"],
        "graded": sorted(name for name in pages if student_of(name) in rows and rows[student_of(name)].submitted),
    }


def _outputs(scene: Scene, gradebook: Gradebook, student: str) -> str:
    """Give what the student's cells show after grading; the hidden tests beside them are the instructor's to see."""
    path = scene.root / "autograded" / student / "hw" / "hw.ipynb"
    if not path.is_file():
        return ""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    shown = [*(cell.get("outputs", []) for cell in notebook["cells"]), notebook["metadata"]]
    comments = gradebook.find_submission_notebook("hw", "hw", student).comments
    return json.dumps([*shown, [comment.comment for comment in comments]], ensure_ascii=False)


def _judged(score: float, text: str, seconds: float = 0.0, page: str = "") -> Outcome:
    return {
        "score": score,
        "leaks": leaks(text + page),
        "live": _LIVE.findall(page),
        "controls": _CONTROLS.findall(text),
        "length": len(text),
        "seconds": seconds,
    }
