"""`autograder audit` from outside, on tests that are fit, too weak and too strict."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

pytestmark = pytest.mark.slow


def test_tests_that_are_fit_reach_every_bar(fair):
    ended, found, _ = fair
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert found["passed"]
    assert found["faults"] == []


def test_every_wrong_answer_is_killed_equivalent_or_survives(fair, weak):
    for _, found, _ in (fair, weak):
        (function,) = found["functions"]
        others = [*function["equivalent"], *function["confirmed"], *function["survived"]]
        assert function["killed"] + len(others) == function["mutants"] > 5


def test_right_answers_are_tried(fair):
    (function,) = fair[1]["functions"]
    assert function["right"] > 15
    assert function["refused"] == []


def test_a_weak_test_misses_the_bar(weak):
    ended, found, _ = weak
    assert ended.returncode == 1
    assert any("wrong answers earn full marks" in fault for fault in found["faults"])
    assert found["functions"][0]["kill_rate"] < 1


def test_a_survivor_comes_with_its_change_and_the_question_that_tells(weak):
    survived = weak[1]["functions"][0]["survived"]
    assert survived
    assert all("seed" in one["why"] and "-" in one["change"] and "+" in one["change"] for one in survived)


def test_a_known_mistake_with_full_marks_is_named(weak, fair):
    assert any("the known mistake median-for-mean earns full marks" in fault for fault in weak[1]["faults"])
    assert fair[1]["functions"][0]["missed"] == []


def test_a_strict_test_misses_the_bar(strict):
    ended, found, _ = strict
    assert ended.returncode == 1
    assert any("right answers lose marks" in fault for fault in found["faults"])
    assert found["functions"][0]["false_fail_rate"] > 0


def test_a_refused_right_answer_comes_with_the_cell_that_refused_it(strict):
    refused = strict[1]["functions"][0]["refused"]
    assert refused
    assert all(one["why"].startswith("test_mean_values: ") for one in refused)


def test_a_strict_cell_shows_its_false_fails(strict, fair):
    rates = {cell["grade_id"]: cell["false_fail_rate"] for cell in strict[1]["cells"]}
    assert rates["test_mean_values"] > 0
    assert rates["test_mean_shown"] == 0
    assert all(cell["false_fail_rate"] == 0 for cell in fair[1]["cells"])


def test_a_cell_has_its_kills_and_its_time(fair):
    cells = {cell["grade_id"]: cell for cell in fair[1]["cells"]}
    assert cells["test_mean_values"]["kill_rate"] == 1
    assert cells["test_mean_values"]["alone"] > 0
    assert all(cell["seconds"] > 0 for cell in cells.values())


def test_the_table_fits_eighty_columns(fair):
    assert max(map(len, fair[0].stdout.splitlines())) <= 80


def test_the_terminal_shows_survivors(weak):
    ended, found, _ = weak
    assert "wrong answers with full marks" in ended.stdout
    assert found["functions"][0]["survived"][0]["variant"] in ended.stdout


class Page(HTMLParser):
    """Collects the text, and what a page would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.loads = "", []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        within = tag == "a" and str(dict(attrs).get("href")).startswith("#")
        self.loads += [value for name, value in attrs if name in {"src", "href"} and not within]


def test_the_page_holds_the_findings_and_loads_nothing(weak):
    _, found, html = weak
    page = Page(html)
    assert page.loads == []
    assert all(one["variant"] in page.text for one in found["functions"][0]["survived"])


def test_json_on_standard_output_tells_that_the_released_notebook_is_missing(audit, course):
    root = course("assert mean(np.ones(2)) == 1")
    (root / "release" / "toy" / "toy.ipynb").unlink()
    found = json.loads(audit(root, "toy", "--json", "-", "--jobs", "1").stdout)
    assert found["assignment"] == "toy"
    assert any("autograder release" in fault for fault in found["faults"])


def test_an_unknown_assignment_is_a_wrong_use(audit, course):
    ended = audit(course("assert mean(np.ones(2)) == 1"), "toys")
    assert ended.returncode == 2
    assert "toys" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_function_that_the_reference_lacks_is_named(course, audit):
    root = course("assert mean(np.ones(3)) == 1")
    (root / "reference" / "toy.py").write_text("QUESTIONS = {}\n")
    ended = audit(root, "toy")
    assert ended.returncode == 2
    assert "reference/toy.py has none of the graded functions (mean)" in ended.stderr


def test_what_is_printed_of_a_survivor_keeps_its_margin_and_80_columns(weak):
    ended, _, _ = weak
    lines = ended.stdout.splitlines()
    assert any(line.startswith("    -    return ") for line in lines)
    assert max(map(len, lines)) <= 80
