"""NumPy's random generators cross by their states, and both sides draw from one stream in turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.errors import WireError
from autograder.wire import Drawing, Generators, Handle, Packer, Unpacker
from autograder.wire.states import Drawn, Seed

KINDS = [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox, np.random.SFC64]
BOTH: list[Callable[[Any], Any]] = [np.random.Generator, np.random.RandomState]


class Sides:
    """The two sides of a test cell, and one generator of the test's that both know."""

    def __init__(self, generator: Any) -> None:
        self.mine = generator
        self.examiner, self.candidate = Generators(trusted=True), Generators(trusted=False)
        record = self.examiner.refer(generator)
        assert record is not None
        self.record = record
        self.there()
        self.theirs = self.candidate.find(record)

    def there(self) -> None:
        self.candidate.learn(over(self.examiner.news()))

    def back(self) -> None:
        self.examiner.learn(over(self.candidate.news()))


def over(states: list[Drawn]) -> list[Drawn]:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(states), type=list[Drawn])


def draw(generator: Any) -> list[Any]:
    """Draw an odd number of normal deviates, halves of words, and many whole ones."""
    halves = getattr(generator, "integers", getattr(generator, "randint", None))
    drawn = [generator.standard_normal(3), halves(0, 5, size=3, dtype=np.int32), generator.random(1000)]
    return [*map(np.ndarray.tolist, drawn), generator.permutation(9).tolist()]


@pytest.mark.parametrize("wrap", BOTH)
@pytest.mark.parametrize("kind", KINDS)
def test_whoever_draws_goes_on_where_the_other_side_has_left_the_stream(kind: Any, wrap: Any) -> None:
    alone, sides = wrap(kind(7)), Sides(wrap(kind(7)))
    draw(sides.mine), draw(alone)
    sides.there()
    assert draw(sides.theirs) == draw(alone)
    sides.back()
    assert draw(sides.mine) == draw(alone)


def test_a_generator_arrives_as_a_plain_one_of_its_kind() -> None:
    assert type(Sides(np.random.default_rng(1)).theirs) is np.random.Generator
    assert type(Sides(np.random.RandomState(1)).theirs) is np.random.RandomState


@pytest.mark.parametrize("seed", [5, [3, 2**100], np.random.SeedSequence(1, spawn_key=(4,), n_children_spawned=2)])
def test_what_a_generator_spawns_is_the_same_on_both_sides(seed: Any) -> None:
    sides = Sides(np.random.default_rng(seed))
    assert sides.theirs.spawn(1)[0].random() == sides.mine.spawn(1)[0].random()


def test_a_generator_with_a_longer_seed_than_crosses_arrives_without_it() -> None:
    sides = Sides(np.random.default_rng(range(100)))
    assert sides.theirs.random() == sides.mine.random()


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_that_was_not_drawn_to_is_never_the_tests_own(kind: Any) -> None:
    sides, alone = Sides(np.random.Generator(kind(7))), np.random.Generator(kind(7))
    sides.theirs.bit_generator.state = kind(8).state
    sides.back()
    assert sides.mine.random() == alone.random()
    assert sides.examiner.find(sides.record).random() == np.random.Generator(kind(8)).random()


def test_what_the_other_side_has_spawned_meanwhile_is_counted() -> None:
    sides, alone = Sides(np.random.default_rng(1)), np.random.default_rng(1)
    sides.theirs.spawn(2), alone.spawn(2)
    sides.back()
    assert sides.mine.spawn(1)[0].random() == alone.spawn(1)[0].random()
    alone.spawn(1)
    sides.there()
    sides.mine.spawn(1)
    sides.there()
    assert sides.theirs.spawn(1)[0].random() == alone.spawn(1)[0].random()


@pytest.mark.parametrize("seed", [Seed(["1"], [], 2**31), Seed(["2"], [], 0), Seed(["1"], [7], 0), None])
def test_a_seed_that_did_not_come_from_the_tests_own_is_never_its_own(seed: Seed | None) -> None:
    sides, alone = Sides(np.random.default_rng(1)), np.random.default_rng(1)
    sides.theirs.random(3)
    (told,) = sides.candidate.news()
    sides.examiner.learn(over([msgspec.structs.replace(told, seed=seed)]))
    assert sides.mine.random() == alone.random()


WORD_BY_WORD = [kind for kind in KINDS if kind is not np.random.MT19937]


@pytest.mark.parametrize("drawn", [0, 5, 10**6])
@pytest.mark.parametrize("kind", WORD_BY_WORD)
def test_half_a_word_that_never_came_by_is_not_the_tests_next_draw(kind: Any, drawn: int) -> None:
    sides, alone = Sides(np.random.Generator(kind(7))), np.random.Generator(kind(7))
    sides.theirs.bit_generator.random_raw(drawn, output=False)
    chosen = {**sides.theirs.bit_generator.state, "has_uint32": 1, "uinteger": 12345}
    sides.theirs.bit_generator.state = chosen
    sides.back()
    assert sides.mine.integers(0, 2**32, dtype=np.uint32) == alone.integers(0, 2**32, dtype=np.uint32)


@pytest.mark.parametrize("drawn", [0, 5, 10**6])
@pytest.mark.parametrize("kind", KINDS)
def test_a_normal_deviate_that_nothing_gave_is_not_the_tests_next_draw(kind: Any, drawn: int) -> None:
    sides, alone = Sides(np.random.RandomState(kind(7))), np.random.RandomState(kind(7))
    sides.theirs.random_sample(drawn)
    chosen = {**sides.theirs.get_state(legacy=False), "has_gauss": 1, "gauss": 2.0}
    sides.theirs.set_state(chosen)
    sides.back()
    assert sides.mine.standard_normal() == alone.standard_normal()


@pytest.mark.parametrize("kind", KINDS)
def test_a_normal_deviate_that_is_left_is_the_tests_next_one_however_much_was_drawn_since(kind: Any) -> None:
    alone, sides = np.random.RandomState(kind(7)), Sides(np.random.RandomState(kind(7)))
    for generator in (alone, sides.theirs):
        generator.random_sample(3)
        generator.standard_normal()
        generator.random_sample(10**6 + 1)
    sides.back()
    assert sides.mine.standard_normal() == alone.standard_normal()


@pytest.mark.parametrize("kind", WORD_BY_WORD)
def test_half_a_word_that_is_left_is_the_tests_next_however_much_was_drawn_since(kind: Any) -> None:
    alone, sides = np.random.Generator(kind(7)), Sides(np.random.Generator(kind(7)))
    for generator in (alone, sides.theirs):
        generator.integers(0, 2**32, dtype=np.uint32)
        generator.random(10**6)
    sides.back()
    assert sides.mine.integers(0, 2**32, dtype=np.uint32) == alone.integers(0, 2**32, dtype=np.uint32)


def test_states_that_were_not_drawn_to_use_up_what_one_test_cell_looks_for() -> None:
    examiner, candidate = Generators(trusted=True), Generators(trusted=False)
    generators = [np.random.Generator(np.random.MT19937(n)) for n in (0, 1)]
    theirs = []
    for generator in generators:
        record = examiner.refer(generator)
        candidate.learn(over(examiner.news()))
        assert record is not None
        theirs.append(candidate.find(record))
    theirs[0].bit_generator.state = np.random.MT19937(2).state
    theirs[1].random(1000)
    examiner.learn(over(candidate.news()))
    assert generators[1].random() == np.random.Generator(np.random.MT19937(1)).random()


def test_a_generator_of_the_answers_own_arrives_too() -> None:
    examiner, candidate = Generators(trusted=True), Generators(trusted=False)
    record = candidate.refer(np.random.default_rng(3))
    examiner.learn(over(candidate.news()))
    assert record is not None
    assert examiner.find(record).random() == np.random.default_rng(3).random()


def test_both_sides_forget_the_same_generators() -> None:
    examiner, candidate = Generators(trusted=True), Generators(trusted=False)
    generators = [np.random.default_rng(n) for n in range(100)]
    for generator in generators:
        examiner.trim()
        record = examiner.refer(generator)
        states = over(examiner.news())
        candidate.trim()
        candidate.learn(states)
    assert record is not None
    candidate.find(record).random()
    examiner.learn(over(candidate.news()))
    assert generators[-1].random() == np.random.default_rng(99).random(2)[1]
    with pytest.raises(WireError, match="no generator"):
        candidate.find(Drawing(0))


class Other(np.random.PCG64):
    pass


def test_a_generator_on_bits_of_another_kind_does_not_cross() -> None:
    packer = Packer(lambda _: None, [], draws=Generators(trusted=True).refer)
    packer.pack([np.random.Generator(Other(1))])
    assert packer.lost == ["Generator"]


RIGHT = Drawn(-1, legacy=False, kind="PCG64", words=b"\1" * 32)
LIES = {
    "another kind": {"kind": "os.system"},
    "too short": {"words": b"\1" * 31},
    "too long": {"words": b"\1" * 33},
    "an even increment": {"words": b"\1" * 16 + b"\2" * 16},
    "a position": {"position": 1},
    "a position before all": {"kind": "MT19937", "words": b"\1" * 2496, "position": -1},
    "a position beyond all": {"kind": "MT19937", "words": b"\1" * 2496, "position": 625},
    "half a word of a generator that has none": {"kind": "MT19937", "words": b"\1" * 2496, "spare": 1},
    "zeros for ever": {"kind": "MT19937", "words": b"\xff\xff\xff\x7f" + bytes(2492)},
    "half a word that is none": {"spare": 2**32},
    "a normal deviate": {"normal": 0.5},
    "a deviate that is none": {"legacy": True, "normal": float("nan")},
    "a seed of letters": {"seed": Seed(["xyz"], [], 0)},
    "a seed with a sign": {"seed": Seed(["-1"], [], 0)},
    "a long seed": {"seed": Seed(["1"] * 100, [], 0)},
    "a negative key": {"seed": Seed(["1"], [-1], 0)},
    "many children": {"seed": Seed(["1"], [], 2**40)},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_the_state_of_no_generator_is_refused(lie: str) -> None:
    examiner = Generators(trusted=True)
    examiner.learn([RIGHT])
    with pytest.raises(WireError):
        examiner.learn([msgspec.structs.replace(RIGHT, **{"number": -2, **LIES[lie]})])


def test_a_generator_cannot_come_back_as_another_kind() -> None:
    sides = Sides(np.random.default_rng(1))
    with pytest.raises(WireError, match="another kind"):
        sides.examiner.learn([msgspec.structs.replace(RIGHT, number=0, kind="SFC64")])


def test_more_generators_than_a_test_cell_needs_are_refused() -> None:
    with pytest.raises(WireError, match="more than"):
        Generators(trusted=True).learn([msgspec.structs.replace(RIGHT, number=-n) for n in range(1, 2000)])


def test_a_message_tells_of_a_generator_once() -> None:
    with pytest.raises(WireError, match="twice"):
        Generators(trusted=True).learn([RIGHT, RIGHT])


class OwnState(np.random.RandomState):
    """Says that it draws nothing but ones, and has another state."""

    def normal(self, *_: Any, **__: Any) -> Any:
        return 1.0

    def get_state(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError


class OwnGenerator(np.random.Generator):
    """Says that it has no bits."""

    bit_generator = property(lambda _: None)  # type: ignore[assignment]


@pytest.mark.parametrize("own", [OwnState, OwnGenerator])
@pytest.mark.parametrize("kernel", [False, True])
def test_a_generator_of_ones_own_class_crosses_as_the_plain_one_of_its_state(own: Any, kernel: bool) -> None:
    generator, plain = (kind(np.random.MT19937(5)) for kind in (own, own.__base__))
    there, here = Generators(trusted=False), Generators(trusted=True)
    packer = Packer(lambda _: None, [], (lambda _: Handle(0, [], [], "")) if kernel else None, there.refer)
    record = packer.pack(generator)
    here.learn(over(there.news()))
    resolve = lambda one: one if isinstance(one, Handle) else here.find(one)  # noqa: E731
    found = Unpacker(memoryview(b""), resolve, holding=kernel).unpack(record)
    assert (type(found), found.normal()) == (own.__base__, plain.normal())


def test_more_children_than_a_test_cell_needs_are_refused() -> None:
    examiner = Generators(trusted=True)
    examiner.learn([msgspec.structs.replace(RIGHT, seed=Seed(["1"], [], 0))])
    with pytest.raises(WireError, match="children"):
        examiner.learn([msgspec.structs.replace(RIGHT, seed=Seed(["1"], [], 2**31))])


class Pretending:
    """What says that it is a generator, as a stand-in for one does."""

    __class__ = np.random.Generator  # type: ignore[assignment]


def test_what_only_says_that_it_is_a_generator_is_none() -> None:
    packer = Packer(lambda _: None, [], draws=Generators(trusted=True).refer)
    packer.pack([Pretending()])
    assert packer.lost == ["Pretending"]
