"""For all tests: their order, and what a skip means in CI."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the groups that one worker runs alone: begun last, the other workers would wait for them."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where `AUTOGRADER_REQUIRE_ALL` is set, as in CI, a skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("AUTOGRADER_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here (AUTOGRADER_REQUIRE_ALL is set): {report.longrepr}"
    return report
