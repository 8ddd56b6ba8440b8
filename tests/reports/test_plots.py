"""Labels of plots: what is written in them is text of the page, in any script."""

from __future__ import annotations

import pytest

from autograder.reports import plots
from autograder.reports.figures import Mistake


@pytest.mark.parametrize("name", ["读取", "औसत", "ממוצע"])
def test_a_name_in_any_script_is_text_and_nothing_is_warned_of(name):
    svg = plots.shared_mistakes([Mistake(name, "failed", recognized=False, message="", students=(0,))], [name])
    assert f">failed: {name}</text>" in svg
    assert f">{name}</text>" in svg


def test_labels_have_the_font_of_the_page():
    assert "font-family" not in plots.distribution([1.0, 2.0], 3.0)
