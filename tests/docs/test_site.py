"""The documents as a site: no warning, nothing from elsewhere, and a reference that lacks nothing."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from autograder import checks, limits, results
from autograder.adoption import records as adoption
from autograder.api import changes
from autograder.audit import records as audit
from autograder.checks import draws, gradients
from autograder.cli.main import app
from autograder.course import settings
from autograder.similarity import evidence, sameness, traits

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
RECORDS = [
    record
    for module in (results, audit, adoption, evidence)
    for record in vars(module).values()
    if isinstance(record, type) and record.__module__ == module.__name__
] + [changes.Change, changes.CellChange, sameness.Same, traits.Trait]
OPTIONS = [
    (name, option)
    for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]
    for parameter in command.params
    for option in parameter.opts
]


def reference(page: str) -> str:
    return (DOCS / "reference" / f"{page}.md").read_text(encoding="utf-8")


def hook(name):
    spec = importlib.util.spec_from_file_location(name, DOCS / "hooks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Build the site as `make docs` does; a warning ends it."""
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_every_page_is_in_the_navigation(site):
    index = (site / "index.html").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md")]
    assert [page for page in pages if not re.search(rf'<a href="(\./)?{page}" class="md-nav__link', index)] == []


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_no_page_loads_anything_from_elsewhere(site):
    pages = list(site.rglob("*.html"))
    loaded = [
        found for page in pages for found in re.findall(r"<(?:script|link|img)[^>]+https?://[^>]+>", page.read_text())
    ]
    assert pages
    assert [tag for tag in loaded if 'rel="canonical"' not in tag] == []


@pytest.fixture(scope="module")
def commands() -> dict[str, str]:
    """Give the reference of each command."""
    text = pytest.importorskip("mkdocs", reason="mkdocs is not installed") and hook("reference").commands()
    parts = re.split(r"^## `autograder (\S+)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_the_reference_has_every_option_of_every_command(commands, command, option):
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", commands[command])


def test_the_table_of_commands_has_their_whole_summaries():
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    text = hook("reference").commands().partition("## `autograder ")[0]
    summaries = dict(re.findall(r"^\* `(\w+)`: (.+)$", text, re.MULTILINE))
    assert summaries == {
        name: command.help.partition("\n\n")[0]
        for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]
    }


@pytest.mark.parametrize("name", checks.__all__)
def test_the_reference_has_every_check(name):
    assert f"::: autograder.checks.{name}" in reference("checks")


@pytest.mark.parametrize("module", [draws, gradients])
def test_the_reference_has_what_is_public_in_a_module_of_checks(module):
    public = [
        f"{module.__name__}.{name}"
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_") and value.__doc__
    ]
    assert [name for name in public if f"::: {name}" not in reference("checks")] == []


def test_the_example_of_the_settings_is_valid_and_has_all_of_them(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", reference("settings"), re.DOTALL)
    (tmp_path / "course.toml").write_text(example, encoding="utf-8")
    assert settings.load_settings(tmp_path / "course.toml")[1] == []
    assert set(tomllib.loads(example)) == set(settings._SETTINGS)


@pytest.mark.parametrize("record", RECORDS)
def test_the_reference_has_every_record(record):
    assert f"::: {record.__module__}.{record.__name__}\n" in reference("json")


@pytest.mark.parametrize(
    "record", [*filter(dataclasses.is_dataclass, RECORDS), limits.Limits, settings.Bars, settings.Settings]
)
def test_every_field_is_told_where_the_reference_reads_it(record):
    told = record.__doc__.partition("Parameters\n")[2]
    names = set(re.findall(r"\w+", " ".join(re.findall(r"^    (\S.*) :", told, re.MULTILINE))))
    assert {field.name for field in dataclasses.fields(record)} - names == set()
