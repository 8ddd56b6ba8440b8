"""``autograder build`` on courses that are not made for it, or not yet."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from command import invoke
from nbformat.v4 import new_code_cell
from tiny_course import make_course, metadata

from autograder.build import build_assignments, drifted
from autograder.errors import CourseError, UsageError

DRIFTED = "source/hw/hw.ipynb: double has drifted from reference/hw.py: run `autograder build`."
REFERENCE = "def double(x):\n    return x * 2\n"


def course(root: Path, reference: str, *, grade_id: str, source: str, by_hand: bool = False) -> Path:
    """Make a course with one more answer cell."""
    make_course(root)
    (root / "reference").mkdir()
    (root / "reference" / "hw.py").write_text(reference)
    path = root / "source" / "hw" / "hw.ipynb"
    notebook = nbformat.read(path, as_version=4)
    about = metadata(grade_id, 2 if by_hand else None, solution=True)
    notebook.cells.append(new_code_cell(source, metadata=about))
    nbformat.write(notebook, path)
    return path


def test_a_folder_without_source_notebooks_is_no_course(tmp_path):
    done = invoke(["build", "--course", str(tmp_path)])
    assert isinstance(done.exception, UsageError)
    assert str(done.exception).startswith(f"{tmp_path} has no folder source")


def fault_of(root: Path) -> str:
    with pytest.raises(CourseError) as failure:
        build_assignments(root, None, write=True)
    (fault,) = failure.value.faults
    return fault


def test_a_cell_that_a_person_grades_stays_as_it_is(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="plot", source="plt.plot([1, 2])", by_hand=True)
    assert [drift.function for drift in build_assignments(tmp_path, None, write=True)] == ["double"]
    assert nbformat.read(path, as_version=4).cells[-1].source == "plt.plot([1, 2])"


def test_a_cell_that_a_person_grades_is_filled_where_the_reference_has_its_function(tmp_path):
    reference = REFERENCE + "\n\ndef plot():\n    pass\n"
    course(tmp_path, reference, grade_id="plot", source="...", by_hand=True)
    assert [drift.function for drift in build_assignments(tmp_path, None, write=True)] == ["double", "plot"]


def test_for_an_answer_without_a_function_the_wanted_id_is_told(tmp_path):
    course(tmp_path, REFERENCE, grade_id="my_half", source="def half(x):\n    return x / 2")
    assert "Give the cell the ID of a function there, or write the function there" in fault_of(tmp_path)


def test_of_a_class_the_execution_that_it_needs_is_told(tmp_path):
    reference = REFERENCE + "\n\nclass Half:\n    pass\n"
    course(tmp_path, reference, grade_id="half", source="class Half:\n    pass")
    assert 'A class is graded only with execution = "full" in course.toml' in fault_of(tmp_path)


def test_where_whole_notebooks_are_run_an_answer_may_be_no_function(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="half", source="class Half:\n    pass")
    (tmp_path / "course.toml").write_text('execution = "full"\n')
    assert [drift.function for drift in build_assignments(tmp_path, None, write=True)] == ["double"]
    assert nbformat.read(path, as_version=4).cells[-1].source == "class Half:\n    pass"


def test_a_reference_that_python_cannot_read_is_told_with_its_line(tmp_path):
    course(tmp_path, "def double(x)\n    return x\n", grade_id="half", source="...")
    assert fault_of(tmp_path) == "reference/hw.py, line 1: SyntaxError: expected ':'; mend it and build again."


@pytest.mark.parametrize("decorator", ["@functools.cache", "@(\n    functools.cache\n)"])
def test_a_function_is_written_with_its_decorators(tmp_path, decorator):
    function = f"{decorator}\n# Kept.\n@functools.wraps(abs)\ndef double(x):\n    return x * 2"
    path = course(tmp_path, f"import functools\n\n\n{function}\n", grade_id="plot", source="...", by_hand=True)
    build_assignments(tmp_path, None, write=True)
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    assert f"# GRADED FUNCTION: double\n\n{function}" in sources


def test_a_reference_that_is_no_utf_8_is_told_with_its_line(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    before = path.read_bytes()
    (tmp_path / "reference" / "hw.py").write_bytes(f"{REFERENCE}\n# caf\xe9\n".encode("latin-1"))
    assert fault_of(tmp_path) == (
        "reference/hw.py, line 4: it is not in utf-8, in which Python reads this file; save it in this encoding and "
        "build again."
    )
    assert path.read_bytes() == before


def test_a_reference_in_no_known_encoding_is_told(tmp_path):
    course(tmp_path, f"# coding: latin-x\n{REFERENCE}", grade_id="plot", source="...", by_hand=True)
    assert fault_of(tmp_path) == "reference/hw.py: SyntaxError: unknown encoding: latin-x; mend it and build again."


def test_a_reference_is_read_in_the_encoding_that_it_names(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    reference = "# -*- coding: latin-1 -*-\ndef double(x):\n    return x * 2  # caf\xe9\n"
    (tmp_path / "reference" / "hw.py").write_bytes(reference.encode("latin-1"))
    build_assignments(tmp_path, None, write=True)
    assert "return x * 2  # caf\xe9" in "".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def test_a_release_does_without_a_reference_that_is_no_utf_8(tmp_path):
    course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    (tmp_path / "reference" / "hw.py").write_bytes(f"{REFERENCE}\n# caf\xe9\n".encode("latin-1"))
    done = invoke(["release", "hw", "--course", str(tmp_path)], catch_exceptions=False)
    assert done.exit_code == 0


def test_a_course_without_a_reference_has_nothing_to_build(tmp_path):
    make_course(tmp_path)
    done = invoke(["build", "--course", str(tmp_path)])
    told = " ".join(done.output.split())
    assert (done.exit_code, "has no reference" in told, "nothing to build" in told) == (0, True, True)


def test_an_assignment_that_is_named_twice_is_built_once(tmp_path):
    course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    done = invoke(["build", "hw", "hw", "--check", "--course", str(tmp_path)])
    assert done.output.count("has drifted from") == 1


def test_a_broken_marker_in_the_reference_is_told_there_and_nothing_is_written(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    before = path.read_bytes()
    (tmp_path / "reference" / "hw.py").write_text("def double(x):\n    ### BEGIN SOLUTON\n    return 2 * x\n")
    fault = fault_of(tmp_path)
    assert fault.startswith(
        "reference/hw.py: the function 'double' has the line '### BEGIN SOLUTON', which is no marker"
    )
    assert path.read_bytes() == before


def test_a_marker_that_was_mended_in_the_reference_is_written_over_the_broken_one(tmp_path):
    solved = "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"
    broken = solved.replace("    ### END SOLUTION", "")
    course(tmp_path, f"{REFERENCE}\n\n{solved}\n", grade_id="half", source=broken)
    assert [drift.function for drift in build_assignments(tmp_path, None, write=True)] == ["double", "half"]


def test_two_answer_cells_with_one_id_are_refused(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="double", source="def half(x):\n    return x / 2")
    before = path.read_bytes()
    assert fault_of(tmp_path).startswith("source/hw/hw.ipynb: two cells have the grade id 'double'")
    assert path.read_bytes() == before


def test_what_is_wrong_with_the_settings_is_told_with_what_is_wrong_with_the_reference(tmp_path):
    course(tmp_path, "def double(x)\n    return x\n", grade_id="half", source="...")
    (tmp_path / "course.toml").write_text("[limit]\n")
    with pytest.raises(CourseError) as failure:
        build_assignments(tmp_path, None, write=True)
    assert [fault.partition(":")[0] for fault in failure.value.faults] == ["course.toml", "reference/hw.py, line 1"]


def test_a_reference_of_no_assignment_is_told(tmp_path):
    course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    (tmp_path / "reference" / "hw.py").rename(tmp_path / "reference" / "h_w.py")
    done = invoke(["build", "--check", "--course", str(tmp_path)], env={"COLUMNS": "200"})
    assert isinstance(done.exception, CourseError)
    (fault,) = done.exception.faults
    assert fault.startswith("reference/h_w.py belongs to no assignment: there is no folder source/h_w.")
    assert "hw" in fault


def test_a_module_that_references_share_belongs_to_them(tmp_path):
    course(tmp_path, f"from reference.shared import np\n\n{REFERENCE}", grade_id="plot", source="...", by_hand=True)
    (tmp_path / "reference" / "shared.py").write_text("import numpy as np\n")
    assert [drift.function for drift in build_assignments(tmp_path, None, write=True)] == ["double"]


def test_a_reference_that_tests_import_and_that_is_not_there_is_told(tmp_path):
    path = course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    (tmp_path / "source" / "other").mkdir()
    other = path.read_text(encoding="utf-8").replace("assert double(1) == 2", "from reference import other")
    (tmp_path / "source" / "other" / "other.ipynb").write_text(other, encoding="utf-8")
    assert "import reference.other, and there is no reference/other.py" in fault_of(tmp_path)


def test_a_release_warns_of_an_answer_that_is_not_the_references(tmp_path):
    course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    done = invoke(["release", "hw", "--course", str(tmp_path)])
    assert (done.exit_code, " ".join(done.stderr.split())) == (0, DRIFTED)


@pytest.mark.parametrize("command", ["grade", "regrade"])
def test_so_do_those_who_grade_by_it(tmp_path, command):
    course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    done = invoke([command, "hw", "--course", str(tmp_path)])
    assert " ".join(done.stderr.split()) == DRIFTED


def test_a_release_of_what_was_built_warns_of_nothing(tmp_path):
    course(tmp_path, REFERENCE, grade_id="plot", source="...", by_hand=True)
    build_assignments(tmp_path, None, write=True)
    done = invoke(["release", "hw", "--course", str(tmp_path)])
    assert (done.exit_code, done.stderr) == (0, "")


def test_drift_is_found_also_where_build_refuses(tmp_path):
    course(tmp_path, REFERENCE, grade_id="my_half", source="def half(x):\n    return x / 2")
    assert [drift.function for drift in drifted(tmp_path, ["hw"])] == ["double"]


def test_an_assignment_without_a_reference_has_not_drifted(tmp_path):
    make_course(tmp_path)
    assert drifted(tmp_path, ["hw"]) == []
