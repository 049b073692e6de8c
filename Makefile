# Rivershare. Every target makes its own .venv from a bare Python (3.11 or newer) and keeps it until
# pyproject.toml or constraints.txt changes.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; done)
IN := .venv/bin
INSTALL := $(IN)/python -m pip install --disable-pip-version-check --constraint constraints.txt --editable
DEFINITION := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
WEB_PARTS := $(shell find web/src web/index.html web/*.json web/*.ts web/*.js -type f -not -path web/openapi.json -not -path web/src/server/document.d.ts 2>/dev/null)
API_PARTS := $(shell find api/routes api/schemas -name '*.py')

.PHONY: help demo test lint web bench docs clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: .venv/.run-stamp .venv/.web-stamp ## plan Ratanak Kiri under two scenarios, compare, show the page (DEMO_SERVE=0: only write it)
	$(IN)/rivershare demo

test: lint .venv/.browser-stamp ## style, types, direction of imports, tests
	$(IN)/python -m pytest -n 2 --dist worksteal

web: .venv/.web-stamp ## build the page into the package

lint: .venv/.test-stamp .venv/.web-stamp ## style, types, direction of imports
	$(IN)/ruff check .
	$(IN)/ruff format --check .
	$(IN)/mypy
	$(IN)/lint-imports
	cd web && PATH="$(CURDIR)/$(IN):$$PATH" npm run --silent check
	cd web && PATH="$(CURDIR)/$(IN):$$PATH" npm run --silent test

bench: .venv/.test-stamp ## measure everything, keep the figures in benchmarks/results/
	$(IN)/python -m benchmarks.run

docs: .venv/.docs-stamp ## the documentation as a web site in site/
	NO_MKDOCS_2_WARNING=1 $(IN)/mkdocs build --strict

clean: ## remove what these targets made
	rm -rf .venv site out build web/node_modules api/pages/built .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Debian splits venv's pip off (python3-venv): without it, let the system's pip fill the environment.
$(IN)/python:
	@test -n "$(PYTHON)" || { echo "Rivershare needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python"; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv 2>/dev/null \
	|| { rm -rf .venv && $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv install pip; } \
	|| { rm -rf .venv; echo "Python cannot make environments here: install python3-venv (apt install python3-venv)"; exit 1; }

.venv/.run-stamp: $(DEFINITION) | $(IN)/python
	$(INSTALL) .
	@touch $@

.venv/.test-stamp: $(DEFINITION) | $(IN)/python
	$(INSTALL) '.[test]'
	@touch $@

# The page is tried in the machine's own Chromium; CHROMIUM=/path/to/it names another one.
.venv/.browser-stamp: .venv/.test-stamp
	@$(IN)/python -m generators.browser 2>/dev/null || { \
	echo "Installing Chromium"; AS=$$(test "$$(id -u)" = 0 || echo sudo); \
	$$AS apt-get update --quiet && $$AS apt-get install --yes --no-install-recommends chromium; } \
	|| { echo "The page is tested in Chromium: install it, or name it with CHROMIUM=/path/to/it"; exit 1; }
	@touch $@

# Node comes into .venv/bin, so that the page is built by the same one everywhere.
.venv/.node-stamp: web/package-lock.json $(DEFINITION) | .venv/.run-stamp
	$(INSTALL) '.[web]'
	cd web && PATH="$(CURDIR)/$(IN):$$PATH" npm ci --no-audit --no-fund
	@touch $@

.venv/.web-stamp: .venv/.node-stamp $(WEB_PARTS) $(API_PARTS)
	$(IN)/python -m generators.document web/openapi.json
	cd web && PATH="$(CURDIR)/$(IN):$$PATH" npm run --silent client && PATH="$(CURDIR)/$(IN):$$PATH" npm run --silent build
	@touch $@

.venv/.docs-stamp: $(DEFINITION) | $(IN)/python
	$(INSTALL) '.[docs]'
	@touch $@
