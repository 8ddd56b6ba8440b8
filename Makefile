# All that a developer needs. The virtual environment is made by the first command that wants it, and again when
# pyproject.toml or constraints.txt have changed.

PYTHON ?= python3
JOBS ?= 2
COVERAGE ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo lab docs test test-all lint format clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/run.stamp ## a sample class through the whole round trip, anew into ./demo
	@rm -rf demo
	@$(BIN)/autograder demo

lab: $(VENV)/run.stamp ## a course in JupyterLab, handed in and not graded, kept in ./lab
	@$(BIN)/autograder lab

test: $(VENV)/dev.stamp ## the fast tests; with their coverage: make test COVERAGE=--cov
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not slow" $(COVERAGE)

test-all: test ## the fast tests, then the long batteries
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m slow

docs: $(VENV)/dev.stamp ## the documents as a site, into ./build/site; a warning is an error
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The site is in build/site: open build/site/index.html."

lint: $(VENV)/dev.stamp ## style, types, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## let ruff format and mend what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the environment, caches and the demo
	rm -rf $(VENV) demo lab build dist htmlcov .coverage .coverage.* .hypothesis
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A virtual environment that no longer runs (its Python is gone or too old, the folder was moved) is made anew.
define make_venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "autograder needs Python 3.11 or newer, and '$(PYTHON)' is not: install it (Debian 12, Ubuntu 24.04: apt-get" \
	    "install python3 python3-venv) or name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "'$(PYTHON)' cannot make virtual environments: apt-get install python3-venv" >&2; exit 1; }
	@grep -qsF '$(CURDIR)/$(VENV)' $(BIN)/activate && \
	  $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "making $(VENV)"; $(PYTHON) -m venv --clear $(VENV); }
	@# The one that a Python brings along may be years old, and takes a minute longer over what follows.
	@echo "installing into $(VENV): a minute or two"
	@$(PIP) install -c constraints.txt pip
endef

# pip compiles what it installs, but not what it leaves in its place; where Python may not write its compiled files
# itself, each start would compile all of it again.
define compile
	@$(BIN)/python -m compileall -q autograder
endef

$(VENV)/run.stamp: pyproject.toml constraints.txt
	$(make_venv)
	@$(PIP) install -c constraints.txt -e .
	$(compile)
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt
	$(make_venv)
	@$(PIP) install -c constraints.txt -e '.[dev]'
	$(compile)
	@touch $(VENV)/run.stamp $@
