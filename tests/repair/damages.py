"""What happens to notebooks between a student's desk and the gradebook; the answers in them are untouched.

Each takes the parsed JSON of a sound notebook of format 4.5 and damages it: ``given_imports``, the answer ``double``,
``test_visible``, ``test_hidden``.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Damage = Callable[[Json], None]


def cell(notebook: Json, grade_id: str) -> Json:
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def about(notebook: Json, grade_id: str) -> Json:
    return cell(notebook, grade_id)["metadata"]["nbgrader"]


def take(notebook: Json, grade_id: str) -> Json:
    taken = cell(notebook, grade_id)
    notebook["cells"].remove(taken)
    return taken


def text(one: Json) -> str:
    return "".join(one["source"])


def all_metadata_lost(notebook: Json) -> None:
    for one in notebook["cells"]:
        one["metadata"] = {}


def metadata_of_the_answer_lost(notebook: Json) -> None:
    cell(notebook, "double")["metadata"] = {}


def metadata_of_a_test_lost(notebook: Json) -> None:
    cell(notebook, "test_hidden")["metadata"] = {}


def test_marked_as_no_test(notebook: Json) -> None:
    about(notebook, "test_hidden")["grade"] = False


def test_marked_as_answer(notebook: Json) -> None:
    about(notebook, "test_hidden")["solution"] = True


def metadata_in_part(notebook: Json) -> None:
    cell(notebook, "test_visible")["metadata"]["nbgrader"] = {"grade_id": "test_visible"}


def metadata_no_table(notebook: Json) -> None:
    cell(notebook, "given_imports")["metadata"]["nbgrader"] = ["no", "table"]


def older_schema(notebook: Json) -> None:
    about(notebook, "double")["schema_version"] = 2


def newer_schema(notebook: Json) -> None:
    about(notebook, "double")["schema_version"] = 99


def test_renamed(notebook: Json) -> None:
    about(notebook, "test_hidden")["grade_id"] = "mine"


def answer_renamed(notebook: Json) -> None:
    about(notebook, "double")["grade_id"] = "my-answer"


def names_swapped(notebook: Json) -> None:
    answer, test = about(notebook, "double"), about(notebook, "test_visible")
    answer["grade_id"], test["grade_id"] = test["grade_id"], answer["grade_id"]


def test_copied(notebook: Json) -> None:
    notebook["cells"].append({**copy.deepcopy(cell(notebook, "test_hidden")), "id": "twin"})


def answer_copied(notebook: Json) -> None:
    notebook["cells"].insert(1, {**copy.deepcopy(cell(notebook, "double")), "id": "twin"})


def test_deleted(notebook: Json) -> None:
    take(notebook, "test_hidden")


def given_cell_deleted(notebook: Json) -> None:
    take(notebook, "given_imports")


def answer_split(notebook: Json) -> None:
    answer = cell(notebook, "double")
    lines = text(answer).split("\n")
    answer["source"] = "\n".join(lines[:-1])
    rest = {"cell_type": "code", "id": "rest", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].insert(notebook["cells"].index(answer) + 1, {**rest, "source": lines[-1]})


def answer_merged_into_the_test(notebook: Json) -> None:
    answer, test = take(notebook, "double"), cell(notebook, "test_visible")
    test["source"] = text(answer) + "\n\n" + text(test)


def all_in_one_cell(notebook: Json) -> None:
    first, *others = notebook["cells"]
    first["source"] = "\n\n".join(map(text, notebook["cells"]))
    for other in others:
        notebook["cells"].remove(other)


def tests_before_answers(notebook: Json) -> None:
    notebook["cells"].reverse()


def test_edited(notebook: Json) -> None:
    cell(notebook, "test_visible")["source"] = "print('skipped')"


def given_cell_edited(notebook: Json) -> None:
    given = cell(notebook, "given_imports")
    given["source"] = text(given) + "\nTWO = 2"
    answer = cell(notebook, "double")
    answer["source"] = text(answer).replace("2 *", "TWO *")


def test_turned_into_markdown(notebook: Json) -> None:
    test = cell(notebook, "test_hidden")
    test["cell_type"] = "markdown"
    del test["outputs"], test["execution_count"]


def answer_turned_into_raw(notebook: Json) -> None:
    answer = cell(notebook, "double")
    answer["cell_type"] = "raw"
    del answer["outputs"], answer["execution_count"]


def answer_tagged_to_be_skipped(notebook: Json) -> None:
    cell(notebook, "double")["metadata"]["tags"] = ["skip-execution"]


def cells_of_one_id(notebook: Json) -> None:
    for one in notebook["cells"]:
        one["id"] = "same"


def members_missing(notebook: Json) -> None:
    for one in notebook["cells"]:
        one.pop("outputs", None)
        one.pop("execution_count", None)
    del notebook["metadata"]


def stray_cells(notebook: Json) -> None:
    notebook["cells"][1:1] = [None, 3, {"cell_type": "code"}, {"cell_type": "code", "source": None, "metadata": None}]


def format_3(notebook: Json) -> None:
    for one in notebook["cells"]:
        one["input"] = one.pop("source")
        one.update(language="python", collapsed=False, prompt_number=1)
        del one["id"], one["execution_count"]
    notebook["worksheets"] = [{"cells": notebook.pop("cells"), "metadata": {}}]
    notebook.update(nbformat=3, nbformat_minor=0, metadata={"name": ""})


def format_4_0(notebook: Json) -> None:
    notebook["nbformat_minor"] = 0
    for one in notebook["cells"]:
        del one["id"]


DAMAGES: tuple[Damage, ...] = (
    all_metadata_lost,
    metadata_of_the_answer_lost,
    metadata_of_a_test_lost,
    metadata_in_part,
    metadata_no_table,
    test_marked_as_no_test,
    test_marked_as_answer,
    older_schema,
    newer_schema,
    test_renamed,
    answer_renamed,
    names_swapped,
    test_copied,
    answer_copied,
    test_deleted,
    given_cell_deleted,
    answer_split,
    answer_merged_into_the_test,
    all_in_one_cell,
    tests_before_answers,
    test_edited,
    given_cell_edited,
    test_turned_into_markdown,
    answer_turned_into_raw,
    answer_tagged_to_be_skipped,
    cells_of_one_id,
    members_missing,
    stray_cells,
    format_3,
    format_4_0,
)
