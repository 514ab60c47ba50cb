# Everything a fresh machine needs is Python 3.11 or later and make. `make` alone lists the verbs.
SHELL := /bin/sh
PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
INSTALL := $(BIN)/python -m pip install --quiet
# Every file that is installed is one whose hash stands in requirements/, which lists all of them: nothing is looked for.
KNOWN := --no-deps --require-hashes --requirement
PAGES := tests/web tests/security tests/browser
# The tests that have to come by every line of the rules: they alone are watched, which makes whatever folds a diary slow.
COVERING := tests/care tests/library tests/files
WITH_BROWSER = PATELLA_CHROMIUM=$$($(BIN)/python tools/browser.py) && export PATELLA_CHROMIUM &&
# Without coverage, as being watched slows what is timed; apart, as a browser keeps a loop of its own running in its
# process; and what looks in real time alone. Some of the time a page is waited for, so three at once on two cores.
TEST_PAGES = $(BIN)/pytest -n 3 --dist worksteal -m 'not alone' tests/web tests/security && \
	$(BIN)/pytest -m alone tests/web tests/security && $(WITH_BROWSER) \
	$(BIN)/pytest -n 3 --dist worksteal -m 'not alone' tests/browser && $(BIN)/pytest -m alone tests/browser && \
	PATELLA_PAGES=site $(BIN)/pytest $(ON_A_SITE)
# Of the tests of the pages that hold over a site as well as over a server, those that every run takes: a set, an import.
ON_A_SITE := tests/browser/test_effort.py tests/browser/test_sports.py

SITE := build/site

.PHONY: help run site site-run test pages pages-site figures accuracy films exports bench safety search insight vectors drawing check fast format pins ranges mutants \
	audit release clean

help:  ## List the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(VENV)/ready  ## Set up if needed, then start Patella
	@$(BIN)/patella

site: $(VENV)/ready  ## Patella without a server, in build/site: static files for any HTTPS host (SITE=folder)
	@$(BIN)/patella site $(SITE)

site-run: site  ## The same, and try it here, at http://127.0.0.1:8766/
	@echo "Patella without a server is at http://127.0.0.1:8766/. Ctrl-C stops it."
	@$(BIN)/python -m http.server 8766 --bind 127.0.0.1 --directory $(SITE) > /dev/null 2>&1 || true

test: $(VENV)/ready-pages check  ## Set up if needed, then run every check and test
	@$(TEST_PAGES)
	@$(BIN)/pytest -n 2 --dist worksteal -m stories tests/care
	@$(BIN)/pytest -n 2 --dist worksteal $(PAGES:%=--ignore=%) $(COVERING:%=--ignore=%)
	@$(BIN)/pytest -n 2 --dist worksteal -m 'not stories' --cov --cov-report= $(COVERING)
	@$(BIN)/coverage report --include='*/patella/care/*' --fail-under=100 --show-missing --skip-covered

pages: $(VENV)/ready-pages  ## The tests of the server and of the pages alone, in a real browser
	@$(TEST_PAGES)

pages-site: $(VENV)/ready-pages  ## The same pages without a server: all that does not need one, over a site (some ten minutes and more)
	@$(WITH_BROWSER) export PATELLA_PAGES=site && $(BIN)/pytest -n 2 --dist worksteal -m 'not alone' tests/browser && \
		$(BIN)/pytest -m alone tests/browser

check: $(VENV)/ready-dev  ## Style, types, floors and the library
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/patella check-library
	@$(BIN)/python tools/audit.py

figures: $(VENV)/ready-figures  ## Render the figures whose movements changed
	@$(BIN)/python tools/figures/figures.py

accuracy: $(VENV)/ready-dev  ## How right the camera is, on films of known truth (PATELLA_CLIPS, PATELLA_MOCAP); writes docs/accuracy.md, docs/running-form.md
	@$(BIN)/python tools/accuracy/accuracy.py && $(BIN)/python tools/accuracy/sweep.py && \
		$(BIN)/python tools/accuracy/odd.py && $(BIN)/python tools/accuracy/running.py

films: $(VENV)/ready-dev $(VENV)/ready-figures  ## Render films of known truth with people of our own, and let the coach and its experiments see them (a minute or two each; into build/films)
	@PYTHONPATH=tools/figures $(BIN)/python tools/films/films.py && PYTHONPATH=tools/accuracy:tools/figures $(BIN)/python tools/films/seen.py && \
		PYTHONPATH=tools/accuracy:tools/figures $(BIN)/python tools/films/trial.py

exports: $(VENV)/ready-dev  ## How right exports of watches and platforms are read, on files of known truth (PATELLA_EXPORTS)
	@$(BIN)/python tools/exports.py

bench: $(VENV)/ready-dev  ## How quick everything is; writes docs/speed.md
	@$(WITH_BROWSER) $(BIN)/python bench/bench.py

safety: $(VENV)/ready-dev  ## Look for an unsafe plan in a million made-up histories (some hours); writes docs/safety.md
	@$(BIN)/python tools/safety.py

search: $(VENV)/ready-pages  ## Try every property on examples that no run has tried (again and again: TIMES=10)
	@for run in $$(seq $(or $(TIMES),1)); do $(WITH_BROWSER) PATELLA_SEARCH=1 $(BIN)/pytest -n 2 --dist worksteal \
		--randomly-seed=$$(date +%s) -m hypothesis || exit 1; done

insight: $(VENV)/ready-dev  ## Measure how often a look at the diary is wrong (half an hour)
	@$(BIN)/python tools/insight.py

vectors: $(VENV)/ready-dev  ## Write down what the pages' rules are held to: lists of events with what they come to (build/vectors.json)
	@$(BIN)/python tools/vectors.py build/vectors.json

drawing: $(VENV)/ready-dev  ## Draw the rooms of the code from the imports; writes docs/architecture.svg
	@$(BIN)/python tools/drawing.py

fast: $(VENV)/ready-dev  ## The tests nearest to what was changed, for a minute or so; says which (not pages, nor the slow; LEFT=1: what it left the last time)
	@$(BIN)/python tools/fast.py $(if $(LEFT),--left)

format: $(VENV)/ready-dev  ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

pins: $(VENV)/ready-dev  ## Write down what is installed, with hashes, after a change of pyproject.toml (UPGRADE=1: newer ones)
	@$(BIN)/python tools/pins.py $(if $(UPGRADE),--upgrade)

ranges: $(VENV)/ready-dev  ## Try the lowest and the highest versions that pyproject.toml allows (some minutes)
	@$(BIN)/python tools/ranges.py $(END)

mutants: $(VENV)/ready-mutants  ## Change the rules that can hurt, a little at a time, and see that a test notices (RULES: which; SAMPLE; SEED; AGAIN=1)
	@$(BIN)/python tools/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) $(if $(AGAIN),--again) $(RULES)

audit: $(VENV)/ready-dev  ## Whether a version that is pinned has a known weakness; needs no network
	@$(BIN)/python tools/audit.py

release: $(VENV)/ready-dev  ## Make a release of what is committed, in dist/ (VERSION=0.2.0: number what is unreleased first)
	@$(BIN)/python tools/release.py $(if $(findstring command,$(origin VERSION)),$(VERSION))

clean:  ## Remove what the set-up made
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

$(VENV)/python:
	@test -n "$(PYTHON)" || { echo "Patella needs Python 3.11 or later; please install it and try again." >&2; exit 1; }
	@echo "Setting up Patella for the first time: a minute or two, then never again."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv." >&2; exit 1; }
	@touch $@

$(VENV)/ready: $(VENV)/python pyproject.toml requirements/run.txt
	@$(BIN)/python -m pip uninstall -qq --yes patella  # what this package was called until November 2026
	@$(INSTALL) $(KNOWN) requirements/run.txt && $(INSTALL) --no-index --no-deps --no-build-isolation --editable . \
		|| { echo "The parts Patella needs could not be installed; is there a way to the Python package index?" >&2; exit 1; }
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements/dev.txt
	@$(INSTALL) $(KNOWN) requirements/dev.txt \
		|| { echo "The tools for testing could not be installed; is there a way to the Python package index?" >&2; exit 1; }
	@touch $@

$(VENV)/ready-pages: $(VENV)/ready-dev package-lock.json
	@$(BIN)/python tools/browser.py > /dev/null
	@$(BIN)/python tests/browser/tools.py
	@touch $@

$(VENV)/ready-mutants: $(VENV)/ready-dev requirements/mutants.txt
	@$(INSTALL) $(KNOWN) requirements/mutants.txt
	@touch $@

$(VENV)/ready-figures: $(VENV)/ready requirements/figures.txt
	@$(INSTALL) $(KNOWN) requirements/figures.txt
	@touch $@
