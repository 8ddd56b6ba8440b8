"""Grades the graders: wrong answers must lose marks, right ones must not, whatever they look like."""

from autograder.audit.auditor import Auditor
from autograder.audit.known import Known, known
from autograder.audit.marks import Marked
from autograder.audit.page import page
from autograder.audit.prepare import Prepared, judged_right, judged_wrong, prepared
from autograder.audit.records import Audit, document
from autograder.audit.separating import QUESTIONS, separate
from autograder.audit.soundness import require_sound
from autograder.audit.trials import measured
from autograder.audit.variants import Variant

__all__ = [
    "QUESTIONS",
    "Audit",
    "Auditor",
    "Known",
    "Marked",
    "Prepared",
    "Variant",
    "document",
    "judged_right",
    "judged_wrong",
    "known",
    "measured",
    "page",
    "prepared",
    "require_sound",
    "separate",
]
