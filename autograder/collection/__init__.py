"""From what a learning platform lets its teachers download to submissions in nbgrader's folders.

::

    archive or folder ── unpack ──► files, by their names in it      (what is dangerous is left, and named)
                      ── names ───► who handed in, when, which file  (Canvas, Moodle, Brightspace, plain folders)
                      ── matching ► a student of the class list, or a newcomer
                      ── deliveries ► which of a student's files count
                      ── plan ────► one submission a student          (nothing has been written yet)
                      ── store ───► submitted/<student>/<assignment>

No name out of an archive is used as a path before `plan` has made it one, and no byte of a file is changed.
"""

from autograder.collection.people import is_class_list
from autograder.collection.planning import Plan, Submission, plan
from autograder.collection.records import Left, Unpacked, few
from autograder.collection.storing import TIME_FILE, store
from autograder.collection.unpacking import unpack

__all__ = [
    "TIME_FILE",
    "Left",
    "Plan",
    "Submission",
    "Unpacked",
    "few",
    "is_class_list",
    "plan",
    "store",
    "unpack",
]
