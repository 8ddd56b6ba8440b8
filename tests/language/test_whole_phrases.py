"""A sentence is found whole, or stays as it is: no mixture of two languages, word by word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.language import Speaker, speaker
from autograder.language.catalogues import PACKAGE, read
from autograder.language.extraction import own_messages
from autograder.language.phrasebook import PLACEHOLDER
from reference.misconceptions import gradient_checking, initialization, regularization

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HAN = re.compile("[\u4e00-\u9fff]")
# What no Chinese sentence has in it, but between the marks of code.
ENGLISH = re.compile(
    r"\b(?:an?(?= [A-Za-z])|the|of|is|are|was|were|has|have|in|at|for|from|with|by|to|and|or|not|no|that|which|where"
    r"|wanted|computed|stands|place|instead|wrong|right|missing|entry|entries|times|over|plus|minus)\b",
    re.IGNORECASE,
)
SAID = {
    "Where W is computed, a part and 10 are added instead of multiplied.": (
        "在计算 W 时，一部分和 10 被相加，而应相乘。"
    ),
    "Where grad is computed, theta_plus stands in the place of theta.": "在计算 grad 时，用 theta_plus 代替了 theta。",
    "Where dZ3 is computed, A3 is subtracted from Y, the wrong way round.": (
        "在计算 dZ3 时，从 Y 中减去了 A3，次序颠倒。"
    ),
    "Where db3 is computed, dZ3 is averaged instead of summed; where db2 is computed, dZ2 is not squared.": (
        "在计算 db3 时，dZ3 取了平均，而应求和；在计算 db2 时，dZ2 没有平方。"
    ),
    "Where D1 and D2 are computed, the division by keep_prob is done twice.": (
        "在计算 D1 和 D2 时，除以了两次 keep_prob。"
    ),
    "W1, b1, W2 and 5 others have another shape than wanted: W1 is (11, 1) where (11, 9) is wanted.": (
        "W1, b1, W2 和另外 5 个的形状与应有的不同：W1 是 (11, 1)，应为 (11, 9)。"
    ),
    "value 2 of the result has 12 entries where 14 entries are wanted.": "结果的第 2 个值有 12 项，应为 14 项。",
    "value 2 of the result is no tuple where 14 entries are wanted.": "结果的第 2 个值不是元组，应为 14 项。",
    "Only dW1 and db1 are wrong; the other outputs are right.": "只有 dW1 和 db1 不对；其他输出都正确。",
    "the difference is 0.333; for a right gradient it must lie between 0 and 2e-07.": (
        "差值是 0.333；梯度正确时它必须在 0 与 2e-07 之间。"
    ),
}
OF_PYTHON = [
    "list index out of range",
    "unsupported operand type(s) for -: 'tuple' and 'tuple'",
    "'float' object has no attribute 'reshape'",
    'can only concatenate str (not "int") to str',
    "index 1 is out of bounds for axis 1 with size 1",
    "name 'M' is not defined",
    "forward_propagation() missing 1 required positional argument: 'theta'",
]
STRANGE = [
    "value 2 of the answer has 12 entries where 14 entries are wanted.",
    "Where it rains, W1 stands in the place of the sun and of the moon.",
    "b1 should be a column of zeros (shapes (4,), (4, 1) mismatch)",
]


@pytest.fixture(scope="module")
def zh() -> Speaker:
    return speaker("zh", ROOT)


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_sentence_is_said_as_a_whole(zh, text, said):
    assert zh.text(text) == said


@pytest.mark.parametrize("words", OF_PYTHON)
def test_what_python_says_stays_as_it_is(zh, words):
    said = zh.text(f"The call raised E: {words} in the line `y = x`. The cause: the name M is not defined.")
    assert said == f"调用引发了 E：{words}，位于这一行 `y = x`。原因：名称 M 没有定义。"


@pytest.mark.parametrize(
    "before", ["It raises NameError in the line `y = m`", "It raises NameError", "The call raised E: w. The cause"]
)
def test_a_question_ends_with_its_mark_alone(zh, before):
    assert zh.text(f"{before}: the name m is not defined; did you mean M?").endswith(
        "：名称 m 没有定义；你是想写 M 吗？"
    )


@pytest.mark.parametrize("text", STRANGE)
def test_a_sentence_that_no_message_explains_stays_as_it_is(zh, text):
    assert zh.text(text) == text


def translated(path: Path) -> set[str]:
    return {message.id for message in read(path) if message.string and not message.fuzzy}


def of_the_diagnosis(room: str) -> list[str]:
    """Give what a diagnosis may say, as far as it is translated, with names in its places."""
    known = translated(PACKAGE / "language" / "zh.po")
    found = [message for message, places in own_messages(PACKAGE).items() if f"diagnosis/{room}" in places[0]]
    return [PLACEHOLDER.sub("dW1", message) for message in found if message in known and message.strip() == message]


def half_english(texts: list[str]) -> list[str]:
    return [text for text in texts if HAN.search(text) and ENGLISH.search(text)]


def test_no_slip_is_told_half_in_english(zh):
    told = [zh.text(f"Where dW2 is computed, {text}.") for text in of_the_diagnosis("slips/")]
    assert len(told) > 80
    assert half_english(told) == []


def test_no_diagnosis_is_told_half_in_english(zh):
    told = [zh.text(text if text[-1] in ".?" else f"{text}.") for text in of_the_diagnosis("")]
    assert len(told) > 150
    assert half_english(told) == []


def test_no_misconception_is_told_half_in_english(zh):
    known = translated(ROOT / "reference" / "language" / "zh.po")
    entries = [*gradient_checking.CATALOGUE, *initialization.CATALOGUE, *regularization.CATALOGUE]
    told = [zh.text(text) for entry in entries for text in (entry.message, entry.hint) if text in known]
    assert len(told) > 200
    assert half_english(told) == []
