"""What a worker gets of the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.engine import follow, pack
from autograder.errors import UsageError

REFERENCE = {
    "__init__.py": "",
    "one.py": "from reference import shared\n",
    "two.py": "from reference.shared import ONE\n",
    "shared.py": "ONE = 1\n",
    "table.csv": "1\n",
    "right/one.py": "",
}
MODULES = ["reference.one", "reference.small.one"]


@pytest.fixture
def course(tmp_path) -> Path:
    for name, text in REFERENCE.items():
        path = tmp_path / "reference" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def names(course: Path) -> list[str]:
    return [name.removeprefix("reference/") for name, _ in pack(course, "one", {}, MODULES).files]


def test_a_bundle_has_what_its_assignment_imports_and_data(course):
    assert names(course) == ["__init__.py", "one.py", "shared.py", "table.csv"]


def test_another_assignments_reference_is_no_part_of_it(course):
    before = pack(course, "one", {}, MODULES).hash
    (course / "reference" / "two.py").write_text("TWO = 2\n")
    assert pack(course, "one", {}, MODULES).hash == before


def test_a_shared_module_is(course):
    before = pack(course, "one", {}, MODULES).hash
    (course / "reference" / "shared.py").write_text("ONE = 1.0\n")
    assert pack(course, "one", {}, MODULES).hash != before


def test_where_names_are_made_at_run_time_all_is_needed(course):
    (course / "reference" / "shared.py").write_text(
        "import importlib\nTWO = importlib.import_module('reference.two')\n"
    )
    assert {"two.py", "right/one.py"} < set(names(course))


def test_imports_in_functions_are_followed(course):
    (course / "reference" / "one.py").write_text("def late():\n    from reference import two\n")
    assert "reference/two.py" in follow(MODULES, {"reference": course / "reference"}).files


def test_a_module_is_read_in_the_encoding_that_it_names(course):
    text = "# coding: latin-1\nfrom reference import shared  # caf\xe9\n"
    (course / "reference" / "one.py").write_bytes(text.encode("latin-1"))
    assert names(course) == ["__init__.py", "one.py", "shared.py", "table.csv"]


def test_a_module_in_no_known_encoding_is_told(course):
    module = course / "reference" / "one.py"
    module.write_text("# coding: latin-x\n")
    with pytest.raises(UsageError) as failure:
        pack(course, "one", {}, MODULES)
    assert str(failure.value) == (
        f"{module} cannot be read by Python: unknown encoding: latin-x. Mend it, then run this again."
    )
