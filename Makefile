# Everything runs in .venv, which these targets make from requirements.lock.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
READY := .venv/.ready
PACKAGES := hub schema resolvers graph connectors policies tests
WORKERS ?= 2
# The first Python that is new enough and can make environments.
FIT := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13; do \
	$$python -c '$(FIT)' 2>/dev/null && echo $$python && break; done)

.PHONY: help setup demo test check static format lint imports types dependencies soak lock clean

help:  ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(READY)  ## Make .venv and install what requirements.lock says

demo: $(READY)  ## Import a fictitious partnership and serve it
	$(BIN)/hub demo

test: $(READY)  ## Run the tests
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

check: static test  ## Run every check: format, lint, imports, types, dependencies, tests

static: format lint imports types dependencies  ## Run every check but the tests

format: $(READY)  ## Check the layout of the code
	$(BIN)/ruff format --check .

lint: $(READY)  ## Check the code against the rules
	$(BIN)/ruff check .

imports: $(READY)  ## Check who may import whom
	$(BIN)/lint-imports

types: $(READY)  ## Check the types
	$(BIN)/mypy

dependencies: $(READY)  ## Check that what is declared is what is imported
	$(BIN)/deptry .

soak: $(READY)  ## Run the long tests
	HYPOTHESIS_PROFILE=soak $(BIN)/pytest -m soak --timeout 3600

lock: $(READY)  ## Choose the newest allowed versions and write requirements.lock
	env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(BIN)/uv pip compile --upgrade --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--all-extras --python-version 3.11 --output-file requirements.lock pyproject.toml

clean:  ## Remove .venv and everything that tools leave behind
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	find $(PACKAGES) -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Concord needs Python 3.11 or newer with its venv module (on Debian: apt-get install python3 python3-venv).' \
		'Name another one with: make PYTHON=/path/to/python' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
