"""Of a cell that depends on a cell magic which is not run here, that is told, and not that the solution is wrong."""

from __future__ import annotations

import pytest

from autograder.adoption.magics import told_of_magics, written_modules
from autograder.adoption.records import AdoptedCell
from autograder.notebook import CodeCell
from autograder.results import Trust

REASON = (
    "plain nbgrader gives 1, ours no score. The test cell t does not pass with the source's own solution (NameError). "
    "Mend one or the other in source/hw/hw.ipynb and grade again."
)


def cells(*texts: str, test: str = "assert f() == 1") -> tuple[CodeCell, ...]:
    return (*(CodeCell(text, {}) for text in texts), CodeCell(test, {"grade_id": "t"}))


def reason(source: tuple[CodeCell, ...], *, equal: bool = False, told: str = REASON) -> str:
    (cell,) = told_of_magics((AdoptedCell("t", Trust.EXAMINED, equal, told, passes=equal),), source)
    return cell.reason


@pytest.mark.parametrize("name", ["mod.py", "-a mod.py", "'mod.py'"])
def test_a_module_that_the_notebook_writes_is_known(name: str) -> None:
    assert written_modules(cells(f"%%writefile {name}\nK = 7", "%%file other.txt\n1")) == {"mod"}


@pytest.mark.parametrize("magic", ["%%writefile mod.py", "%%bash", "%%script sh"])
def test_a_magic_above_the_cell_that_is_not_run_is_the_reason(magic: str) -> None:
    assert reason(cells(f"{magic}\nK = 7")) == (
        f"plain nbgrader gives 1, ours no score. The cell `{magic}` above it is not run here. Put what it makes into "
        "a file beside the notebook, or into a cell in Python."
    )


def test_what_a_capture_would_have_named_is_the_reason() -> None:
    assert reason(cells("%%capture out\nhello()", test="assert out.stdout == 'hi'")) == (
        "plain nbgrader gives 1, ours no score. `%%capture out` binds no name here, and the cell uses `out`. Write "
        "`with contextlib.redirect_stdout(io.StringIO()) as out:` and out.getvalue()."
    )


@pytest.mark.parametrize("text", ["%%time\nx = 1", "%%capture out\nhello()", "%matplotlib inline", "# %%bash\nx = 1"])
def test_a_magic_that_changes_nothing_is_no_reason(text: str) -> None:
    assert reason(cells(text)) == REASON


def test_a_cell_with_equal_marks_keeps_its_own_reason() -> None:
    assert reason(cells("%%bash\nls"), equal=True, told="NameError: x") == "NameError: x"
