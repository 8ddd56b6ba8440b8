"""From what a learning platform lets its teachers download to submissions in nbgrader's folders.

::

    archive or folder ── unpack ──► files, by their names in it      (what is dangerous is left, and named)
                      ── names ───► who handed in, when, which file  (Canvas, Moodle, Brightspace, plain folders)
                      ── people ──► a student of the class list
                      ── plan ────► one submission a student          (nothing has been written yet)
                      ── store ───► submitted/<student>/<assignment>

No name out of an archive is used as a path before `plan` has made it one, and no byte of a file is changed.
"""

from autograder.collection.people import Person
from autograder.collection.planning import Plan, Submission, plan
from autograder.collection.storing import store
from autograder.collection.unpacking import Left, Unpacked, unpack

__all__ = ["Left", "Person", "Plan", "Submission", "Unpacked", "plan", "store", "unpack"]
