"""Nothing that arrives through the channel, or is handed in, does worse than an error that we expect."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import targets
from seeds import write_corpus

# Inputs, as many as a quiet machine tries in some seconds: a busy one tries no fewer. The real messages of the corpus
# come first; after a change of what is fuzzed, `fuzz.py TARGET --seconds 600` goes further.
RUNS = {"decoder": 20_000, "dialogue": 2_500, "reader": 40_000}
SECONDS = 120
FUZZ = Path(__file__).with_name("fuzz.py")
# What each target is there for.
HEART = {
    "decoder": (targets.Unpacker, "unpack"),
    "dialogue": (targets.Unpacker, "unpack"),
    "reader": (targets, "repair"),
}


@pytest.mark.parametrize("target", RUNS)
def test_each_of_the_corpus_reaches_what_is_fuzzed(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_corpus(tmp_path, target)
    place, name = HEART[target]
    heart = getattr(place, name)
    reached: set[Path] = set()
    for file in tmp_path.iterdir():

        def watched(*args: object, file: Path = file) -> object:
            reached.add(file)
            return heart(*args)

        monkeypatch.setattr(place, name, watched)
        targets.TARGETS[target](file.read_bytes())
    assert reached == set(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not there for this Python or machine")
@pytest.mark.parametrize("target", RUNS)
def test_a_bounded_run_of_the_fuzzer_breaks_nothing(target: str, tmp_path: Path, record_property) -> None:
    command = [sys.executable, FUZZ, target, "--seconds", str(SECONDS), "--runs", str(RUNS[target])]
    command += ["--keep", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + 60, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert list(tmp_path.iterdir()) == []
    tried = re.search(r"Done (\d+) runs", done.stderr)
    assert tried
    record_property("inputs tried", int(tried[1]))
    assert int(tried[1]) > 1000
