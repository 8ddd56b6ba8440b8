"""For all tests: their order, which of them count for coverage, and what a skip means in CI."""

from __future__ import annotations

import gc
import os
import re
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

# On a busy machine any example may be slow: no test asserts how long something takes.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Of a test with many cases the first few tell which code it runs; to watch the others costs half of their time.
_CASES_WATCHED = 6
_ALL_SLOW = re.compile(r"^pytestmark = \[?pytest\.mark\.slow\b", re.MULTILINE)
_WATCHED = pytest.StashKey[bool]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files without anything of what is wanted, long batteries or fast tests: loading them takes long."""
    if config.option.markexpr not in {"slow", "not slow"} or not collection_path.match("test_*.py"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    return ("slow" not in text if config.option.markexpr == "slow" else bool(_ALL_SLOW.search(text))) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the groups that one worker runs alone: begun last, the other workers would wait for them."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
    cases: Counter[str] = Counter()
    for item in items:
        test = item.nodeid.partition("[")[0]
        cases[test] += 1
        item.stash[_WATCHED] = cases[test] <= _CASES_WATCHED


def pytest_collection_finish() -> None:
    """Spare the garbage collector the half million objects that collecting the tests has made: they stay."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage while a test runs that is watched, its fixtures and pytest's own work included."""
    coverage = Coverage.current()
    if coverage is None or item.stash[_WATCHED]:
        return (yield)
    coverage.stop()
    try:
        return (yield)
    finally:
        coverage.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where `AUTOGRADER_REQUIRE_ALL` is set, as in CI, a skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("AUTOGRADER_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here (AUTOGRADER_REQUIRE_ALL is set): {report.longrepr}"
    return report
