"""The likely cause of an exception, in words for the student: what was given, where, and what may have been meant.

What is said here is the candidate's word. The examiner passes it on only from a candidate that has seen no hidden test.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import itertools
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from autograder.candidate.mentions import to_be_set
from autograder.candidate.parallel import no_parallel
from autograder.candidate.places import UNKNOWN, Place
from autograder.errors import with_article

Told = tuple[str, str]
"""The kind of the cause, by its name in the examiner's table of hints, and the cause in words, without a full stop.

A question ends with its mark.
"""

_SHAPES = re.compile(r"\((\d+(?:, ?\d+)*,?|)\)")
# NumPy's words on shapes that do not fit in a matrix product, and otherwise; and those that name each operand's.
_OF_PRODUCTS = re.compile(r"not aligned|core dimension|enough dimensions")
_OF_ENTRIES = re.compile(r"broadcast")
_BY_SHAPES = re.compile(r"together with shapes|not aligned")
_UNPACKED = re.compile(r"(not enough|too many) values to unpack \(expected (\d+)(?:, got (\d+))?\)")
_ARGUMENTS = re.compile(r"(required positional argument|positional arguments? but|unexpected keyword argument)")
_ADDED = re.compile(r"can only concatenate (str) \(not \"(\w+)\"\)|for \+=?: '(\w+)' and '(\w+)'")
_WORDS = {"str": "a text", **dict.fromkeys(("int", "float", "int64", "float64"), "a number")}
_MOST_WORDS = 60
EVERY_NAME = "*"
"""Among the names of failed statements: an import of all names of a module."""
_PRODUCTS = {"dot", "matmul"}
_OF_A_SHAPE = ("zeros", "ones", "empty")
_OF_SIZES = ("randn", "rand")


def cause_of(
    error: BaseException, place: Place | None, problems: Mapping[str, str], folder: str, bound: Collection[str] = ()
) -> Told:
    """Find the likely cause of an exception.

    Parameters
    ----------
    error : BaseException
    place : Place or None
        Where it came from.
    problems : mapping of str to str
        For a global name that was never bound: what happened to the statement that would have.
    folder : str
        The helper modules beside the notebook.
    bound : collection of str
        Global names that some statement binds, whether it was run or not.

    Returns
    -------
    kind, text : str
        Both empty where nothing can be told.
    """
    if isinstance(error, ModuleNotFoundError):
        return _module(error.name or "", folder)
    if isinstance(error, NameError):
        return _name(error, place, problems, bound)
    if isinstance(error, RecursionError):
        return "endless-recursion", "the function calls itself again and again, without an end"
    if isinstance(error, TypeError) and _ARGUMENTS.search(str(error)):
        return "other-arguments", "a function is called with other arguments than its def line has"
    if place is None:
        return "", ""
    searches: tuple[Callable[[BaseException, Place], Told | None], ...] = (
        _unfinished,
        _exit,
        _asked,
        _parallel,
        _none,
        _shapes,
        _key,
        _index,
        _attribute,
        _called,
        _unpacked,
        _sizes,
        _several,
        _added,
        _bits,
    )
    return next(filter(None, (search(error, place) for search in searches)), ("", ""))


def _module(name: str, folder: str) -> Told:
    beside = {path.stem for path in Path(folder).glob("*.py")} if folder else set()
    near = _near(name, beside, cutoff=0.6) or _near(name, sys.stdlib_module_names, cutoff=0.8)
    meant = f"; there is {near}" if near else ""
    return "missing-module", f"there is no module {name} here{meant}"


def _name(error: NameError, place: Place | None, problems: Mapping[str, str], bound: Collection[str]) -> Told:
    # Python 3.11 does not say which name has no value yet.
    name = str(error.name or getattr(place and place.node, "id", ""))
    if isinstance(error, UnboundLocalError):
        return "no-value-yet", f"the name {name} is used before it has a value in this function"
    if name in problems:
        return "failed-definition", f"the name {name} is not there, because its definition failed: {problems[name]}"
    own = {*bound, *place.frame.f_locals, *place.frame.f_globals} if place else set(bound)
    near = _near(name, own)
    if not near and EVERY_NAME in problems:
        return "missing-module", f"the name {name} is not defined, and an import failed: {problems[EVERY_NAME]}"
    near = near or _near(name, dir(builtins))
    if place and to_be_set(name, near, place.function, place.frame.f_code):
        return "never-set", f"the name {name} never gets a value in this function"
    if near:
        return "misspelt-name", f"the name {name} is not defined; did you mean {near}?"
    return "unknown-name", f"the name {name} is not defined"


def _unfinished(error: BaseException, place: Place) -> Told | None:
    """Tell which of several blanks was reached: their lines are all the same."""
    if not isinstance(error, NotImplementedError):
        return None
    return "not-written", f"it is below `{_short(place.above)}`" if place.above and place.last else ""


def _exit(error: BaseException, place: Place) -> Told | None:
    if not isinstance(error, SystemExit):
        return None
    name = _short(ast.unparse(place.node.func)) if isinstance(place.node, ast.Call) else "SystemExit"
    return "leaves", f"{name} ends the whole program"


def _asked(error: BaseException, _: Place) -> Told | None:
    if not isinstance(error, EOFError) or "reading a line" not in str(error):
        return None
    return "asks", "input() waits for somebody to type, and nobody is there"


def _parallel(error: BaseException, place: Place) -> Told | None:
    if not no_parallel(error, place.node):
        return None
    return "in-parallel", "threads and other processes cannot be started where notebooks are graded"


def _none(error: BaseException, place: Place) -> Told | None:
    if "NoneType" not in str(error):
        return None
    empty = [ast.unparse(part) for part in _operands(place.node) if place.value(part) is None]
    if not empty:
        return "none-left", "a value is None where the line needs something else"
    return "none-left", f"{' and '.join(dict.fromkeys(empty))} is None in this line"


def _shapes(error: BaseException, place: Place) -> Told | None:
    product = _is_product(place.node)
    about = _OF_PRODUCTS if product else _OF_ENTRIES
    if not isinstance(error, ValueError) or not about.search(str(error)):
        return None
    operands = [part for part in _operands(place.node) if not isinstance(part, ast.Constant)]
    shapes = [_shape(place.value(part)) for part in operands]
    if any(shape is None for shape in shapes) and place.last and _BY_SHAPES.search(str(error)):
        told = [_numbers(found) for found in _SHAPES.findall(str(error))]
        shapes = [*told] if len(told) == len(operands) else shapes
    known = [(part, shape) for part, shape in zip(operands, shapes, strict=True) if shape is not None]
    in_place = isinstance(place.node, ast.AugAssign)
    unfit = (
        (*one, *other)
        for one, other in itertools.combinations(known, 2)
        if not (_multiply(one[1], other[1]) if product else _go_together(one[1], other[1], in_place=in_place))
    )
    return next((_unfit(*pair, product=product) for pair in unfit), None)


def _unfit(one: ast.AST, left: tuple[int, ...], other: ast.AST, right: tuple[int, ...], *, product: bool) -> Told:
    given = f"{_short(ast.unparse(one))} has shape {left} and {_short(ast.unparse(other))} has shape {right}"
    if not product:
        return "shapes-do-not-fit", f"{given}, which cannot be put together entry by entry"
    if left and right:
        inner = _inner(right)
        return "shapes-do-not-fit", f"{given}; for a matrix product {left[-1]} and {inner} must be equal"
    return "shapes-do-not-fit", f"{given}, which have no matrix product"


def _multiply(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
    return bool(left and right) and left[-1] == _inner(right)


def _inner(right: tuple[int, ...]) -> int:
    return right[-2] if len(right) > 1 else right[-1]


def _go_together(left: tuple[int, ...], right: tuple[int, ...], *, in_place: bool) -> bool:
    try:
        both = np.broadcast_shapes(left, right)
    except ValueError:
        return False
    return both == left or not in_place


def _key(error: BaseException, place: Place) -> Told | None:
    node = place.node
    if not isinstance(error, KeyError) or not isinstance(node, (ast.Call, ast.Subscript)):
        return None
    if isinstance(node, ast.Call):
        name = _short(ast.unparse(node.func))
        return "missing-key", f"{name} looks for an entry {_short(str(error))}, which is not there"
    holder, key = place.value(node.value), place.value(node.slice)
    if type(holder) is not dict or type(key) is not str:
        return "missing-key", f"there is no entry {_short(str(error))}"
    near = _near(key, [known for known in holder if type(known) is str], cutoff=0.5)
    meant = f"; there is {near!r}" if near else ""
    return "missing-key", f"{_short(ast.unparse(node.value))} has no entry {key!r}{meant}"


def _index(error: BaseException, place: Place) -> Told | None:
    # An assignment to an entry fails as a whole.
    node = place.node.targets[0] if isinstance(place.node, ast.Assign) else place.node
    if not isinstance(error, IndexError) or not isinstance(node, ast.Subscript):
        return None
    holder = place.value(node.value)
    name = _short(ast.unparse(node.value))
    if type(holder) in {list, tuple}:
        return "index-out-of-range", f"{name} has {len(holder)} entries, counted from 0, and the index is beyond them"
    if "only integers" in str(error):
        return "no-entries-by-name", f"{name} is an array, which has no entries by name"
    shape = _shape(holder)
    return None if shape is None else ("index-out-of-range", f"{name} has shape {shape}, and the index is beyond it")


def _attribute(error: BaseException, _: Place) -> Told | None:
    if not isinstance(error, AttributeError) or not error.name:
        return None
    near = _near(error.name, dir(np) if error.obj is np else dir(type(error.obj)))
    owner = "NumPy" if error.obj is np else _kind(error.obj)
    meant = f"; there is {near}" if near else ""
    return "unknown-attribute", f"{owner} has no {error.name}{meant}"


def _called(error: BaseException, place: Place) -> Told | None:
    if not isinstance(error, TypeError) or "is not callable" not in str(error) or not isinstance(place.node, ast.Call):
        return None
    name = _short(ast.unparse(place.node.func))
    return "not-a-function", f"{name} is followed by brackets like a function, but it is a value"


def _unpacked(error: BaseException, _: Place) -> Told | None:
    found = _UNPACKED.search(str(error)) if isinstance(error, ValueError) else None
    if not found:
        return None
    count = found[3] or "more"
    return "values-and-names", f"{found[2]} names stand on the left, and {count} values on the right"


def _sizes(error: BaseException, place: Place) -> Told | None:
    """Find a shape in the form that another function of NumPy's takes."""
    if not isinstance(error, TypeError) or not isinstance(place.node, ast.Call):
        return None
    name, text = _short(ast.unparse(place.node.func)), str(error)
    if "data type" in text and len(place.node.args) > 1 and name.endswith(_OF_A_SHAPE):
        return "form-of-a-shape", f"{name} takes the shape as one argument: the sizes need brackets of their own"
    if "cannot be interpreted as an integer" in text and name.endswith(_OF_SIZES):
        return "form-of-a-shape", f"{name} takes the sizes one by one, without brackets of their own"
    return None


def _several(error: BaseException, place: Place) -> Told | None:
    if not isinstance(error, TypeError) or "'tuple'" not in str(error):
        return None
    held = [(ast.unparse(part), place.value(part)) for part in _operands(place.node)]
    name = next((_short(text) for text, value in held if type(value) is tuple), "")
    return ("several-values", f"{name} holds several values, where the line needs one of them") if name else None


def _added(error: BaseException, place: Place) -> Told | None:
    found = _ADDED.search(str(error)) if isinstance(error, TypeError) else None
    both = [ast.unparse(part) for part in _operands(place.node)]
    kinds = [_WORDS.get(kind) for kind in found.groups() if kind] if found else []
    if len(both) < 2 or None in kinds or len(set(kinds)) < 2:  # noqa: PLR2004 - a pair
        return None
    one, other = map(_short, both)
    return "text-and-number", f"{one} is {kinds[0]} and {other} is {kinds[1]}, which cannot be added"


def _bits(error: BaseException, place: Place) -> Told | None:
    """Find the sign that elsewhere stands for a power."""
    if not isinstance(error, TypeError) or not isinstance(getattr(place.node, "op", None), ast.BitXor):
        return None
    one, other = (_short(ast.unparse(part)) for part in _operands(place.node))
    return "no-power", f"{one} ^ {other} compares bits; a power is written with **"


def _operands(node: ast.AST | None) -> list[ast.AST]:
    """Give what an expression works on."""
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.AugAssign):
        return [node.target, node.value]
    if isinstance(node, ast.Call):
        method = isinstance(node.func, ast.Attribute) and len(node.args) == 1
        return [*([node.func.value] if method and isinstance(node.func, ast.Attribute) else []), *node.args]
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return [node.value]
    return [node.operand] if isinstance(node, ast.UnaryOp) else []


def _is_product(node: ast.AST | None) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", getattr(node.func, "id", "")) in _PRODUCTS
    return isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.MatMult)


def _shape(value: Any) -> tuple[int, ...] | None:  # noqa: ANN401
    if value is UNKNOWN or not isinstance(value, (np.ndarray, np.generic)):
        return None
    return tuple(map(int, np.ndarray.shape.__get__(value))) if isinstance(value, np.ndarray) else ()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip())


def _near(name: str, known: Iterable[str], cutoff: float = 0.75) -> str:
    found = difflib.get_close_matches(name, [one for one in known if one != name], n=1, cutoff=cutoff)
    same = [one for one in known if one != name and one.lower() == name.lower()]
    return (same or found or [""])[0]


def _kind(value: object) -> str:
    return "an array" if isinstance(value, np.ndarray) else with_article(type(value).__name__)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_WORDS else text[: _MOST_WORDS - 1] + "…"
