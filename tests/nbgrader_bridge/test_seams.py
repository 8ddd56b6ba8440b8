"""The places of nbgrader that the bridge relies on: when one moves, these say so."""

from __future__ import annotations

from typing import Any

import pytest
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder.nbgrader_bridge import settings


def names(entries: Any) -> list[str]:
    return [(import_item(entry) if isinstance(entry, str) else entry).__name__ for entry in entries]


def swapped(defaults: list[str], **changes: str) -> list[str]:
    return [changes.get(name, name) for name in defaults]


def test_generate_assignment_is_the_default_with_our_clear_solutions():
    defaults = names(GenerateAssignment.preprocessors.default_args[0])
    assert names(settings.GENERATE_ASSIGNMENT) == swapped(defaults, ClearSolutions="ReleaseSolutions")


def test_sanitize_is_the_default_up_to_overwrite_cells():
    defaults = names(Autograde.sanitize_preprocessors.default_args[0])
    assert defaults == ["ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata"]
    assert names(settings.SANITIZE) == ["MendMetadata", "ClearOutput", "OverwriteKernelspec"]


def test_autograde_is_the_default_with_ours_in_place_of_execute():
    defaults = names(Autograde.autograde_preprocessors.default_args[0])
    ours = ["Examine", "WriteVerdicts"]
    moved_here = ["OverwriteCells", "CheckCellMetadata"]
    rest = [name for name in names(settings.AUTOGRADE) if name not in ours]
    kept = [name for name in defaults if name != "Execute"]
    assert rest == moved_here + swapped(kept, SaveAutoGrades="SaveVerdicts")


def test_feedback_is_the_default_without_hidden_tests_and_without_a_style_sheet_of_nbconvert():
    defaults = names(GenerateFeedback.preprocessors.default_args[0])
    kept = [name for name in defaults if name != "CSSHTMLHeaderPreprocessor"]
    ours = [name for name in names(settings.GENERATE_FEEDBACK) if name != "HideTests"]
    assert ours == swapped(kept, GetGrades="GetOutcome")


def test_configure_sets_lists_that_nbgrader_takes():
    config = Config()
    settings.configure(config)
    assert Autograde(config=config).autograde_preprocessors == list(settings.AUTOGRADE)
    assert GenerateFeedback(config=config).preprocessors == list(settings.GENERATE_FEEDBACK)


@pytest.mark.parametrize("entry", [settings.EXAMINE, *settings.SANITIZE])
def test_an_exporter_takes_import_strings(entry: str):
    exporter = NotebookExporter()
    exporter.register_preprocessor(entry)
    assert type(exporter._preprocessors[-1]).__name__ == entry.rpartition(".")[2]


def test_an_exporter_takes_a_preprocessor_that_is_made_already():
    made = NbGraderPreprocessor()
    exporter = NotebookExporter()
    exporter.register_preprocessor(made)
    assert exporter._preprocessors[-1] is made


def test_execute_is_switched_off_by_a_trait_of_its_own_class():
    """So `nbgrader autograde --no-execute`, which would give full marks, does not touch `Examine`."""
    assert not issubclass(import_item(settings.EXAMINE), Execute)
