# The desk's commands. `make help` lists them; nothing but Python 3.11 (or newer) and make is needed.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
PYTEST_ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## Say what can be done here
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: $(RUN_STAMP) ## Start the desk (PORT=8000, DATA_DIR=var); Ctrl-C stops it
	@exec $(BIN)/python -m factcheck.launcher --stop-with-parent

.PHONY: token
token: $(RUN_STAMP) ## Print a fresh API token: make token USER=integration
	@$(BIN)/python manage.py issue_token "$(USER)"

# With compiled files, because the tests start many processes; in the order of tests/conftest.py; by
# three, because two wait for a browser or a process often enough to leave two cores idle.
.PHONY: test
test: $(DEV_STAMP) ## Run the tests on the embedded defaults (or on DATABASE_URL and REDIS_URL)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

.PHONY: lint
lint: $(DEV_STAMP) ## Look for mistakes and for formatting that differs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: $(DEV_STAMP) ## Check the types
	@$(BIN)/mypy claims desk factcheck seeds manage.py

.PHONY: check
check: lint types test ## All of lint, types and test

.PHONY: bench
bench: $(DEV_STAMP) ## Measure what the desk costs (ARTICLES=folder: how well it reads, too)
	@$(BIN)/python -m bench $(if $(ARTICLES),--articles "$(ARTICLES)") $(BENCH_ARGS)

.PHONY: screenshots
screenshots: $(DEV_STAMP) ## Take the pictures in docs/ anew
	@$(BIN)/python docs/screenshots.py

.PHONY: lock
lock: $(BIN)/python ## Pin the newest that the requirements allow into constraints.txt
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && \
	   sed '/^-c /d' requirements.txt > "$$fresh/requirements.txt" && \
	   cp requirements-dev.txt "$$fresh/" && "$(PYTHON)" -m venv "$$fresh/venv" && \
	   "$$fresh/venv/bin/python" -m pip install --quiet -r "$$fresh/requirements-dev.txt" && \
	   { head -1 constraints.txt; "$$fresh/venv/bin/python" -m pip freeze | sort -f; } > "$$fresh/constraints.txt" && \
	   cp "$$fresh/constraints.txt" constraints.txt

# --- The virtual environment, made once and again only when the requirements change ---------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "There is no Python here; install Python 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	   echo "$$("$(PYTHON)" --version) is too old; the desk needs Python 3.11 or newer (PYTHON=/path/to/it make run)." >&2; exit 1; }
	@"$(PYTHON)" -m venv "$(VENV)" || { rm -rf "$(VENV)"; \
	   echo "The virtual environment $(VENV) could not be made; the lines above say why (a full or read-only disk, or a Python without its venv module)." >&2; exit 1; }

$(RUN_STAMP): requirements.txt constraints.txt | $(BIN)/python
	@echo "Installing what the desk needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet -r requirements.txt || { \
	   echo "The packages could not be installed; the lines above say why (no network, or a full disk)." >&2; exit 1; }
	@touch $@

$(DEV_STAMP): requirements.txt requirements-dev.txt constraints.txt | $(BIN)/python
	@echo "Installing what the tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet -r requirements-dev.txt || { \
	   echo "The packages could not be installed; the lines above say why (no network, or a full disk)." >&2; exit 1; }
	@touch $@ $(RUN_STAMP)
