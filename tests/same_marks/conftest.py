"""The corpus, written once."""

from __future__ import annotations

from pathlib import Path

import corpus
import pytest


@pytest.fixture(scope="session")
def variants(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give the notebooks of the corpus, in the order of their names."""
    return corpus.write(tmp_path_factory.mktemp("corpus"))
