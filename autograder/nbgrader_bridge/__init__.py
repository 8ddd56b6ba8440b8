"""The border to nbgrader; no other room imports it.

nbgrader keeps all that it does well: release, exchange, gradebook, late penalties, feedback, formgrader. Replaced
is the execution, through nbgrader's own lists of preprocessors (`configure` sets them). A submission takes two passes::

    pass 1   ForgivingExporter  reads the file, of any age and valid or not
             MendMetadata       every cell is again what it was released as, and those that were deleted are there
             ClearOutput, OverwriteKernelspec
             -> autograded/<student>/<assignment>, as the student wrote it: no hidden test is on disk yet
    pass 2   Examine            the grader reads the student's text; its result goes into the resources
             OverwriteCells     puts the hidden tests back, when no student's code runs any more
             WriteVerdicts      says the result as outputs that nbgrader's `determine_grade` reads
             SaveVerdicts       reads them into the gradebook, without a score for what we could not grade

`autograder grade` has the results before it comes here, and many of them. `open_writer` takes each submission through
the same preprocessors, made once, with a `Shelf` of records in the place of the gradebook that they ask cell by cell;
then the records are saved in one transaction. Both ways end in the same database, the same autograded notebooks and
the same exports; but for one field: points given by hand stay decided here where nothing has changed, see `decisions`.
"""

from __future__ import annotations

from autograder.nbgrader_bridge.class_list import add_students, class_list
from autograder.nbgrader_bridge.collected import Collected, Present, present, untimed
from autograder.nbgrader_bridge.course import course_id, require_no_pattern, set_due_date
from autograder.nbgrader_bridge.decisions import Waiting, waiting
from autograder.nbgrader_bridge.documents import ForgivingExporter, to_text
from autograder.nbgrader_bridge.entered import entered, points_of
from autograder.nbgrader_bridge.examine import Examine
from autograder.nbgrader_bridge.exchange import collect, fetch, inbound_folder, submit, submitted_folders
from autograder.nbgrader_bridge.export import QuotedCsv, export, export_by_nbgrader
from autograder.nbgrader_bridge.feedback import (
    FeedbackExporter,
    GetOutcome,
    HideTests,
    generate_feedback,
    release_feedback,
)
from autograder.nbgrader_bridge.grading import Unwritten, Writer, open_writer
from autograder.nbgrader_bridge.handed_in import Submitted, handed_in, submissions, without_folder
from autograder.nbgrader_bridge.inbound import Gathered, Told
from autograder.nbgrader_bridge.mend import MendMetadata
from autograder.nbgrader_bridge.penalties import Penalty, penalties
from autograder.nbgrader_bridge.plain import generate_plain, make_plain_course, modernized, plain_marks, write_source
from autograder.nbgrader_bridge.release import ReleaseSolutions, generate, release
from autograder.nbgrader_bridge.rendering import require_plug_ins
from autograder.nbgrader_bridge.settings import configure
from autograder.nbgrader_bridge.standing import Standing, standing
from autograder.nbgrader_bridge.times import told_in
from autograder.nbgrader_bridge.verdicts import SaveVerdicts, WriteVerdicts

__all__ = [
    "Collected",
    "Examine",
    "FeedbackExporter",
    "ForgivingExporter",
    "Gathered",
    "GetOutcome",
    "HideTests",
    "MendMetadata",
    "Penalty",
    "Present",
    "QuotedCsv",
    "ReleaseSolutions",
    "SaveVerdicts",
    "Standing",
    "Submitted",
    "Told",
    "Unwritten",
    "Waiting",
    "WriteVerdicts",
    "Writer",
    "add_students",
    "class_list",
    "collect",
    "configure",
    "course_id",
    "entered",
    "export",
    "export_by_nbgrader",
    "fetch",
    "generate",
    "generate_feedback",
    "generate_plain",
    "handed_in",
    "inbound_folder",
    "make_plain_course",
    "modernized",
    "open_writer",
    "penalties",
    "plain_marks",
    "points_of",
    "present",
    "release",
    "release_feedback",
    "require_no_pattern",
    "require_plug_ins",
    "set_due_date",
    "standing",
    "submissions",
    "submit",
    "submitted_folders",
    "to_text",
    "told_in",
    "untimed",
    "waiting",
    "without_folder",
    "write_source",
]
