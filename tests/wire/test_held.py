"""Objects that come by a handle together with what they hold."""

from __future__ import annotations

from collections import namedtuple

import msgspec
import numpy as np
import pytest

from autograder.errors import WireError
from autograder.wire import Handle, Packer, Unpacker
from autograder.wire.values import Items

Pair = namedtuple("Pair", "first second")  # noqa: PYI024 - as students write it


class Node(list):
    """A list that may hold itself."""


class Table(dict):
    """A dictionary."""


class Names(set):
    """A set that says of itself that it is empty."""

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())


def packed(value):
    packer = Packer(lambda _: None, [], lambda one: Handle(0, [type(one).__name__], [], ""))
    return packer.pack(value), packer


def arrived(value, known):
    record, packer = packed(value)
    unpacker = Unpacker(memoryview(bytearray(b"".join(packer.buffers))), known, holding=True)
    found = unpacker.unpack(record)
    unpacker.finish()
    return found


def test_what_an_object_holds_stands_for_it_where_its_handle_is_given_back():
    found = arrived(Pair(1, Pair(2, Node([3]))), lambda handle: handle)
    assert found == (1, (2, [3]))
    assert (type(found), type(found[1]), type(found[1][1])) == (tuple, tuple, list)


def test_arrays_behind_an_object_that_stays_are_those_that_were_sent():
    first, second = np.arange(3.0), np.ones((2, 2))
    found = arrived([Pair(np.zeros(7), Pair(first, 1)), second], lambda _: "object")
    assert found[0] == "object"
    np.testing.assert_array_equal(found[1], second)


@pytest.mark.parametrize("branches", [1, 3])
def test_objects_that_hold_each_other_cross_by_their_handles_alone(branches):
    node = Node([np.ones(2)])
    node += [Node([node] * branches) for _ in range(branches)]
    record, packer = packed([node, np.zeros(3)])
    assert record.items[0].held is None
    assert len(b"".join(packer.buffers)) == np.zeros(3).nbytes


@pytest.mark.parametrize("known", [lambda handle: handle, lambda _: "object"], ids=["given back", "that stay"])
def test_objects_nested_deeper_than_values_are_refused(known):
    record = None
    for _ in range(100):
        record = Handle(0, ["Node"], [], "", record)
    with pytest.raises(WireError, match="nested"):
        Unpacker(memoryview(b""), known, holding=True).unpack(Handle(0, ["Node"], [], "", Items("l", [record])))


def test_a_message_that_fits_with_handles_fits_with_what_they_hold():
    many = [Node(range(50_000)) for _ in range(40)]
    record, _ = packed(many)
    held = [one.held is not None for one in record.items]
    assert held[0]
    assert not held[-1]
    assert len(msgspec.msgpack.encode(record)) < 2**20


def test_a_set_of_ones_own_class_crosses_by_its_handle_and_as_what_it_holds():
    assert arrived(Names("ab"), lambda handle: handle) == {"a", "b"}


def test_objects_behind_one_that_stays_are_as_many_keys_as_there_are():
    many = Table({Pair(n, n): n for n in range(150)})
    assert arrived(many, lambda _: "object") == "object"
