"""What people read, in their language: English, and what a catalogue of translations holds.

Records, the gradebook and JSON keep one text, in English; a text is translated where it leaves us, so that what was
graded once can be read in any language. A `Speaker` does both kinds::

    say("A person must look at {names}.", names=…)    our own words, a message of gettext
    say.text(check.message)                           a finished sentence of a record, found by its form

A catalogue is a gettext file, ``<language>.po``: one of this package, and one of the course in ``reference/language``
for its misconceptions and tests.
"""

from autograder.language.speaker import LANGUAGES, Speaker, speaker
from autograder.language.titles import title_of

__all__ = ["LANGUAGES", "Speaker", "speaker", "title_of"]
