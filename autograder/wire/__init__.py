"""The only language that examiner and candidate share: framed messages of plain data.

A frame is two lengths, a msgpack *structure* (the message, where an array is its dtype and shape) and the arrays' raw
bytes. Nothing is unpickled, evaluated or imported on arrival, and every claim is checked before memory is taken:
the lengths of the frame against caps, each dtype against an allow-list, each shape against the bytes that came.
"""

from autograder.wire.channel import Channel, Deadline
from autograder.wire.common import Common, became, is_mutable, references
from autograder.wire.generators import Generators
from autograder.wire.messages import (
    Answer,
    Ask,
    Became,
    Call,
    Cell,
    Defined,
    Fetch,
    Fetched,
    Finish,
    Finished,
    Fork,
    Forked,
    FromCandidate,
    FromExaminer,
    Load,
    Perform,
    Performed,
    Raised,
    Ready,
    Refuse,
    Returned,
    Run,
    by_name,
)
from autograder.wire.operations import JUDGING, OPERATIONS, PROTOCOLS
from autograder.wire.packing import Packer, fingerprint
from autograder.wire.scores import number_in
from autograder.wire.unpacking import Unpacker, is_hollow
from autograder.wire.values import Drawing, FunctionRef, Handle, Holding, Opaque, Value
from autograder.wire.writing_back import Undoing, parts_of, whence, write_back

__all__ = [
    "JUDGING",
    "OPERATIONS",
    "PROTOCOLS",
    "Answer",
    "Ask",
    "Became",
    "Call",
    "Cell",
    "Channel",
    "Common",
    "Deadline",
    "Defined",
    "Drawing",
    "Fetch",
    "Fetched",
    "Finish",
    "Finished",
    "Fork",
    "Forked",
    "FromCandidate",
    "FromExaminer",
    "FunctionRef",
    "Generators",
    "Handle",
    "Holding",
    "Load",
    "Opaque",
    "Packer",
    "Perform",
    "Performed",
    "Raised",
    "Ready",
    "Refuse",
    "Returned",
    "Run",
    "Undoing",
    "Unpacker",
    "Value",
    "became",
    "by_name",
    "fingerprint",
    "is_hollow",
    "is_mutable",
    "number_in",
    "parts_of",
    "references",
    "whence",
    "write_back",
]
