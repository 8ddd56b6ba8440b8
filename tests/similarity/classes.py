"""Classes whose members answer `regularization` independently, out of common stocks of names and comments."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "regularization"
RELEASED = ROOT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
_ANSWER = re.compile(r"^# %% (\w+):[^\n]*\n(.*?)(?=^# %% |\Z)", re.MULTILINE | re.DOTALL)
# Names that many think of by themselves, the first of them more than the last.
_NAME_STOCK = """
total tmp result penalty weights mask keep_mask reg scale norm value factor sums squared grads output term temp_sum
decay reg_term l2_sum coeff sq_sum acc layer_mask drop_mask keep1 inv_m lam_m w_list n_examples
"""
_NAMES = _NAME_STOCK.split()
_COMMENT_STOCK = """get number of examples; compute the cost; compute the l2 term; backward pass; forward pass
initialize the mask; scale the activations; shut down some neurons; divide by keep_prob; retrieve parameters
sum over examples; apply the mask; store the cache; return the result; derivative of the relu; same for layer two"""
_COMMENTS = re.split("; |\n", _COMMENT_STOCK)
_OWN = re.compile(r"\b(?:total|squares|penalty|weights|found|delta|keep|masks|losses|logprobs|rate|w|row|key|layer)\b")


@cache
def right_answers() -> dict[str, list[str]]:
    """Give the right answers to each function, as the audit of the course has them."""
    text = (ROOT / "reference" / "right" / f"{ASSIGNMENT}.py").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for function, answer in _ANSWER.findall(text):
        found.setdefault(function, []).append(answer.strip())
    return found


def answers(chance: random.Random) -> list[str]:
    """Write a right notebook: each function in one of the ways, with names and comments out of the stocks."""
    return [_in_own_words(chance.choice(ways), chance) for ways in right_answers().values()]


def independent(count: int, seed: int = 1) -> dict[str, list[str]]:
    """Give a class of students who know nothing of each other."""
    return {f"student{number:03}": answers(random.Random(f"{seed} {number}")) for number in range(count)}  # noqa: S311


def odd(cells: list[str]) -> list[str]:
    """Give an answer some oddities of its author's, as each real one has a few."""
    lines = (
        "    # Mr Pepper slept on the keyboard while I wrote this",
        "    pepper_weight = 7",
        "    whiskers = pepper_weight * 3  # he has six, but I like seven",
        "    purr_total = whiskers",
    )
    return ["\n".join([cell.rstrip(), *lines, ""]) for cell in cells]


def renamed(cells: list[str]) -> list[str]:
    """Give the same answers with the oddities under other names, without comments: a copy that is to look like none."""
    names = {"pepper_weight": "start", "whiskers": "middle", "purr_total": "ending"}
    text = re.sub(r"[ \t]*#.*", "", "\0".join(cells))
    return re.sub("|".join(names), lambda found: names[found[0]], text).split("\0")


def _in_own_words(answer: str, chance: random.Random) -> str:
    weights = [1 / rank for rank in range(1, len(_NAMES) + 1)]
    names: dict[str, str] = {}
    for name in dict.fromkeys(_OWN.findall(answer)):
        free = [one for one in _NAMES if one not in names.values()]
        names[name] = chance.choices(free, [weights[_NAMES.index(one)] for one in free])[0]
    text = _OWN.sub(lambda found: names[found[0]], answer)
    lines = text.split("\n")
    for _ in range(chance.randrange(4)):
        place = chance.randrange(1, len(lines) + 1)
        lines.insert(place, f"    # {chance.choice(_COMMENTS)}")
    return "\n".join(lines)
