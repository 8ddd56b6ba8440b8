"""The same notebook gets the same result, however often, beside whatever others, by however many workers."""

from __future__ import annotations

from pathlib import Path

import corpus
import pytest
from regrade import regraded


@pytest.mark.slow
@pytest.mark.xdist_group("repeated")
def test_twenty_regrades_by_one_worker_and_two_in_any_order_are_equal(tmp_path: Path) -> None:
    # Of each assignment, right answers to all of its functions, and a mutant of each.
    paths = [path for path in corpus.write(tmp_path) if path.stem.endswith(("-000", "-005"))]
    found = regraded(paths, 20)
    assert {name: len(records) for name, records in found.items()} == {path.name: 20 for path in paths}
    assert {name: sorted(set(records)) for name, records in found.items()} == {
        name: records[:1] for name, records in found.items()
    }
    assert "verdict=<Verdict.PASSED" in found["initialization-000.ipynb"][0]
    assert "verdict=<Verdict.FAILED" in found["initialization-005.ipynb"][0]
