"""NumPy's random generators, which both sides draw from in turns: known by numbers, kept equal by their states.

A generator that one side hands over is rebuilt on the other as a plain one of NumPy's, in the same state. Whoever sends
a message tells with it what was drawn meanwhile, so that a stream goes on where the other side has left it. Only
NumPy's own bit generators cross, by an allow-list; a state is checked in all its parts before NumPy is given it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy import random
from numpy.random import SeedSequence

from autograder.errors import WireError
from autograder.wire.values import Drawing

# Linked at a time, from one call to the next; and in one message with all that came since the call.
_MOST_LINKED = 32
_MOST = 1000
# What an answer may draw in one go from a generator of the test's own: 32 or 64 bits each.
_MOST_DRAWS = 2**25
_FIRST_CHUNK, _LARGEST_CHUNK = 2**8, 2**20
_OUTPUTS = 4
_MAX_ENTROPY, _MAX_DIGITS = 64, 256
_POOL = 4


class Seed(msgspec.Struct, array_like=True, frozen=True):
    """What a generator was seeded with, from which it spawns others; integers in hexadecimal."""

    entropy: list[str]
    key: list[int]
    spawned: int


class Drawn(msgspec.Struct, array_like=True, frozen=True):
    """The state of a generator.

    `legacy` says that it is a ``RandomState``; `kind` names its bit generator, `words` and `position` are the state of
    that. `spare` is a half of the last word that is still to be given out, `normal` a normal deviate.
    """

    number: int
    legacy: bool
    kind: str
    words: bytes
    position: int = 0
    spare: int | None = None
    normal: float | None = None
    seed: Seed | None = None


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the state of a bit generator is written: its parts of some words each, and the places of a position."""

    kind: type
    parts: dict[str, tuple[str, int]]
    places: int = 0


_LAYOUTS = {
    "PCG64": _Layout(random.PCG64, {"state": ("<u8", 2), "inc": ("<u8", 2)}),
    "PCG64DXSM": _Layout(random.PCG64DXSM, {"state": ("<u8", 2), "inc": ("<u8", 2)}),
    "MT19937": _Layout(random.MT19937, {"key": ("<u4", 624)}, 624),
    "Philox": _Layout(random.Philox, {"counter": ("<u8", 4), "key": ("<u8", 2), "buffer": ("<u8", 4)}, 4),
    "SFC64": _Layout(random.SFC64, {"state": ("<u8", 4)}),
}
_NAMES = {layout.kind: name for name, layout in _LAYOUTS.items()}


class Generators:
    """The generators of one test cell, as one side knows them.

    Parameters
    ----------
    trusted : bool
        Whether this is the examiner's side. Of a generator that it has handed over it believes only what can have been
        drawn from it; else an answer would choose what a test draws next.
    """

    def __init__(self, *, trusted: bool) -> None:
        self._trusted = trusted
        self._count = 0
        self._known: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._told: dict[int, Drawn] = {}
        # Those that this side has handed over, and that still draw as they do here.
        self._own: set[int] = set()

    def refer(self, generator: object) -> Drawing | None:
        """Give the record of a generator; None where it is none of NumPy's own, or where there are too many."""
        number = self._numbers.get(id(generator))
        if number is None:
            if len(self._known) >= _MOST or type(_bits(generator)) not in _NAMES:
                return None
            number = self._count if self._trusted else -1 - self._count
            self._count += 1
            self._own.add(number)
            self._add(number, generator)
        return Drawing(number)

    def find(self, record: Drawing) -> Any:  # noqa: ANN401
        """Give the generator of a record.

        Raises
        ------
        WireError
            Where there is none.
        """
        if record.number not in self._known:
            raise WireError(f"there is no generator number {record.number}")
        return self._known[record.number]

    def trim(self) -> None:
        """Forget the oldest; to be called by both sides when a call begins, so that they forget the same ones."""
        for number in list(self._known)[:-_MOST_LINKED]:
            self._numbers.pop(id(self._known.pop(number)), None)
            self._told.pop(number, None)

    def news(self, *, everything: bool = False) -> list[Drawn]:
        """Give the states that the other side does not know yet, or all of them where it may have missed some."""
        if not self._known:
            return []
        states = {number: _state(number, generator) for number, generator in self._known.items()}
        fresh = [state for number, state in states.items() if everything or self._told.get(number) != state]
        self._told = states
        return fresh

    def learn(self, states: Sequence[Drawn]) -> None:
        """Take over what the other side tells of generators in one message.

        Raises
        ------
        WireError
            Where a state is none, or there are too many, or two of one generator: each may take a third of a second.
        """
        if len({state.number for state in states}) < len(states):
            raise WireError("a message tells of one generator twice")
        for state in states:
            _check(state)
            mine = self._known.get(state.number)
            if mine is not None:
                self._take_over(mine, state)
            elif (state.number < 0) is self._trusted:
                if len(self._known) >= _MOST:
                    raise WireError(f"more than {_MOST} generators came")
                self._add(state.number, _built(state))
            else:
                # Forgotten meanwhile.
                continue
            self._told[state.number] = _state(state.number, self._known[state.number])

    def _take_over(self, mine: Any, state: Drawn) -> None:  # noqa: ANN401
        before = _state(state.number, mine)
        if (before.legacy, before.kind) != (state.legacy, state.kind):
            raise WireError("a generator came back as one of another kind")
        if self._trusted and state.number in self._own and not _follows(before, state):
            # From here on the answer's is another one than the test's.
            self._own.remove(state.number)
            del self._numbers[id(mine)]
            self._add(state.number, _built(state))
        else:
            _put(mine, state)

    def _add(self, number: int, generator: object) -> None:
        self._known[number] = generator
        self._numbers[id(generator)] = number


def is_generator(value: object) -> bool:
    """Tell whether a value is a random generator of NumPy's."""
    return type(value) in {random.Generator, random.RandomState}


def _bits(generator: Any) -> Any:  # noqa: ANN401
    legacy = type(generator) is random.RandomState
    return generator._bit_generator if legacy else generator.bit_generator  # noqa: SLF001 - has no other way


def _state(number: int, generator: Any) -> Drawn:  # noqa: ANN401
    bits = _bits(generator)
    kind = _NAMES[type(bits)]
    legacy = type(generator) is random.RandomState
    told = generator.get_state(legacy=False) if legacy else bits.state
    inner = {**told["state"], "buffer": told.get("buffer")}
    words = b"".join(_words(inner[part], dtype, count) for part, (dtype, count) in _LAYOUTS[kind].parts.items())
    position = told["state"].get("pos", told.get("buffer_pos", 0))
    spare = int(told["uinteger"]) if told.get("has_uint32") else None
    normal = float(told["gauss"]) if told.get("has_gauss") else None
    return Drawn(number, legacy, kind, words, int(position), spare, normal, _seed_of(bits))


def _words(value: Any, dtype: str, count: int) -> bytes:  # noqa: ANN401
    if isinstance(value, int):
        return value.to_bytes(count * np.dtype(dtype).itemsize, "little")
    return np.asarray(value).astype(dtype).tobytes()


def _check(state: Drawn) -> None:
    """Refuse what is the state of no generator; msgspec has looked at the types."""
    layout = _LAYOUTS.get(state.kind)
    if layout is None:
        raise WireError(f"no bit generator is called {state.kind[:40]!r}")
    size = sum(np.dtype(dtype).itemsize * count for dtype, count in layout.parts.values())
    if len(state.words) != size or not 0 <= state.position <= layout.places:
        raise WireError(f"the state of a {state.kind} has another size")
    if "inc" in layout.parts and not state.words[size // 2] & 1:
        raise WireError(f"the increment of a {state.kind} is even")
    if state.spare is not None and (state.kind == "MT19937" or not 0 <= state.spare < 2**32):
        raise WireError(f"a {state.kind} has no such half of a word")
    if state.normal is not None and not (state.legacy and math.isfinite(state.normal)):
        raise WireError("only a RandomState keeps a normal deviate, and a finite one")
    if state.seed is not None:
        _check_seed(state.seed)


def _check_seed(seed: Seed) -> None:
    if len(seed.entropy) > _MAX_ENTROPY or any(len(digits) > _MAX_DIGITS for digits in seed.entropy):
        raise WireError("a seed is too long")
    if len(seed.key) > _MAX_ENTROPY or not all(0 <= one < 2**32 for one in (*seed.key, seed.spawned)):
        raise WireError("a seed has a key that cannot be one")
    if not all(digits.isalnum() and digits.isascii() for digits in seed.entropy):
        raise WireError("a seed is not written in hexadecimal")


def _seed_of(bits: Any) -> Seed | None:  # noqa: ANN401
    seed = bits.seed_seq
    if type(seed) is not SeedSequence or seed.pool_size != _POOL:
        return None
    entropy = [seed.entropy] if isinstance(seed.entropy, int) else list(seed.entropy or ())
    try:
        told = Seed([f"{int(one):x}" for one in entropy], [int(one) for one in seed.spawn_key], seed.n_children_spawned)
        _check_seed(told)
    except (TypeError, ValueError, WireError):
        return None
    return told


def _built(state: Drawn) -> Any:  # noqa: ANN401
    # Seeded, so that not even what it spawns is left to chance.
    seed = SeedSequence(0)
    try:
        if state.seed is not None:
            entropy = [int(digits, 16) for digits in state.seed.entropy]
            known = entropy[0] if len(entropy) == 1 else entropy
            seed = SeedSequence(known, spawn_key=tuple(state.seed.key), n_children_spawned=state.seed.spawned)
    except ValueError:
        raise WireError("a seed is not written in hexadecimal") from None
    bits = _LAYOUTS[state.kind].kind(seed)
    generator = random.RandomState(bits) if state.legacy else random.Generator(bits)
    _put(generator, state)
    return generator


def _put(generator: Any, state: Drawn) -> None:  # noqa: ANN401
    told = _numpys(state)
    if state.legacy:
        generator.set_state({**told, "has_gauss": int(state.normal is not None), "gauss": state.normal or 0.0})
    else:
        generator.bit_generator.state = told


def _numpys(state: Drawn) -> dict[str, Any]:
    """Write the state of a bit generator as NumPy does."""
    inner: dict[str, Any] = {}
    offset = 0
    for part, (dtype, count) in _LAYOUTS[state.kind].parts.items():
        inner[part] = np.frombuffer(state.words, dtype, count, offset).astype(dtype[1:])
        offset += inner[part].nbytes
    told = {"bit_generator": state.kind, "has_uint32": int(state.spare is not None), "uinteger": state.spare or 0}
    if state.kind == "MT19937":
        return {**told, "state": {**inner, "pos": state.position}}
    if state.kind == "Philox":
        return {**told, "buffer": inner.pop("buffer"), "buffer_pos": state.position, "state": inner}
    if "inc" in inner:
        inner = {part: int.from_bytes(value.tobytes(), "little") for part, value in inner.items()}
    return {**told, "state": inner}


def _follows(before: Drawn, after: Drawn) -> bool:
    """Tell whether drawing leads from one state to another; whatever else, a halved word or a deviate, may be left."""
    if (before.words, before.position) == (after.words, after.position):
        return True
    target = _walker(after).random_raw(_OUTPUTS)
    walker, passed, chunk = _walker(before), 0, _FIRST_CHUNK
    tail = np.zeros(0, dtype=np.uint64)
    while passed < _MOST_DRAWS:
        outputs = np.concatenate([tail, walker.random_raw(chunk)])
        starts = np.flatnonzero(outputs[: 1 - _OUTPUTS] == target[0])
        for start in starts:
            if np.array_equal(outputs[start : start + _OUTPUTS], target):
                return _after(before, passed + int(start)) == (after.words, after.position)
        passed += len(outputs) - _OUTPUTS + 1
        tail = outputs[1 - _OUTPUTS :]
        chunk = min(2 * chunk, _LARGEST_CHUNK)
    return False


def _walker(state: Drawn) -> Any:  # noqa: ANN401
    bits = _LAYOUTS[state.kind].kind(0)
    bits.state = _numpys(state)
    return bits


def _after(before: Drawn, draws: int) -> tuple[bytes, int]:
    walker = _walker(before)
    walker.random_raw(draws, output=False)
    state = _state(0, random.Generator(walker))
    return state.words, state.position
