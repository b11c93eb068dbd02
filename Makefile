# Each target does its own set-up: .venv is made once, from requirements.lock, and again when that changes.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check models bench-accuracy bench-speed bench-retraining bench-dedupe

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "make demo PYTHON=python3.12, for one, chooses the Python that .venv is made with: 3.11 or later."

demo: .venv/ready ## score shipped cases with the shipped model and show the answers
	@mkdir -p build/demo
	$(BIN)/papertwin predict data/founding_case.tsv -o build/demo/founding_case.txt --force
	@echo; cat build/demo/founding_case.txt; echo
	sed -n 2,13p data/challenge.jsonl | $(BIN)/papertwin predict - -o build/demo/challenge.txt --force
	@echo; cat build/demo/challenge.txt

test: .venv/ready ## run the tests
	$(BIN)/python -m pytest

check: .venv/ready ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy benchmarks/*.py

models: .venv/ready ## SETS=DIR: labelled sets to training vectors and shipped models
	$(BIN)/python rebuild.py $(call needed,SETS)

bench-accuracy: .venv/ready ## SETS=DIR: accuracy on labelled sets, beside other tools
	$(BIN)/python benchmarks/accuracy.py $(call needed,SETS)

bench-speed: .venv/ready ## SETS=DIR: speed on labelled sets, beside other tools
	$(BIN)/python benchmarks/speed.py $(call needed,SETS)

bench-retraining: .venv/ready ## what one's own cases are worth, and how many wrong labels are found
	$(BIN)/python benchmarks/retraining.py
	$(BIN)/python benchmarks/label_check.py

bench-dedupe: .venv/ready ## SETS=DIR: whole files to works, beside other tools
	$(BIN)/python benchmarks/dedupe.py $(call needed,SETS)

needed = $(or $($(1)),$(error say where the labelled sets are: make $@ $(1)=DIR))

.venv/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	@echo "making .venv, which takes a minute"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@touch $@

.venv/ready: .venv/locked pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
