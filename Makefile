# Each target works from nothing on a machine with Python 3.11, make and git.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
RUN := PYTHONPATH=.:site $(BIN)/python
DEMO := DJANGO_SETTINGS_MODULE=perseverance.settings.demo PORT=$(PORT) $(RUN) manage.py
TEST := DJANGO_SETTINGS_MODULE=perseverance.settings.test $(RUN) manage.py
CATALOGUE := locale/fr/LC_MESSAGES/django

.DEFAULT_GOAL := help
.PHONY: help demo test check bench messages requirements migrations clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.runtime

$(CATALOGUE).mo: $(CATALOGUE).po | $(VENV)/.runtime
	$(BIN)/python -m tools.catalogue compile

demo: $(VENV)/.runtime $(CATALOGUE).mo ## Run the demonstration on http://127.0.0.1:8000 (PORT=, RESET=1)
	@PORT=$(PORT) RESET=$(RESET) BIN=$(abspath $(BIN)) sh tools/demo.sh

test: $(VENV)/.dev $(CATALOGUE).mo ## Run every test (DATABASE_URL=, REDIS_URL=, BROWSER=required)
	$(RUN) -m pytest -n auto --dist loadgroup --cov --cov-report=term $(ARGS)

check: $(VENV)/.dev $(CATALOGUE).mo ## Lint, format, types, templates, migrations, translations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=.:site $(BIN)/lint-imports
	PYTHONPATH=.:site $(BIN)/mypy
	$(BIN)/djlint --check --lint --quiet templates demo/templates
	$(TEST) makemigrations --check --dry-run
	$(BIN)/python -m tools.catalogue check
	PYTHONPATH=.:site sh tools/check_deploy.sh $(BIN)/python

bench: $(VENV)/.dev $(CATALOGUE).mo ## Measure speed and print one table of ratios
	LOG_LEVEL=WARNING $(RUN) -m benchmarks $(ARGS)

messages: $(VENV)/.dev ## Bring the French catalogue in step with the source
	$(BIN)/python -m tools.catalogue extract

requirements: $(VENV)/.dev ## Compile the pinned requirements from pyproject.toml
	$(BIN)/uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

migrations: $(VENV)/.dev ## Write the migrations that the models need
	$(TEST) makemigrations

clean: ## Remove the environment, the demo's data and every cache
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
