# Two commands for a newcomer: make nightly, make test. The rest is for those who stay.
PYTHON ?= python3
VENV ?= .venv
DOCKER ?= docker
BIN := $(VENV)/bin
UV_VERSION := 0.13.8
PES_INPUTS ?= $(abspath ../shared/inputs)
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help requirements setup setup-dev nightly nightly-real nightly-live airflow test check format evaluate-coding lock image clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

requirements: $(VENV)/.requirements # the part of setup that rarely changes: a layer of the image
setup: $(VENV)/.ready ## the environment that a night needs
setup-dev: $(VENV)/.ready-dev ## the environment that tests need

$(VENV)/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.requirements: requirements.txt | $(VENV)/bin/uv
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.ready: pyproject.toml $(VENV)/.requirements
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.txt
	@touch $@

nightly: setup ## one night: the real DAGs, in one process, on the bundled sample
	@$(BIN)/pes nightly

nightly-real: setup ## the same on the real files in PES_INPUTS (default ../shared/inputs)
	@PES_INPUTS=$(PES_INPUTS) PES_SOURCES=tests/real/sources PES_HOME=$${PES_HOME:-data-real} $(BIN)/pes nightly

nightly-live: setup ## the same on what the providers of indicators say tonight (needs the internet)
	@PES_SOURCES=sources:sources/live PES_HOME=$${PES_HOME:-data-live} $(BIN)/pes nightly

airflow: setup ## Airflow's scheduler and page on this machine, nightly schedule
	@$(BIN)/pes airflow

test: setup-dev ## all tests
	@$(BIN)/pytest

check: setup-dev ## format, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy src
	@$(BIN)/sqlfluff lint --processes 2 dbt_project
	@$(BIN)/yamllint --strict .

format: setup-dev ## let the tools mend what they can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

evaluate-coding: setup-dev ## how well the machine codes texts that its authors have not seen
	@$(BIN)/python benchmarks/evaluate_coding.py

lock: $(VENV)/bin/uv ## compile the pinned requirements anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

image: ## the container image (make image DOCKER=podman)
	$(DOCKER) build --tag pes-observatory .

clean: ## remove the environment, not the data
	rm -rf $(VENV)
