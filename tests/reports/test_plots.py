"""Labels of plots: what is written in them is text of the page, in any script."""

from __future__ import annotations

import math
import re

import pytest
from matplotlib.figure import Figure

from autograder.reports import plots
from autograder.reports.figures import Measured, Mistake
from autograder.results import Measure


@pytest.mark.parametrize("name", ["读取", "औसत", "ממוצע"])
def test_a_name_in_any_script_is_text_and_nothing_is_warned_of(name):
    svg = plots.shared_mistakes([Mistake(name, "failed", recognized=False, message="", students=(0,))], [name])
    assert f">failed: {name}</text>" in svg
    assert f">{name}</text>" in svg


FUNCTIONS = ["backward_propagation_with_regularization", "backward_propagation_with_dropout"]
TWINS = [f"forward_propagation_with_{kind}_and_a_name_of_its_own" for kind in ("dropout", "l1_norms")]


@pytest.mark.parametrize("names", [FUNCTIONS, TWINS], ids=["at their ends", "in the middle"])
def test_labels_of_names_that_differ_are_different(names):
    rows = [Mistake(name, "missing", recognized=False, message="", students=(0,)) for name in names]
    labels = re.findall(r">(missing: [^<]*)</text>", plots.shared_mistakes(rows, ["ada"]))
    assert len(set(labels)) == 2
    assert max(map(len, labels)) < len("missing: " + min(names, key=len))


@pytest.mark.parametrize("most", [7.0, 10.0, 40.0, 7.5])
def test_a_bar_stands_at_the_points_that_it_counts(most, monkeypatch):
    drawn = []
    monkeypatch.setattr(plots, "_svg", lambda _name, draw, _height: drawn.append(draw) or "")
    plots.distribution([0.0, most / 2, most, most], most)
    axes = Figure().add_subplot()
    drawn[0](axes)
    middles = [bar.get_x() + bar.get_width() / 2 for bar in axes.patches if bar.get_height()]
    assert (middles[0], middles[-1]) == (pytest.approx(0.0), pytest.approx(most))


@pytest.mark.parametrize("odd", [1e300, math.inf, math.nan])
def test_an_answer_that_gives_any_number_leaves_the_others_their_place(odd):
    values = (odd, 1e-8, 2e-8)
    rows = [Measured(place, "test", Measure("it", value, 1e-7, "below")) for place, value in enumerate(values)]
    svg = plots.differences(rows)
    assert svg.count("<use") >= len(rows)
    assert {"10⁻⁸", "10²"} <= set(re.findall(r">(10[^<]*)</text>", svg))
    assert ">difference (what is more, or no number, at 1000)</text>" in svg


def test_labels_have_the_font_of_the_page():
    assert "font-family" not in plots.distribution([1.0, 2.0], 3.0)
