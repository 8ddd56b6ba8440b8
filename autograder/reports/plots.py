"""Plots as SVG that takes the page's colours, and its size."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator

from autograder.reports.figures import ItemFigures, Measured, Mistake

# Colours that stand for the page's own; nothing else may have them.
_INK, _MUTED, _LINE, _ACCENT, _BAD = "#010203", "#020304", "#030405", "#040506", "#050607"
_OF_THE_PAGE = {_INK: "--ink", _MUTED: "--muted", _LINE: "--line", _ACCENT: "--accent", _BAD: "--bad"}
_STYLE: dict[Any, Any] = {
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _MUTED,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9,
    "svg.fonttype": "none",
    "text.color": _INK,
    "text.parse_math": False,
    "xtick.color": _LINE,
    "xtick.labelcolor": _MUTED,
    "ytick.color": _LINE,
    "ytick.labelcolor": _MUTED,
}
_LEAST_MEASURE, _MOST_MEASURE = 1e-17, 1e3
_MOST_NAMES = 40
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_DECIMALS = re.compile(r"-?\d+\.\d{2,}")


def distribution(scores: Sequence[float], most: float) -> str:
    """Draw how many have how many points."""

    def draw(axes: Axes) -> None:
        # Extra credit may lead above the most.
        bars, end = min(20, max(5, round(most))), max(most, *scores)
        # Each bar stands in the middle of what it counts, the first at nothing and the last at the most.
        axes.hist(scores, bins=[end * (k - 0.5) / bars for k in range(bars + 2)], color=_ACCENT, rwidth=0.92)
        axes.set_xlabel("points")
        axes.set_ylabel("students")
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))

    return _svg("distribution", draw, 2.4)


def difficulty(cells: Sequence[ItemFigures]) -> str:
    """Draw the test cells by how many fail them and how well they tell weak from strong."""
    told = [cell for cell in cells if cell.discrimination is not None]

    def draw(axes: Axes) -> None:
        axes.axhline(0, color=_LINE, linewidth=1)
        for odd, colour, marker in ((False, _ACCENT, "o"), (True, _BAD, "X")):
            chosen = [cell for cell in told if cell.odd is odd]
            axes.scatter(
                [100 * cell.failure_rate for cell in chosen],
                [cell.discrimination or 0.0 for cell in chosen],
                s=34, color=colour, marker=marker, alpha=0.8, linewidths=0,
            )  # fmt: skip
        for cell in told:
            if cell.odd:
                axes.annotate(cell.name, (100 * cell.failure_rate, cell.discrimination or 0.0), (6, 4),
                              textcoords="offset points", fontsize=8, color=_BAD)  # fmt: skip
        axes.set(xlim=(-3, 103), ylim=(-0.55, 1.05), xlabel="failure rate, %", ylabel="discrimination")

    return _svg("difficulty", draw, 3.0)


def shared_mistakes(rows: Sequence[Mistake], names: Sequence[str]) -> str:
    """Draw who shares which mistake: a row a mistake, a column a student with any."""
    students = _grouped(rows)

    def draw(axes: Axes) -> None:
        for height, row in enumerate(rows):
            spans = [(place, 1.0) for place, student in enumerate(students) if student in row.students]
            axes.broken_barh(spans, (height + 0.08, 0.84), facecolor=_ACCENT if row.recognized else _MUTED, linewidth=0)
        axes.set(ylim=(len(rows), 0), xlim=(0, max(1, len(students))), xlabel="students")
        axes.set_yticks([height + 0.5 for height in range(len(rows))], _shortened([row.label for row in rows]))
        axes.grid(axis="y", color=_LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        if len(students) <= _MOST_NAMES:
            axes.set_xticks(
                [place + 0.5 for place in range(len(students))],
                _shortened([names[one] for one in students], 12),
                rotation=90,
            )
        axes.tick_params(length=0)

    return _svg("mistakes", draw, 1.5 + 0.21 * len(rows))


def differences(rows: Sequence[Measured]) -> str:
    """Draw measures on a logarithmic axis, a row a test cell, with its thresholds."""
    cells = list(dict.fromkeys(row.grade_id for row in rows))
    most = _MOST_MEASURE * max(1.0, *(row.measure.threshold for row in rows))
    # An answer gives what it likes: of one number the others would have no place on the axis.
    values = [max(row.measure.value, _LEAST_MEASURE) if row.measure.value < most else most for row in rows]

    def draw(axes: Axes) -> None:
        for right, colour, marker in ((True, _ACCENT, "o"), (False, _BAD, "X")):
            chosen = [k for k, row in enumerate(rows) if row.right is right]
            heights = [cells.index(rows[k].grade_id) + 0.5 + _jitter(k) for k in chosen]
            axes.scatter(
                [values[k] for k in chosen], heights, s=16, color=colour, marker=marker, alpha=0.6, linewidths=0
            )
        for height, threshold in sorted({(cells.index(row.grade_id), row.measure.threshold) for row in rows}):
            axes.plot([threshold, threshold], [height + 0.06, height + 0.94], color=_BAD, linewidth=1.6)
            axes.annotate(f"{threshold:g}", (threshold, height + 0.06), (3, -9), textcoords="offset points",
                          fontsize=8, color=_BAD)  # fmt: skip
        axes.set_xscale("log")
        axes.set_ylim(len(cells), 0)
        axes.set_yticks([height + 0.5 for height in range(len(cells))], _shortened(cells))
        edges = ["0 is drawn at 1e-17"] if min(values) <= _LEAST_MEASURE else []
        edges += [f"what is more, or no number, at {most:g}"] if most in values else []
        axes.set_xlabel(f"difference ({', '.join(edges)})" if edges else "difference")
        axes.tick_params(axis="y", length=0)
        axes.xaxis.set_major_locator(LogLocator(numticks=9))
        axes.xaxis.set_major_formatter(_power)
        axes.minorticks_off()

    return _svg("differences", draw, 0.8 + 0.55 * len(cells))


def seconds(values: Sequence[float]) -> str:
    """Draw how long the submissions took to grade."""

    def draw(axes: Axes) -> None:
        low, high = math.log10(max(min(values), 1e-3)), math.log10(max(*values, 1e-3, 0.0))
        edges = [10 ** (low + (max(high - low, 0.1)) * k / 24) for k in range(25)]
        axes.hist(values, bins=edges, color=_ACCENT, rwidth=0.92)
        axes.set_xscale("log")
        axes.set_xlabel("seconds")
        axes.set_ylabel("submissions")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.xaxis.set_minor_formatter(lambda value, _: f"{value:g}" if f"{value:e}"[0] in "25" else "")
        axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))

    return _svg("seconds", draw, 2.0)


def _grouped(rows: Sequence[Mistake]) -> list[int]:
    """Order the students with any mistake so that those with the same ones stand together."""
    having: dict[int, list[int]] = {}
    for height, row in enumerate(rows):
        for student in row.students:
            having.setdefault(student, []).append(height)
    return sorted(having, key=lambda student: (having[student], student))


def _jitter(number: int) -> float:
    """Spread points over a row; the golden ratio leaves no pattern and is the same on every day."""
    return (number * 0.6180339887 % 1 - 0.5) * 0.6


def _power(value: float, _place: float = 0.0) -> str:
    """Write a power of ten."""
    return "10" + str(round(math.log10(value))).translate(_RAISED)


def _shortened(names: Sequence[str], most: int = 34) -> list[str]:
    """Cut long names in the middle; those that would look the same keep as much as tells them apart."""
    different = set(names)
    shown: dict[str, str] = {}
    for length in range(most, max(most, *map(len, different)) + 1):
        cut = Counter(_short(name, length) for name in different)
        shown |= {name: _short(name, length) for name in different - shown.keys() if cut[_short(name, length)] == 1}
    return [shown.get(name, name) for name in names]


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most // 2 - 1]}…{name[most // 2 - most :]}"


def _svg(name: str, draw: Callable[[Axes], None], height: float) -> str:
    """Draw one plot, 8.4 inches wide; `height` in inches."""
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}), warnings.catch_warnings():
        # Its own font is only measured with: text stays text, and the browser has the letters.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from|Matplotlib currently does not support")
        figure = Figure(figsize=(8.4, height), layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.add_subplot()
        axes.patch.set_alpha(0)
        draw(axes)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return _slim(text.getvalue(), name)


def _slim(svg: str, name: str) -> str:
    """Make a drawing part of a page: without prologue and unused ids, rounded, in the page's font and colours."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", svg)
    svg = re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r'="[^"]*"', lambda found: _DECIMALS.sub(lambda number: f"{float(number[0]):.1f}", found[0]), svg)
    # Older versions of Matplotlib write the one, newer ones the other.
    svg = re.sub(r"font: ([\d.]+)px [^;\"]+", r"font-size: \1px", svg)
    svg = re.sub(r"; font-family: [^;\"]+", "", svg)
    for colour, variable in _OF_THE_PAGE.items():
        svg = svg.replace(colour, f"var({variable})")
    svg = re.sub(
        r'<svg [^>]*?viewBox="([^"]+)"[^>]*>', r'<svg viewBox="\1" aria-hidden="true" focusable="false">', svg, count=1
    )
    return re.sub(r"\n\s*", "\n", svg)
