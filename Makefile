# The two commands that matter: `make demo` (a living, seeded world) and `make test` (everything that must hold).
# Both do all set-up themselves; `make setup` alone prepares .venv with everything.
# Debian's own where it will do: it is built with profile-guided optimisation, and one that was compiled by hand mostly
# is not, which takes up to half as long again. `make PYTHON=...` takes another one.
OWN := /usr/bin/python3
PYTHON ?= $(shell $(OWN) -c 'import sys, pip, venv; sys.exit(sys.version_info < (3, 11))' 2>&- && echo $(OWN) || echo python3)
PORT ?= 8000
# One more than two cores: a third of the time a test waits for a process, a database or a browser.
WORKERS ?= 3

# Where byte code is not kept, every process of a test compiles again what it imports.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
# The same for the driver of the tests' browsers, a program of its own that each of them starts.
export NODE_COMPILE_CACHE := $(CURDIR)/$(VENV)/node
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# pip installs into the environment from outside, because Debian's python3 has no ensurepip of its own.
PIP := $(PYTHON) -m pip --disable-pip-version-check -qq --python $(BIN)/python
# What only tools import, or in a small part: Python compiles that when it is wanted, and keeps it.
UNCOMPILED := /(apprise|black|cyclonedx|dns|faker|holidays|mypyc?|oauthlib|pandas|pip|pydantic|pygments|scipy|setuptools|tests?)/
LOCK := $(BIN)/pip-compile --quiet --all-extras --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--output-file requirements.txt pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup demo run test suite lint format bench bench-matching lock upgrade clean screenshots i18n stubs system

help:  ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## .venv with everything that running and testing need

$(STAMP): requirements.txt pyproject.toml
	@echo "Preparing $(VENV) (once; half a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Amparo needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@# pip comes with Debian and brings uv; uv brings the rest in a tenth of the time. Where only pip was told the way
	@# to the libraries, pip brings the rest too.
	@awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.txt > $(VENV)/uv.txt
	@$(PIP) install --require-hashes --no-deps --requirement $(VENV)/uv.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.txt \
		|| $(PIP) install --no-compile --require-hashes --no-deps --requirement requirements.txt
	@# On all cores; some files are templates and no Python.
	@$(BIN)/python -m compileall -qq -j 0 -x '$(UNCOMPILED)' $(VENV)/lib || true
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## a seeded New Mexico world on PORT (8000), with a sign-in for each role
	@$(BIN)/amparo demo --port $(PORT)

run: $(STAMP)  ## the portal on PORT, on the database of AMPARO_DATABASE
	@$(BIN)/amparo run --port $(PORT)

system:
	@tools/system_packages.sh

test: system $(STAMP)  ## all checks and the whole suite; installs PostgreSQL and Chromium where it may
	@$(MAKE) --no-print-directory -j2 lint suite

# Nothing here multiplies large matrices, and threads that wait for one cost each process a tenth of its start.
suite: export OPENBLAS_NUM_THREADS := 1
suite: $(STAMP)
	@$(BIN)/python -m compileall -q core matching plugins web tests  # once, and not by every process of a test
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist loadgroup

lint: $(STAMP)  ## ruff, mypy (strict) and the import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@MYPYPATH=plugins/example_bar/src:web/cli/data/new_plugin/src $(BIN)/mypy plugins/example_bar/*/*.py plugins/example_bar/src/*/*.py web/cli/data/new_plugin/*/*.py web/cli/data/new_plugin/src/*/*.py
	@$(BIN)/lint-imports

format: $(STAMP)  ## ruff's formatting and safe fixes, written
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(STAMP)  ## the measurements, each as a ratio against its reference in the same run
	@$(BIN)/python -m bench

bench-matching: $(STAMP)  ## what the matching must reach, row by row, and whether it does (an hour or two)
	@$(BIN)/python -m bench matching --json build/bench-matching.json

lock: $(STAMP)  ## requirements.txt from pyproject.toml: all extras, every file hashed; pins that fit are kept
	@$(LOCK)

upgrade: $(STAMP)  ## the same with the newest versions of everything
	@$(LOCK) --upgrade

screenshots: system $(STAMP)  ## the README's pictures, taken while the whole story is played in a browser
	@AMPARO_PICTURES=docs/pictures $(BIN)/pytest --quiet tests/journeys/test_story.py -k sqlite

i18n: $(STAMP)  ## collect the sentences of the pages into the catalogues of web/locale
	@$(BIN)/python -m tools.catalogues

stubs: $(STAMP)  ## the types that partners' checkers read, after a change of amparo.py or amparo_testing.py
	@$(BIN)/python -m tools.stubs

clean:  ## everything that a build or a test run leaves, .venv included
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
