# Everything runs in .venv, which these targets make: what the hub needs to run from requirements.lock, and what its
# developers need beside it from requirements-dev.lock.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
RUNS := .venv/.runs
CHECKS := .venv/.checks
PACKAGES := hub schema resolvers graph connectors policies tests bench
WORKERS ?= 2
# The first Python that is new enough and can make environments.
FIT := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13; do \
	$$python -c '$(FIT)' 2>/dev/null && echo $$python && break; done)

# Byte code is made where it is needed: compiling everything takes longer than the rest of the installation.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
COMPILE = env -u UV_FIND_LINKS $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--python-version 3.11

.PHONY: help setup demo test check static format lint imports types dependencies neo4j neo4j-fetched neo4j-stop redis browser provider soak bench lock clean

help:  ## Say what there is to make
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(CHECKS)  ## Make .venv, with everything that the other targets need

demo: $(RUNS)  ## Import a fictitious partnership and serve it
	$(BIN)/hub demo

test: $(CHECKS)  ## Run the tests; with WHOLE=1 what is not installed is missed as a failure, and not skipped
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(if $(WHOLE),--whole)

check: static test  ## Run every check: format, lint, imports, types, dependencies, tests

static: format lint imports types dependencies  ## Run every check but the tests

format: $(CHECKS)  ## Check the layout of the code
	$(BIN)/ruff format --check .

lint: $(CHECKS)  ## Check the code against the rules
	$(BIN)/ruff check .

imports: $(CHECKS)  ## Check who may import whom
	$(BIN)/lint-imports

types: $(CHECKS)  ## Check the types
	$(BIN)/mypy

dependencies: $(CHECKS)  ## Check that what is declared is what is imported
	$(BIN)/deptry .

neo4j: $(CHECKS)  ## Fetch a Neo4j Community server, once, and start it; `make test` then runs on one of its own too
	$(BIN)/python -m tests.support.neo4j start

neo4j-fetched: $(CHECKS)  ## Fetch it alone
	$(BIN)/python -m tests.support.neo4j fetch

redis:  ## Install a Redis server from Debian's packages, once, which needs root
	@command -v redis-server >/dev/null || { apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends redis-server; }

neo4j-stop: $(CHECKS)  ## Stop it; its data stays in .neo4j
	$(BIN)/python -m tests.support.neo4j stop

browser: $(CHECKS)  ## Fetch Debian's chromium and axe-core; `make test` then looks at the pages for people in it too
	$(BIN)/python -m tests.support.browser

provider: $(CHECKS)  ## Fetch an OpenID provider from npm; `make test` then signs people in at it too
	$(BIN)/python -m tests.support.provider

soak: $(CHECKS)  ## Run all tests, the laws with many more examples and the long ones too
	$(BIN)/pytest -m "soak or not soak" --hypothesis-profile soak --timeout 7200

bench: $(CHECKS)  ## Measure, as in docs/measurements.md; also SIZE=2000 ONLY=peer,driver ENGINE=neo4j ROUNDS=5 SECONDS=4
	$(BIN)/python -m bench

lock: $(CHECKS)  ## Choose the newest allowed versions and write the locks
	$(COMPILE) --upgrade --extra build --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --all-extras --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:  ## Remove .venv and everything that tools leave behind
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
	find $(PACKAGES) -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNS): requirements.lock pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Concord needs Python 3.11 or newer with its venv module (on Debian: apt-get install python3 python3-venv).' \
		'To name another Python: make PYTHON=...' >&2; exit 1; }
	@test -x $(BIN)/pip || { echo 'Making .venv with $(PYTHON) ...'; $(PYTHON) -m venv .venv; }
	@echo 'Installing what the hub needs ...'
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(CHECKS): $(RUNS) requirements-dev.lock
	@echo 'Installing what its developers need ...'
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
