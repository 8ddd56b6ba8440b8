"""What counts as written by a student's own choice."""

from __future__ import annotations

import nbformat
import pytest
from classes import RELEASED, ROOT

from autograder.similarity import Kind, Trait, given_of, traits_of

NOTHING = given_of([])


def texts(found: frozenset[Trait], kind: Kind) -> set[str]:
    return {trait.text for trait in found if trait.kind is kind}


def test_the_released_notebook_has_no_traits(as_given):
    cells = [cell.source for cell in nbformat.read(RELEASED, as_version=4).cells if cell.cell_type == "code"]
    assert traits_of(cells, {}, as_given) == frozenset()


def test_the_reference_has_no_traits(as_given):
    assert (
        traits_of([(ROOT / "reference" / "regularization.py").read_text(encoding="utf-8")], {}, as_given) == frozenset()
    )


def test_a_comment_counts_whatever_its_case_and_layout():
    first, second = (traits_of([text], {}, NOTHING) for text in ("#  Scale   the rest -", "x = 1  ## scale the rest"))
    assert texts(first, Kind.COMMENT) == texts(second, Kind.COMMENT) == {"scale the rest"}


def test_a_comment_of_other_letters_counts():
    assert texts(traits_of(["# 计算正则化的损失函数值"], {}, NOTHING), Kind.COMMENT) == {"计算正则化的损失函数值"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("grad_w1 = grad_w2", {"grad_w#"}),
        ("np.clipped(wobble)", {"wobble"}),
        ("call(strange=3)", {"call"}),
        ("for i in range(3): print(i)", set()),
    ],
)
def test_names_are_those_that_the_author_chose(text, names):
    assert texts(traits_of([text], {}, NOTHING), Kind.NAME) == names


def test_a_name_of_the_homework_is_nobodys_own():
    assert traits_of(["wobble = 1"], {}, given_of([], ["Let `wobble` be the wobble."])) == frozenset()


@pytest.mark.parametrize(
    "broken",
    [
        "def half(:\n    wobble = (1\n",
        "'''never closed\nwobble",
        "  wobble = 1\n wobble = 2\n",
        "wobble = $?\n",
        "%%bash\nls",
        "",
    ],
)
def test_code_that_python_cannot_read_stops_nothing(broken):
    found = traits_of([f"# written before\nfrog = 1\n{broken}", "tadpole = 2"], {}, NOTHING)
    assert "tadpole" in texts(found, Kind.NAME)


def test_what_stands_before_and_behind_a_line_that_cannot_be_read_counts():
    found = traits_of(["frog = 1\nnewt = 'never closed\ntadpole = 2\n"], {}, NOTHING)
    assert {"frog", "tadpole"} <= texts(found, Kind.NAME)


def test_short_code_is_alike_by_chance_and_does_not_count():
    assert texts(traits_of(["def half(x):\n    return x / 2"], {}, NOTHING), Kind.BUILD) == set()


def test_renaming_does_not_change_how_code_is_built():
    text = "def f(q):\n    wobble = [q * 2 for q in range(q)]\n    return sum(wobble) + len(wobble) - min(wobble) * q"
    renamed = text.replace("wobble", "A1").replace("q", "start")
    first, second = (texts(traits_of([one], {}, NOTHING), Kind.BUILD) for one in (text, renamed))
    assert first == second != set()
