"""All operators, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import libcst as cst

from autograder.audit.mutation import (
    aliasing,
    arguments,
    arithmetic,
    arrays,
    calls,
    indices,
    masks,
    names,
    randomness,
    structure,
)
from autograder.audit.mutation.scope import Scope
from autograder.audit.mutation.syntax import Change


class Operator(NamedTuple):
    """One kind of mistake.

    Parameters
    ----------
    find : callable
        Takes a node and its scope, gives the ways to spoil the node.
    repeats : bool
        Whether who makes this mistake in one layer's line makes it in all of them.
    """

    find: Callable[[cst.CSTNode, Scope], Iterator[Change]]
    repeats: bool = False

    @property
    def name(self) -> str:
        """What the mutants of this operator are called by."""
        return self.find.__name__.replace("_", "-")


OPERATORS: tuple[Operator, ...] = (
    Operator(arithmetic.dropped, repeats=True),
    Operator(arithmetic.sign, repeats=True),
    Operator(arithmetic.negated),
    Operator(arithmetic.operands_swapped),
    Operator(arithmetic.operator, repeats=True),
    Operator(arithmetic.precedence, repeats=True),
    Operator(arithmetic.constant, repeats=True),
    Operator(arrays.elementwise),
    Operator(arrays.factors_swapped),
    Operator(arrays.transpose),
    Operator(arrays.axis, repeats=True),
    Operator(arrays.keepdims, repeats=True),
    Operator(arrays.numpy_function, repeats=True),
    Operator(arrays.norm, repeats=True),
    Operator(arrays.shape, repeats=True),
    Operator(arrays.whole_numbers),
    Operator(indices.index),
    Operator(indices.index_dropped),
    Operator(indices.loop_range),
    Operator(indices.key),
    Operator(indices.layer_key, repeats=True),
    Operator(names.layer),
    Operator(names.family),
    Operator(names.similar),
    Operator(calls.call_forgotten, repeats=True),
    Operator(calls.wrong_function, repeats=True),
    Operator(calls.arguments_swapped, repeats=True),
    Operator(calls.unpacking),
    Operator(masks.comparison, repeats=True),
    Operator(masks.threshold, repeats=True),
    Operator(masks.mask_inverted, repeats=True),
    Operator(randomness.distribution, repeats=True),
    Operator(randomness.seed),
    Operator(randomness.seed_repeated),
    Operator(aliasing.copy_dropped, repeats=True),
    Operator(aliasing.in_place),
    Operator(aliasing.out_in_place),
    Operator(aliasing.argument_changed),
    Operator(arguments.argument_ignored, repeats=True),
    Operator(arguments.default),
    Operator(structure.returned),
    Operator(structure.returned_transposed),
    Operator(structure.entry),
    Operator(structure.members),
    Operator(structure.deleted, repeats=True),
    Operator(structure.returned_early),
)
