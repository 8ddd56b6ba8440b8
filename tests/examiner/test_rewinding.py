"""What a course's own modules draw from generators that they keep hangs on nobody who was graded before."""

from __future__ import annotations

import random
from types import ModuleType

import pytest

from autograder import nbgrader_bridge as bridge
from autograder.api import Grader
from autograder.examiner.rewinding import Rewound
from autograder.results import NotebookResult

REFERENCE = """
import random

import numpy as np

MODERN = np.random.default_rng(0)
LEGACY = np.random.RandomState(0)
PYTHONS = random.Random(0)


def double(x):
    return 2.0 * x
"""
TEST = """
from reference import hw
first = [hw.MODERN.random(), hw.LEGACY.random_sample(), hw.PYTHONS.random()]
assert [double(x) for x in first] == [2 * 0.6369616873214543, 2 * 0.5488135039273248, 2 * 0.8444218515250481]
"""
RIGHT = "def double(x):\n    return 2.0 * x"
WRONG = "def double(x):\n    return 3.0 * x"


@pytest.mark.parametrize("first", [RIGHT, WRONG])
def test_a_right_answer_has_its_marks_whoever_was_graded_before(tmp_path, first) -> None:
    (tmp_path / "source" / "hw").mkdir(parents=True)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "hw.py").write_text(REFERENCE)
    (tmp_path / "course.toml").touch()

    def write(path, source) -> None:
        bridge.write_source(path, [("answer", "double", source), ("test", "doubled", TEST)])

    write(tmp_path / "source" / "hw" / "hw.ipynb", RIGHT)
    with Grader(tmp_path) as grader:
        for answer, score in ((first, float(first == RIGHT)), (RIGHT, 1.0)):
            write(tmp_path / "mine.ipynb", answer)
            result = grader.score(tmp_path / "mine.ipynb", "hw")
            assert isinstance(result, NotebookResult)
            assert result.score == score


def test_a_generator_of_the_systems_is_left_alone() -> None:
    module = ModuleType("own")
    module.rng = random.SystemRandom()
    rewound = Rewound()
    rewound.learn([module])
    rewound.rewind()
