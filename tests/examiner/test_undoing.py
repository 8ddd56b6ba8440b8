"""What a call changes of a helper module's own objects, the next submission does not find."""

from __future__ import annotations

import weakref

import nbformat
import numpy as np
import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.notebook import parse_document
from autograder.wire import Undoing

HELPERS = "import numpy as np\n\nDATA = np.array([3, 1, 2])\nTABLE = {'a': [3, 1, 2], 'b': {1}}\n"
FIRST = "def first(items):\n    ### BEGIN SOLUTION\n    return items[0]\n    ### END SOLUTION"
DEEP = (
    "def deep(whole):\n    ### BEGIN SOLUTION\n    return whole[0]['a'][0] + len(whole[0]['b'])\n    ### END SOLUTION"
)
ORDER = "def order(items):\n    ### BEGIN SOLUTION\n    items.sort()\n    ### END SOLUTION"
CELLS = (
    ("given", "imports", "from course_helpers import DATA, TABLE"),
    ("answer", "first", FIRST),
    ("test", "whole", "assert first(DATA) == 3"),
    ("test", "part", "assert first(DATA[1:]) == 1"),
    ("answer", "deep", DEEP),
    ("test", "within", "assert deep([TABLE, (DATA, 5)]) == 4"),
    ("answer", "order", ORDER),
    ("test", "ordered", "assert list(DATA) == [3, 1, 2]\norder(DATA)\nassert list(DATA) == [1, 2, 3]"),
    ("test", "kept", "order(DATA)\norder([2, 1])\nassert list(DATA) == [1, 2, 3]"),
    ("test", "later", "assert list(DATA) == [1, 2, 3]"),
)
SPOILING = {
    "first": "def first(items):\n    one = items[0]\n    items[:] = 0\n    return one",
    "deep": "def deep(whole):\n    found = whole[0]['a'][0] + len(whole[0]['b'])\n    whole[0]['a'].clear()\n"
    "    whole[0]['b'].add(5)\n    whole[0]['c'] = 1\n    whole[1][0][:] = 7\n    whole.clear()\n    return found",
    "order": "kept = []\n\n\ndef order(items):\n    for one in kept:\n        one[:] = sorted(one)\n    items.sort()\n"
    "    kept.append(items)",
}


@pytest.fixture(name="scores")
def _scores(tmp_path):
    (tmp_path / "source" / "hw").mkdir(parents=True)
    (tmp_path / "course.toml").touch()
    (tmp_path / "source" / "hw" / "course_helpers.py").write_text(HELPERS)
    bridge.write_source(tmp_path / "source" / "hw" / "hw.ipynb", CELLS)
    with Grader(tmp_path) as grader:

        def scores(**answers):
            made = nbformat.read(tmp_path / "source" / "hw" / "hw.ipynb", as_version=4)
            for cell in made.cells:
                cell.source = answers.get(cell.metadata["nbgrader"]["grade_id"], cell.source)
            result = grader.grade(parse_document(nbformat.writes(made).encode()), "x", "hw", "hw")
            return {check.grade_id: check.score for one in result.functions for check in one.checks}

        yield scores


@pytest.mark.parametrize("spoilt", [("first",), ("deep",), tuple(SPOILING)], ids=", ".join)
def test_the_next_submission_finds_them_as_they_were(scores, spoilt):
    scores(**{name: SPOILING[name] for name in spoilt})
    assert set(scores().values()) == {1.0}


def test_for_the_same_submission_they_stay_changed(scores):
    assert scores()["later"] == 1.0
    assert scores(order="def order(items):\n    pass")["later"] == 0.0


def test_what_a_test_has_let_go_is_not_kept():
    undoing, module, own = Undoing(), np.zeros(3), np.ones(3)
    gone = weakref.ref(own)
    undoing.keep([own, {"of a module": module[1:]}])
    own = None
    for _ in range(3):
        # One that holds another goes first.
        undoing.keep(0)
    assert gone() is None
    module += 1
    undoing.undo()
    assert not module.any()
