"""For all tests: where `AUTOGRADER_REQUIRE_ALL` is set, as in CI, a skipped test is a failed one."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("AUTOGRADER_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here (AUTOGRADER_REQUIRE_ALL is set): {report.longrepr}"
    return report
