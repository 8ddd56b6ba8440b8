"""Expressions that compute the same: by definition, by the rules of algebra, or from the same random stream.

Each form equals the first one of its line up to the last digits; what only equals it for some shapes is said there.
"""

from __future__ import annotations

# (name, form, other form)
RULES: tuple[tuple[str, str, str], ...] = (
    # Products of matrices.
    ("at", "np.dot(_a, _b)", "_a @ _b"),
    ("matmul", "np.dot(_a, _b)", "np.matmul(_a, _b)"),
    ("einsum", "np.dot(_a, _b)", "np.einsum('ij,jk->ik', _a, _b)"),
    ("row-by-row", "np.dot(_a, _b)", "np.array([[np.sum(row * column) for column in _b.T] for row in _a])"),
    ("method-dot", "np.dot(_a, _b)", "_a.dot(_b)"),
    ("dot", "_a @ _b", "np.dot(_a, _b)"),
    ("einsum", "_a @ _b", "np.einsum('ij,jk->ik', _a, _b)"),
    ("outer-transposed", "_a @ _b", "(_b.T @ _a.T).T"),
    ("transpose", "_a.T", "np.transpose(_a)"),
    ("method-transpose", "_a.T", "_a.transpose()"),
    ("swapaxes", "_a.T", "np.swapaxes(_a, 0, 1)"),
    # Entry by entry.
    ("multiply", "_a * _b", "np.multiply(_a, _b)"),
    ("commuted-product", "_a * _b", "_b * _a"),
    ("divide", "_a / _b", "np.divide(_a, _b)"),
    ("reciprocal", "_a / _b", "1.0 / _b * _a"),
    ("reciprocal-last", "_a / _b", "_a * (1.0 / _b)"),
    ("add", "_a + _b", "np.add(_a, _b)"),
    ("commuted-sum", "_a + _b", "_b + _a"),
    ("subtract", "_a - _b", "np.subtract(_a, _b)"),
    ("minus-as-plus", "_a - _b", "_a + -_b"),
    ("turned-minus", "_a - _b", "-(_b - _a)"),
    ("square-power", "np.square(_a)", "_a ** 2"),
    ("square-np-power", "np.square(_a)", "np.power(_a, 2)"),
    ("square-product", "np.square(_a)", "_a * _a"),
    ("square-multiply", "np.square(_a)", "np.multiply(_a, _a)"),
    ("root-power", "np.sqrt(_a)", "_a ** 0.5"),
    ("root-np-power", "np.sqrt(_a)", "np.power(_a, 0.5)"),
    # Products and sums in another order.
    ("divided-first", "_a * _b / _c", "_a / _c * _b"),
    ("divided-second", "_a * _b / _c", "_a * (_b / _c)"),
    ("multiplied-first", "_a / _b * _c", "_a * _c / _b"),
    ("divided-twice", "_a / (_b * _c)", "_a / _b / _c"),
    ("grouped-sum", "_a + _b + _c", "_a + (_b + _c)"),
    # Sums.
    ("method-sum", "np.sum(_a)", "np.asarray(_a).sum()"),
    ("python-sum", "np.sum(_a)", "sum(float(entry) for entry in np.ravel(_a))"),
    ("column-reshape", "np.sum(_a, axis=1, keepdims=True)", "np.sum(_a, axis=1).reshape(-1, 1)"),
    ("column-newaxis", "np.sum(_a, axis=1, keepdims=True)", "np.sum(_a, 1)[:, np.newaxis]"),
    ("column-method", "np.sum(_a, axis=1, keepdims=True)", "_a.sum(axis=1, keepdims=True)"),
    ("column-last-axis", "np.sum(_a, axis=1, keepdims=True)", "np.sum(_a, axis=-1, keepdims=True)"),
    ("column-product", "np.sum(_a, axis=1, keepdims=True)", "np.dot(_a, np.ones((_a.shape[1], 1)))"),
    ("column-rows", "np.sum(_a, axis=1, keepdims=True)", "np.array([[sum(row)] for row in _a])"),
    ("mean", "np.sum(_a, axis=1, keepdims=True) / _a.shape[1]", "np.mean(_a, axis=1, keepdims=True)"),
    # Norms.
    ("norm-root", "np.linalg.norm(_a)", "np.sqrt(np.sum(np.square(_a)))"),
    ("norm-power", "np.linalg.norm(_a)", "np.sum(np.abs(_a) ** 2) ** 0.5"),
    ("norm-flat", "np.linalg.norm(_a)", "np.linalg.norm(np.ravel(_a))"),
    # One number, wrapped otherwise.
    ("not-wrapped", "float(_a)", "_a"),
    ("numpy-number", "float(_a)", "np.float64(_a)"),
    ("squeezed", "float(_a)", "np.squeeze(_a)"),
    # Masks, in any type that multiplies as 0 and 1.
    ("mask-int64", "_a > 0", "np.int64(_a > 0)"),
    ("mask-float", "_a > 0", "(_a > 0).astype(float)"),
    ("mask-where", "_a > 0", "np.where(_a > 0, 1, 0)"),
    ("mask-greater", "_a > 0", "np.greater(_a, 0)"),
    ("mask-turned", "_a > 0", "0 < _a"),
    # Not spelt with `<`: of two rules for one mask only the first applies, for a list has no type to be changed.
    ("drop-int", "_a < keep_prob", "np.less(_a, keep_prob).astype(int)"),
    ("drop-float", "_a < keep_prob", "np.less(_a, keep_prob).astype(np.float64)"),
    ("drop-where", "_a < keep_prob", "np.where(_a < keep_prob, 1, 0)"),
    ("drop-where-bool", "_a < keep_prob", "np.where(_a < keep_prob, True, False)"),
    ("drop-less", "_a < keep_prob", "np.less(_a, keep_prob)"),
    ("drop-turned", "_a < keep_prob", "keep_prob > _a"),
    ("drop-not-kept", "_a < keep_prob", "~(_a >= keep_prob)"),
    ("drop-once", "_a < keep_prob", "1 * (_a < keep_prob)"),
    ("drop-uint8", "_a < keep_prob", "np.less(_a, keep_prob).astype(np.uint8)"),
    ("drop-list", "_a < keep_prob", "np.less(_a, keep_prob).tolist()"),
    # New arrays.
    ("zeros-named", "np.zeros((_a, _b))", "np.zeros(shape=(_a, _b))"),
    ("zeros-list", "np.zeros((_a, _b))", "np.zeros([_a, _b])"),
    ("zeros-float", "np.zeros((_a, _b))", "np.zeros((_a, _b), dtype=float)"),
    ("zeros-full", "np.zeros((_a, _b))", "np.full((_a, _b), 0.0)"),
    ("zeros-of-ones", "np.zeros((_a, _b))", "np.ones((_a, _b)) * 0"),
    ("zeros-lists", "np.zeros((_a, _b))", "np.array([[0.0 for _ in range(_b)] for _ in range(_a)])"),
    ("copy-method", "np.copy(_a)", "_a.copy()"),
    ("copy-array", "np.copy(_a)", "np.array(_a)"),
    ("copy-sum", "np.copy(_a)", "_a + 0"),
    # The same numbers of the same stream.
    ("standard-normal", "np.random.randn(_a, _b)", "np.random.standard_normal((_a, _b))"),
    ("normal", "np.random.randn(_a, _b)", "np.random.normal(0, 1, (_a, _b))"),
    ("normal-size", "np.random.randn(_a, _b)", "np.random.normal(size=(_a, _b))"),
    ("randn-reshaped", "np.random.randn(_a, _b)", "np.random.randn(_a * _b).reshape(_a, _b)"),
    ("random", "np.random.rand(*_a.shape)", "np.random.random(_a.shape)"),
    ("random-sample", "np.random.rand(*_a.shape)", "np.random.random_sample(_a.shape)"),
    ("uniform", "np.random.rand(*_a.shape)", "np.random.uniform(size=_a.shape)"),
    ("uniform-bounds", "np.random.rand(*_a.shape)", "np.random.uniform(0, 1, _a.shape)"),
    ("rand-two", "np.random.rand(*_a.shape)", "np.random.rand(_a.shape[0], _a.shape[1])"),
)
