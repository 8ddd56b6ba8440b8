"""The same notebook gets the same result, however often, beside whatever others, by however many workers."""

from __future__ import annotations

import json
from pathlib import Path

import corpus
import pytest
from regrade import regraded


def by_turns(right: Path, wrong: Path, path: Path) -> Path:
    """Write a notebook with the right answers of one and the mutants of another by turns: both are judged at once."""
    both = [[cell["source"] for cell in json.loads(one.read_text())["cells"]] for one in (right, wrong)]
    return corpus.write_notebook(path, [pair[n % 2] for n, pair in enumerate(zip(*both, strict=True))])


@pytest.mark.slow
@pytest.mark.xdist_group("same marks")
def test_twenty_regrades_by_one_worker_and_two_in_any_order_are_equal(variants: list[Path], tmp_path: Path) -> None:
    chosen = {path.stem: path for path in variants if path.stem.endswith(("-000", "-005"))}
    assignments = sorted({stem[:-4] for stem in chosen})
    paths = [by_turns(chosen[f"{one}-000"], chosen[f"{one}-005"], tmp_path / f"{one}.ipynb") for one in assignments]
    found = regraded(paths, 20)
    assert {name: len(records) for name, records in found.items()} == {path.name: 20 for path in paths}
    assert {name: sorted(set(records)) for name, records in found.items()} == {
        name: records[:1] for name, records in found.items()
    }
    assert all("verdict=<Verdict.PASSED" in records[0] for records in found.values())
    assert all("verdict=<Verdict.FAILED" in records[0] for records in found.values())
