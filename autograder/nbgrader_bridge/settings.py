"""What nbgrader is configured with: its own lists of preprocessors, with ours in the places where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nbgrader.validator import Validator

from autograder.nbgrader_bridge.validate import ByName

if TYPE_CHECKING:
    from traitlets.config import Config

OURS = "autograder.nbgrader_bridge."
NBGRADER = "nbgrader.preprocessors."

GENERATE_ASSIGNMENT = (
    NBGRADER + "IncludeHeaderFooter",
    NBGRADER + "InstantiateTests",
    NBGRADER + "LockCells",
    OURS + "ReleaseSolutions",  # in place of ClearSolutions
    NBGRADER + "ClearOutput",
    NBGRADER + "CheckCellMetadata",
    NBGRADER + "ComputeChecksums",
    NBGRADER + "SaveCells",
    NBGRADER + "ClearHiddenTests",
    NBGRADER + "ClearMarkScheme",
    NBGRADER + "ComputeChecksums",
    NBGRADER + "CheckCellMetadata",
)

# What nbgrader sanitizes with from OverwriteCells on belongs to the second pass here: OverwriteCells restores the
# hidden tests, and what the first pass leaves lies on disk while the student's code runs.
SANITIZE = (
    OURS + "MendMetadata",  # in place of DeduplicateIds
    NBGRADER + "ClearOutput",
    NBGRADER + "OverwriteKernelspec",
)

EXAMINE = OURS + "Examine"

AUTOGRADE = (
    EXAMINE,
    NBGRADER + "OverwriteCells",
    NBGRADER + "CheckCellMetadata",
    OURS + "WriteVerdicts",
    NBGRADER + "IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    NBGRADER + "LimitOutput",
    OURS + "SaveVerdicts",  # in place of SaveAutoGrades
    NBGRADER + "AssignLatePenalties",
    NBGRADER + "CheckCellMetadata",
)

GENERATE_FEEDBACK = (
    OURS + "GetOutcome",  # in place of GetGrades
    OURS + "HideTests",
)

VALIDATE = (
    ByName(OURS + "validate.ForgetCopies"),
    ByName(NBGRADER + "CheckCellMetadata"),
    ByName(NBGRADER + "ClearOutput"),
    ByName(OURS + "validate.RunVisibleTests"),  # in place of Execute
)


def configure(config: Config) -> None:
    """Let nbgrader grade with autograder.

    Two lines in a course's `nbgrader_config.py` are enough::

        from autograder.nbgrader_bridge import configure
        configure(get_config())

    Parameters
    ----------
    config : traitlets.config.Config
        nbgrader's configuration; the five lists of preprocessors are set, and that pages run no script of a student's.
    """
    # The Validator has such a list too, as a trait, but nbgrader has not opened it to the configuration.
    Validator.preprocessors.tag(config=True)
    config.Validator.preprocessors = list(VALIDATE)
    config.GenerateAssignment.preprocessors = list(GENERATE_ASSIGNMENT)
    config.Autograde.exporter_class = OURS + "ForgivingExporter"
    config.Autograde.sanitize_preprocessors = list(SANITIZE)
    config.Autograde.autograde_preprocessors = list(AUTOGRADE)
    config.GenerateFeedback.preprocessors = list(GENERATE_FEEDBACK)
    config.GenerateFeedback.exporter_class = OURS + "FeedbackExporter"
    config.HTMLExporter.filters = {
        "markdown2html": OURS + "pages.harmless_markdown",
        "highlight_code": OURS + "pages.harmless_code",
    }
