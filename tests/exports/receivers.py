"""The platforms' own reading of what they are sent, by their documentation, as strict as they are."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

_GRADESCOPE = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
    "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
_GRADESCOPE_TEST = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility",
    "extra_data",
}  # fmt: skip
_FORMATS = {"text", "html", "simple_format", "md", "ansi"}
_VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}


def rows_of(text: str) -> list[list[str]]:
    """Read CSV as a spreadsheet does; every row must have as many fields as the first."""
    rows = list(csv.reader(io.StringIO(text), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [field for row in rows for field in row if field.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return rows


def canvas_import(text: str) -> dict[str, dict[str, float | None]]:
    """Import a gradebook: student's Canvas id -> column -> mark; None leaves the mark that is there."""
    header, points, *students = rows_of(text)
    assert header[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert points[0] == "    Points Possible"
    assert points[1:5] == [""] * 4
    assert all(float(possible) > 0 for possible in points[5:])
    found = {}
    for student in students:
        assert student[1] or student[2] or student[3], "Canvas cannot tell who this is"
        found[student[1]] = {
            column: float(mark) if mark else None for column, mark in zip(header[5:], student[5:], strict=True)
        }
    return found


def moodle_import(text: str, item: str) -> dict[str, tuple[float | None, str]]:
    """Import grades, mapped by e-mail address: address -> mark, feedback; an empty mark is skipped."""
    header, *students = rows_of(text)
    by, mark, feedback = (header.index(name) for name in ("Email address", f"{item} (Real)", f"{item} (Feedback)"))
    return {row[by]: (float(row[mark]) if row[mark] else None, row[feedback]) for row in students}


def gradescope_read(text: str) -> dict[str, Any]:
    """Read `results.json`; a score must stand at the top or at every test."""
    document = json.loads(text, parse_constant=_refuse)
    assert set(document) <= _GRADESCOPE
    tests = document.get("tests", [])
    assert "score" in document or (tests and all("score" in test for test in tests)), "the run counts as failed"
    for name in ("output_format", "test_output_format", "test_name_format"):
        assert document.get(name, "text") in _FORMATS
    for name in ("visibility", "stdout_visibility"):
        assert document.get(name, "visible") in _VISIBILITIES
    for test in tests:
        assert set(test) <= _GRADESCOPE_TEST
        assert test["status"] in {"passed", "failed"}
        assert isinstance(test["output"], str)
        assert test["visibility"] in _VISIBILITIES
        assert 0 <= test["score"] <= test["max_score"]
    return document


def coursera_read(text: str) -> tuple[float, str]:
    """Read `feedback.json`."""
    document = json.loads(text, parse_constant=_refuse)
    score, feedback = document["fractionalScore"], document["feedback"]
    assert isinstance(score, (int, float))
    assert not isinstance(score, bool)
    assert 0 <= score <= 1
    assert isinstance(feedback, str)
    return score, feedback


def _refuse(constant: str) -> None:
    raise AssertionError(f"JSON has no {constant}")
