"""Finished texts said in another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.language import LANGUAGES, Speaker, speaker
from autograder.results import Diagnosis
from reference.misconceptions import gradient_checking, initialization, regularization

ROOT = Path(__file__).parents[2]
ENTRIES = [*gradient_checking.CATALOGUE, *initialization.CATALOGUE, *regularization.CATALOGUE]
ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")
MADE = {
    "dW1.shape is (3,), wanted (3, 4). Did it lose a dimension, as in a sum without keepdims?": (
        "dW1.shape 是 (3,)，应为 (3, 4)。是否丢了一个维度，例如求和时没有用 keepdims？"
    ),
    "the cost is a tuple of 2, wanted one number.": "代价是含 2 项的元组，应为一个数。",
    "dW2 and db1 do not agree with the slope of the cost: dW2 is about twice the slope; db1 is zero.": (
        "dW2 和 db1 与代价函数的斜率不一致：dW2 约为斜率的两倍；db1 为零。"
    ),
    "dW2 is wrong by one term: the L2 term of W2 is missing.": "dW2 差了一项：缺少 W2 的 L2 项。",
    "The factor 1 / the number of columns of X is missing.": "缺少因子 1 / X 的列数。",
}


@pytest.fixture(scope="module")
def zh() -> Speaker:
    return speaker("zh", ROOT)


def test_english_is_as_it_is():
    assert speaker("en", ROOT).text("the cost has a wrong value.") == "the cost has a wrong value."


@pytest.mark.parametrize(("text", "said"), MADE.items())
def test_a_text_is_said_as_it_was_made(zh, text, said):
    assert zh.text(text) == said


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.function}-{entry.name}")
def test_every_misconception_is_said(zh, entry):
    said = zh.text(Diagnosis(entry.name, entry.message, entry.hint).message) + zh.text(entry.hint)
    assert not ENGLISH.search(said)


def test_what_a_student_wrote_stays_as_it_is(zh):
    words = "the cake is a lie and so is this, wanted or not"
    assert words in zh.text(f"The call raised ValueError: {words}.")


def test_a_message_of_our_own_takes_its_values(zh):
    assert zh("A person must look at {names}.", names="f, g") == "f, g 需要人工查看。"


def test_a_course_without_a_catalogue_still_has_ours(tmp_path):
    assert speaker("zh", tmp_path).text("the cost has a wrong value.") == "the cost 的值不对。"


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        speaker("xx")
    assert LANGUAGES == ("en", "zh")


@pytest.mark.parametrize("piece", ["x is y, ", "{0} and {1} ", "it is a of a. ", "wanted: "])
def test_a_text_made_of_joints_comes_to_an_end(zh, piece):
    assert zh.text(piece * (600 // len(piece)))


@pytest.fixture
def spoken(tmp_path):
    """Give who speaks by a course's own catalogue."""

    def given(catalogue: bytes) -> Speaker:
        path = tmp_path / "reference" / "language" / "zh.po"
        path.parent.mkdir(parents=True)
        path.write_bytes(catalogue)
        return speaker("zh", tmp_path)

    return given


@pytest.mark.parametrize(
    "catalogue",
    [
        b"\xff\xfegarbage",
        b"Dear students\n",
        b'msgid "one"\n\nmsgid "two"\nmsgstr "2"\n',
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=nope\\n"\n\nmsgid "one"\nmsgstr "\xe4"\n',
    ],
    ids=["bytes", "words", "half", "charset"],
)
def test_a_catalogue_that_cannot_be_read_is_left_out_and_named(spoken, catalogue, capsys):
    say = spoken(catalogue)
    (fault,) = say.faults
    assert fault.startswith("reference/language/zh.po is no catalogue of translations (")
    assert say.text("the cost has a wrong value.") == "the cost 的值不对。"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("the triangle has area {0}", "{nope} 三角形"),
        ("the triangle is large", "{0} 三角形"),
        ("{score} of {max_score}", "{score"),
        ("{score} of {max_score}", "{score!x} {}"),
    ],
)
def test_a_translation_with_places_that_its_message_lacks_is_left_out_and_named(spoken, message, translation):
    say = spoken(f'msgid "{message}"\nmsgstr "{translation}"\n\nmsgid "so be it"\nmsgstr "就这样"\n'.encode())
    assert "三角形" not in say.text(message.replace("{0}", "1"))
    assert say("{score} of {max_score}", score=1, max_score=2) == speaker("zh")(
        "{score} of {max_score}", score=1, max_score=2
    )
    (fault,) = say.faults
    assert fault.startswith("reference/language/zh.po: ")
    assert message in fault
    assert say("so be it") == "就这样"


def test_braces_that_a_message_has_itself_are_no_fault(spoken):
    say = spoken('msgid "wanted the set {1, 2} here"\nmsgstr "应为 {1, 2}"\n'.encode())
    assert (say.text("wanted the set {1, 2} here"), say.faults) == ("应为 {1, 2}", ())


def test_our_own_catalogues_have_no_faults(zh):
    assert zh.faults == ()
