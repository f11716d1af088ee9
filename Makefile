# What a newcomer types; every target sets up what it needs.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ASSIGNMENT ?= multitask

export OMP_NUM_THREADS := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup demo test build lint unit nbval verify calibrate bench soak clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The stamp is written last, so that an interrupted set-up is taken up again; it is redone when the two files change.
$(READY): pyproject.toml constraints.txt
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[test]'
	@touch $@

setup: $(READY) ## make .venv with everything in it

demo: $(READY) ## build a course, grade a class of known answers, show the results
	$(BIN)/autograder demo

build: $(READY) ## make release/ and solutions/ from source/
	$(BIN)/autograder build

test: lint unit nbval ## everything that CI checks

lint: $(READY) ## ruff, mypy strict, import contract
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY) ## pytest: units, real kernels, real nbgrader, a subset of the known answers
	$(BIN)/python -m pytest

nbval: $(READY) ## the solution notebooks give the outputs that they show
	$(BIN)/autograder place
	$(BIN)/python -m pytest --nbval -p no:cacheprovider -W ignore --override-ini=filterwarnings= solutions

verify: $(READY) ## the judge against every known answer, with five hidden parts; an hour or two
	$(BIN)/autograder verify $(ASSIGNMENT) --seeds 5 --report verify-$(ASSIGNMENT).md

calibrate: $(READY) ## the thresholds against thousands of trained networks; half an hour, docs/calibration.md
	$(BIN)/autograder calibrate $(ASSIGNMENT)

bench: $(READY) ## the same class with stock nbgrader and with this; half an hour
	$(BIN)/autograder bench

soak: $(READY) ## five hundred short submissions: does memory stay flat, is anything left behind
	$(BIN)/autograder soak

clean: ## remove what these targets made, the course's own state excepted
	rm -rf .venv demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
