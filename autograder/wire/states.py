"""The states of NumPy's random generators, as records: read, checked in all their parts, and put into a generator."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy import random
from numpy.random import SeedSequence

from autograder.errors import WireError

# Of the first word of an MT19937 only that counts; its bytes come with the lowest first.
_TOP_BIT = 0x80
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
class Layout:
    """How the state of a bit generator is written: its parts of some words each, and the places of a position.

    `constant` names a part that no drawing changes.
    """

    kind: type
    parts: dict[str, tuple[str, int]]
    places: int = 0
    constant: str = ""


LAYOUTS = {
    "PCG64": Layout(random.PCG64, {"state": ("<u8", 2), "inc": ("<u8", 2)}, constant="inc"),
    "PCG64DXSM": Layout(random.PCG64DXSM, {"state": ("<u8", 2), "inc": ("<u8", 2)}, constant="inc"),
    "MT19937": Layout(random.MT19937, {"key": ("<u4", 624)}, 624),
    "Philox": Layout(random.Philox, {"counter": ("<u8", 4), "key": ("<u8", 2), "buffer": ("<u8", 4)}, 4, "key"),
    "SFC64": Layout(random.SFC64, {"state": ("<u8", 4)}),
}
NAMES = {layout.kind: name for name, layout in LAYOUTS.items()}


def bits_of(generator: Any) -> Any:  # noqa: ANN401
    """Give the bit generator that a generator draws from."""
    # By NumPy's own means, whatever a class derived from its own says.
    if isinstance(generator, random.RandomState):
        bits: Any = random.RandomState._bit_generator  # noqa: SLF001 - has no other way
        return bits.__get__(generator)
    return random.Generator.bit_generator.__get__(generator)


def state_of(number: int, generator: Any) -> Drawn:  # noqa: ANN401
    """Read the state of a generator that is known by a number."""
    bits = bits_of(generator)
    kind = NAMES[type(bits)]
    legacy = isinstance(generator, random.RandomState)
    told = random.RandomState.get_state(generator, legacy=False) if legacy else bits.state
    inner = {**told["state"], "buffer": told.get("buffer")}
    words = b"".join(_words(inner[part], dtype, count) for part, (dtype, count) in LAYOUTS[kind].parts.items())
    position = told["state"].get("pos", told.get("buffer_pos", 0))
    spare = int(told["uinteger"]) if told.get("has_uint32") else None
    normal = float(told["gauss"]) if told.get("has_gauss") else None
    return Drawn(number, legacy, kind, words, int(position), spare, normal, seed_of(bits))


def _words(value: Any, dtype: str, count: int) -> bytes:  # noqa: ANN401
    if isinstance(value, int):
        return value.to_bytes(count * np.dtype(dtype).itemsize, "little")
    return np.asarray(value).astype(dtype).tobytes()


def check(state: Drawn) -> None:
    """Refuse what is the state of no generator; msgspec has looked at the types.

    Raises
    ------
    WireError
        Where it is none.
    """
    layout = LAYOUTS.get(state.kind)
    if layout is None:
        raise WireError(f"no bit generator is called {state.kind[:40]!r}")
    size = sum(np.dtype(dtype).itemsize * count for dtype, count in layout.parts.values())
    if len(state.words) != size or not 0 <= state.position <= layout.places:
        raise WireError(f"the state of a {state.kind} has another size")
    if "inc" in layout.parts and not state.words[size // 2] & 1:
        raise WireError(f"the increment of a {state.kind} is even")
    if state.kind == "MT19937" and not (state.words[3] & _TOP_BIT or any(state.words[4:])):
        # It gives zeros for ever, and NumPy waits for others in C, where no deadline is heard of.
        raise WireError("the state of an MT19937 is all zeros")
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


def seed_of(bits: Any) -> Seed | None:  # noqa: ANN401
    """Read what a bit generator was seeded with; None where that is nothing that crosses."""
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


def built(state: Drawn) -> Any:  # noqa: ANN401
    """Make a generator in a state.

    Raises
    ------
    WireError
        Where its seed cannot be read.
    """
    # Seeded, so that not even what it spawns is left to chance.
    seed = SeedSequence(0)
    try:
        if state.seed is not None:
            entropy = [int(digits, 16) for digits in state.seed.entropy]
            known = entropy[0] if len(entropy) == 1 else entropy
            seed = SeedSequence(known, spawn_key=tuple(state.seed.key), n_children_spawned=state.seed.spawned)
    except ValueError:
        raise WireError("a seed is not written in hexadecimal") from None
    bits = LAYOUTS[state.kind].kind(seed)
    generator = random.RandomState(bits) if state.legacy else random.Generator(bits)
    put(generator, state)
    return generator


def put(generator: Any, state: Drawn) -> None:  # noqa: ANN401
    """Bring a generator into a state; it has spawned as many children then, where its seed is known by the state."""
    told = numpys(state)
    if state.legacy:
        told |= {"has_gauss": int(state.normal is not None), "gauss": state.normal or 0.0}
        random.RandomState.set_state(generator, told)
    else:
        bits_of(generator).state = told
    mine = seed_of(bits_of(generator))
    if mine and state.seed and state.seed.spawned > mine.spawned:
        # NumPy has no other way to count them.
        bits_of(generator).seed_seq.spawn(state.seed.spawned - mine.spawned)


def numpys(state: Drawn) -> dict[str, Any]:
    """Write the state of a bit generator as NumPy does."""
    inner: dict[str, Any] = {}
    offset = 0
    for part, (dtype, count) in LAYOUTS[state.kind].parts.items():
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
